"""All pairs of records that look the same in a whole city, found on all cores of one machine.

    python bench/matching_sweep.py [--small] [--records N]

Two hundred thousand invented titles (`bench/titles.py`; `--small`: 10,000), of which one in twelve tells an earlier one
again. Ours is what the job of the department runs, without the rows it writes. `pg_trgm` joins titles by the
database's similarity of trigrams at its usual threshold; `each_with_each` compares titles word by word with all
others; both on a sample, and told for as many records as ours. The last line is one JSON object.
"""

import argparse
import json
import multiprocessing
import os
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
from matching_scale import Ours, built, database, said, written

LIMIT_MINUTES = 15.0
IN_A_PART = 1_000
JOINED = 20
"""Titles that pg_trgm joins with all others."""
EACH = 2
"""Titles that are compared word by word with all others."""


def swept(ours: Ours) -> dict[str, Any]:
    """Minutes that the comparison takes, and how many pairs it finds."""
    from khue.matching.projection.spreading import spread
    from khue.matching.projection.whole import titles

    begun = time.perf_counter()
    whole = titles(ours.snapshot, ["mission"])
    last = int(whole.numbers[-1]) + 1
    parts = [(start, min(start + IN_A_PART, last)) for start in range(0, last, IN_A_PART)]
    pairs = sum(len(found) for _part, found in spread(whole, parts))
    return {"minutes": round((time.perf_counter() - begun) / 60, 2), "pairs": pairs}


def each_with_each(ours: Ours, titles: list[str]) -> float:
    """Minutes for all of `titles`, from a few of them compared word by word with every other."""
    from khue.matching.ranking.corpus import compare

    places = ours.where().tolist()
    begun = time.perf_counter()
    for text in titles[:EACH]:
        compare(text, ((at, ours.snapshot.titles.read(at)) for at in places), ours.rarities.term, 10)
    seconds = (time.perf_counter() - begun) / EACH
    return round(seconds * len(titles) / 60 / (os.cpu_count() or 1), 1)


def joined(address: str, titles: list[str]) -> float:
    """Minutes that pg_trgm takes to join all titles with themselves, from a join of the first with all."""
    with psycopg.connect(address) as link:
        link.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        link.execute("CREATE TEMP TABLE title (pk int, words text)")
        with link.cursor().copy("COPY title FROM STDIN") as copy:
            for pk, title in enumerate(titles):
                copy.write_row((pk, title.lower()))
        link.execute("CREATE INDEX ON title USING gin (words gin_trgm_ops)")
        link.execute("ANALYZE title")
        begun = time.perf_counter()
        asked = min(JOINED, len(titles))
        link.execute(
            "SELECT count(*) FROM title one JOIN title other ON one.words %% other.words AND one.pk < other.pk "
            "WHERE one.pk < %s",
            (asked,),
        )
        seconds = time.perf_counter() - begun
    return round(seconds / asked * len(titles) / 60 / (os.cpu_count() or 1), 1)


def main() -> None:
    """Run it all and print one JSON object in the last line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--records", type=int)
    wanted = parser.parse_args()
    size = wanted.records or (10_000 if wanted.small else 200_000)
    address = database()
    if address:
        os.environ["DATABASE_URL"] = address
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as aside:
        texts = written(source := Path(aside) / "missions.csv", size)
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:
            results = said({"records": size} | alone.submit(built, folder, source, size).result())
        ours = Ours(str(Path(folder)))
        results |= said(swept(ours))
        results |= said({"each_with_each_minutes": each_with_each(ours, texts)})
    if address:
        results |= said({"pg_trgm_minutes": joined(address, texts)})
    minutes = results["minutes"]
    target = {"value": minutes, "limit": LIMIT_MINUTES, "met": minutes <= LIMIT_MINUTES}
    print(json.dumps({"bench": "matching_sweep", "machine": {"cores": os.cpu_count()},
                      "results": results, "targets": {"sweep_minutes": target}}))  # fmt: skip


if __name__ == "__main__":
    main()
