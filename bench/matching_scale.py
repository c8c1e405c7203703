"""Search at the size of a country: how long the index takes, how fast a duplicate is found, and what is missed.

    python bench/matching_scale.py [--small]

A million invented titles (`--small`: 50,000) over the frames and concepts of the field. Ours is what the pages use: the
node's index proposes candidates, which are compared word by word. `tantivy` is the library's own ranking of the same
titles by a query of all their words; `pg_trgm` is the database's similarity of trigrams with its index. Recall is of
the ten best of an exhaustive comparison among the two thousand titles that share most with the query. The last line
on standard output is one JSON object.
"""

import argparse
import json
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import tantivy

from khue.core.postgres import PostgresUnavailable, create_database, drop_database, ensure_running, exists
from khue.matching.projection import asking
from khue.matching.projection.documents import Row, schema
from khue.matching.projection.filling import fill
from khue.matching.ranking.corpus import Known, compare, restorer, sought
from khue.matching.ranking.reading import understand
from khue.matching.ranking.record import Purpose
from khue.matching.ranking.thesaurus import thesaurus
from khue.matching.ranking.words import read

LIMITS = {"build_s": 120.0, "memory_mb": 1000.0, "duplicate_p50_ms": 30.0, "duplicate_p95_ms": 80.0}
RECALL = 0.98
CANDIDATES = 50
EXHAUSTIVE = 2_000
DATABASE = "khue_bench_matching"
TRIGRAMS = 50_000
"""Titles that pg_trgm is asked about: its index of a million takes longer to build than all the rest."""
FRAMES = (
    "Nghiên cứu {o} bằng {t} tại {p}", "Xây dựng mô hình {o} ứng dụng {t} trên địa bàn {p}",
    "Ứng dụng {t} phục vụ {o} ở {p}", "Đánh giá thực trạng và đề xuất giải pháp {o} {p}",
    "Hoàn thiện quy trình {o} gắn với {q}", "Nghiên cứu, chế tạo thiết bị {t} cho {o}",
    "Giải pháp nâng cao hiệu quả {o} và {q} tại {p} giai đoạn {y}",
)  # fmt: skip
DISTRICTS = "Đông Anh,Sóc Sơn,Ba Vì,Gia Lâm,Mê Linh,Phúc Thọ,Thạch Thất,Hoài Đức,Chương Mỹ,Thường Tín,Phú Xuyên,Ứng Hòa"


def titles(count: int) -> Iterator[str]:
    """Invented titles, always the same."""
    chance = random.Random(4)
    phrases = sorted({phrase for concept in thesaurus().concepts for phrase in (concept.name, *concept.same)})
    syllables = sorted({syllable for phrase in phrases for syllable in read(phrase).marked if len(syllable) > 1})
    places = DISTRICTS.split(",")
    for number in range(count):
        rare = " ".join(chance.sample(syllables, 2))
        yield chance.choice(FRAMES).format(
            o=f"{chance.choice(phrases)} {rare}", t=chance.choice(phrases), q=chance.choice(phrases),
            p=f"huyện {chance.choice(places)}", y=2000 + number % 26,
        )  # fmt: skip


def queries(made: list[str], count: int) -> list[str]:
    """Titles told again: shortened, with a word left out or another frame."""
    chance = random.Random(7)
    asked = []
    for title in chance.sample(made, count):
        words = title.split()
        words.pop(chance.randrange(len(words)))
        asked.append(" ".join(words[: max(6, round(len(words) * chance.uniform(0.7, 1)))]))
    return asked


class Ours:
    """What the pages use, without the database: the index, then the comparison."""

    def __init__(self, index: tantivy.Index, made: list[str]) -> None:
        self.searcher, self.made = index.searcher(), made
        self.known: Known = (asking.rarity(self.searcher), restorer(made[:5000]))
        self.scope = asking.Scope(whole_kinds=("mission",))

    def near(self, text: str, limit: int) -> list[int]:
        """Candidates by their numbers."""
        query = asking.weighted(sought(text, Purpose.DUPLICATE, self.known))
        return asking.best(self.searcher, self.scope.around(query), limit)

    def duplicates(self, text: str, candidates: int = CANDIDATES) -> list[int]:
        """The ten nearest."""
        near = self.near(text, candidates)
        ranked = compare(text, ((pk, understand(self.made[pk])) for pk in near), self.known[0], 10)
        return [one.position for one in ranked]


def plain(searcher: tantivy.Searcher, index: tantivy.Index) -> Callable[[str], object]:
    """tantivy's own ranking."""
    return lambda text: searcher.search(index.parse_query(" ".join(read(text).marked), ["marked"]), 10).hits


def timed(answer: Callable[[str], object], asked: list[str]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds, after a round to warm up."""
    for text in asked[:10]:
        answer(text)
    taken = []
    for text in asked:
        begun = time.perf_counter()
        answer(text)
        taken.append(1000 * (time.perf_counter() - begun))
    taken.sort()
    return {"p50_ms": round(statistics.median(taken), 1), "p95_ms": round(taken[int(0.95 * (len(taken) - 1))], 1)}


def recall(ours: Ours, asked: list[str]) -> float:
    """How many of the exhaustive ten best are among ours."""
    shares = []
    for text in asked:
        all_of_them, found = ours.duplicates(text, EXHAUSTIVE), set(ours.duplicates(text))
        shares.append(len(found.intersection(all_of_them)) / max(1, len(all_of_them)))
    return statistics.mean(shares)


def trigrams(made: list[str], asked: list[str]) -> dict[str, float] | None:
    """PostgreSQL's pg_trgm over the same titles; None where no database can be had."""
    try:
        server = ensure_running(Path(__file__).resolve().parents[1] / "var", durable=False)
    except PostgresUnavailable:
        return None
    if exists(server, DATABASE):
        drop_database(server, DATABASE)
    create_database(server, DATABASE)
    with psycopg.connect(server.database_url(DATABASE)) as link:
        link.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        link.execute("CREATE TEMP TABLE title (pk int, words text)")
        with link.cursor().copy("COPY title FROM STDIN") as copy:
            for pk, title in enumerate(made):
                copy.write_row((pk, title.lower()))
        link.execute("CREATE INDEX ON title USING gist (words gist_trgm_ops(siglen=64))")
        ask = "SELECT pk FROM title ORDER BY words <-> %s LIMIT 10"
        return timed(lambda text: link.execute(ask, (text.lower(),)).fetchall(), asked[:20])


def main() -> None:
    """Run it all and print one JSON object in the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args().small
    size, rounds = (50_000, 60) if small else (1_000_000, 300)
    made = list(titles(size))
    with tempfile.TemporaryDirectory() as folder:
        index = tantivy.Index(schema(), path=folder)
        begun = time.perf_counter()
        rows = (Row(pk, "mission", t, "", "", "", "", "Hà Nội", "", 2000 + pk % 26) for pk, t in enumerate(made))
        fill(index, rows, size)
        built = time.perf_counter() - begun
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        index.reload()
        ours, asked = Ours(index, made), queries(made, rounds)
        results: dict[str, Any] = {
            "records": size,
            "build_s": round(built, 1),
            "memory_mb": round(memory),
            "ours": timed(ours.duplicates, asked),
            "recall": round(recall(ours, asked[:40]), 4),
            "tantivy": timed(plain(ours.searcher, index), asked),
            "on_disk_mb": round(sum(file.stat().st_size for file in Path(folder).iterdir()) / 2**20),
        }
    results["pg_trgm"] = trigrams(made[:TRIGRAMS], asked)
    measured = {
        "build_s": results["build_s"], "memory_mb": results["memory_mb"], "duplicate_p50_ms": results["ours"]["p50_ms"],
        "duplicate_p95_ms": results["ours"]["p95_ms"],
    }  # fmt: skip
    targets = {name: {"value": v, "limit": LIMITS[name], "met": v <= LIMITS[name]} for name, v in measured.items()}
    targets["recall"] = {"value": results["recall"], "limit": RECALL, "met": results["recall"] >= RECALL}
    machine = {"cores": os.cpu_count()}
    print(json.dumps({"bench": "matching_scale", "machine": machine, "results": results, "targets": targets}))


if __name__ == "__main__":
    main()
