"""How well needs find help and duplicates are told, beside other ways to rank, on the same data in the same run.

    python bench/matching.py [--small] [--data FOLDER]

The data are graded needs and labelled pairs: those of `--data` (`needs.jsonl`, `pairs.jsonl`, `missions.jsonl`; by
default `$KHUE_DATA`, or `shared/data` beside the repository), else those invented for the tests. Needs: nDCG@10 as
typed, and without accents. Pairs: average precision for `same`, and precision and recall of the band `same`;
`held_out` and `unseen` are needs (and pairs) that no weight was chosen by.
`crossed` is the average precision of weights learned on the one set of pairs and used on the other. `--small` leaves
out underthesea.
The last line on standard output is one JSON object.
"""

import argparse
import importlib.util
import json
import math
import os
import statistics
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import tantivy

from khue.core.postgres import PostgresUnavailable, create_database, drop_database, ensure_running, exists
from khue.language.text import fold
from khue.matching.ranking.corpus import Corpus
from khue.matching.ranking.deciding import likelihood
from khue.matching.ranking.duplicate import Side, side, signals
from khue.matching.ranking.index import Index
from khue.matching.ranking.reading import understand
from khue.matching.ranking.record import Item, Purpose
from khue.matching.ranking.words import read

ROOT = Path(__file__).resolve().parents[1]
GIVEN = Path(os.environ.get("KHUE_DATA", ROOT.parent / "shared" / "data"))
HELD_OUT = Path(__file__).with_name("held_out.toml")
INVENTED = ROOT / "khue" / "matching" / "tests" / "invented.toml"
DATABASE = "khue_bench_matching"
SAME = 2
SIGNALS = ("covers", "contains", "pairs", "another", "elsewhere")
Rank = Callable[[str], list[int]]
Score = Callable[[str, str], float]
Split = Callable[[str], list[str]]


class Data:
    """Needs with graded titles, labelled pairs, and all titles."""

    def __init__(self, needs: list[dict[str, Any]], pairs: list[dict[str, Any]], others: list[str]) -> None:
        self.needs, self.pairs = [need for need in needs if need["relevant"]], pairs
        self.titles = list(dict.fromkeys([*others, *(title for need in needs for title in need["relevant"])]))


def given(folder: Path) -> Data:
    """The data of a folder."""
    rows = {
        name: [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        for name in ("needs", "pairs", "missions")
    }
    return Data(rows["needs"], rows["pairs"], [row["title"] for row in rows["missions"]])


def invented(kind: str = "need", path: Path = INVENTED) -> Data:
    """The data of the tests; with `unseen`, needs that nobody looked at while the thesaurus was written."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    needs = [{"need": each["text"], "relevant": each["relevant"]} for each in table[kind]]
    others = [*table["others"], *(title for each in table["need"] for title in each["relevant"])]
    return Data(needs, table["pair"], others)


def gain(found: Sequence[str], relevant: dict[str, int]) -> float:
    """nDCG of the first ten."""
    ideal = sorted(relevant.values(), reverse=True)[:10]
    return discounted([relevant.get(title, 0) for title in found[:10]]) / discounted(ideal)


def discounted(grades: list[int]) -> float:
    """The gain of grades in this order."""
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def needs_found(data: Data, rank: Rank) -> dict[str, float]:
    """nDCG@10 over all needs: as typed, and without accents."""

    def mean(typed: Callable[[str], str]) -> float:
        gains = [gain([data.titles[at] for at in rank(typed(n["need"]))], n["relevant"]) for n in data.needs]
        return round(statistics.mean(gains), 4)

    return {"ndcg": mean(str), "ndcg_without_accents": mean(fold)}


def precision(scored: list[tuple[float, int]]) -> float:
    """Average precision for the label `same`."""
    ordered = [label for _, label in sorted(scored, key=lambda one: -one[0])]
    hits = [place for place, label in enumerate(ordered, 1) if label == SAME]
    return round(statistics.mean((n / place) for n, place in enumerate(hits, 1)), 4)


def syllables(text: str) -> list[str]:
    """Syllables as typed."""
    return list(read(text).marked)


def bm25(titles: list[str], split: Split) -> Rank:
    """Plain BM25 over whatever `split` makes of a text: by bm25s, or where that is not installed by its formula."""
    parts = [split(title) for title in titles]
    scores = _by_bm25s(parts) if importlib.util.find_spec("bm25s") else _by_formula(parts)

    def rank(text: str) -> list[int]:
        found = scores(split(text))
        return [int(at) for at in np.argsort(-found, kind="stable")[:10] if found[at] > 0]

    return rank


def _by_bm25s(parts: list[list[str]]) -> "Callable[[list[str]], np.ndarray[Any, Any]]":
    import bm25s

    index = bm25s.BM25()
    index.index(parts, show_progress=False)
    return lambda words: np.asarray(index.get_scores(words))


def _by_formula(parts: list[list[str]]) -> "Callable[[list[str]], np.ndarray[Any, Any]]":
    print("bm25s is not installed (make setup-bench); its formula is used instead")
    index = Index(saturation=1.5, length=0.75)
    for words in parts:
        index.add({f"m{word}": float(often) for word, often in Counter(words).items()}, len(words))
    return lambda words: index.scores([(f"m{word}", 1.0) for word in dict.fromkeys(words)])


def by_tantivy(titles: list[str]) -> Rank:
    """tantivy's ranking over syllables."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("at", stored=True)
    builder.add_text_field("words", tokenizer_name="whitespace")
    index = tantivy.Index(builder.build())
    writer = index.writer(20_000_000, 1)
    for at, title in enumerate(titles):
        writer.add_document(tantivy.Document(at=at, words=" ".join(syllables(title))))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def rank(text: str) -> list[int]:
        hits = searcher.search(index.parse_query(" ".join(syllables(text)), ["words"]), 10).hits
        return [searcher.doc(address)["at"][0] for _, address in hits]

    return rank


def by_postgres(link: "psycopg.Connection[Any]", titles: list[str]) -> dict[str, Rank]:
    """PostgreSQL: full text of the simple configuration, any word; and similarity of trigrams."""
    link.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    link.execute("DROP TABLE IF EXISTS title")
    link.execute("CREATE TEMP TABLE title (at int, words text)")
    with link.cursor() as cursor:
        cursor.executemany("INSERT INTO title VALUES (%s, %s)", [(at, t.lower()) for at, t in enumerate(titles)])
    full = (
        "SELECT at FROM title, to_tsquery('simple', %s) q WHERE to_tsvector('simple', words) @@ q"
        " ORDER BY ts_rank_cd(to_tsvector('simple', words), q, 1) DESC, at LIMIT 10"
    )
    near = "SELECT at FROM title ORDER BY word_similarity(%s, words) DESC, at LIMIT 10"
    return {
        "postgresql_full_text": lambda text: _column(link, full, " | ".join(syllables(text))),
        "pg_trgm": lambda text: _column(link, near, text.lower()),
    }


def _column(link: "psycopg.Connection[Any]", query: str, asked: str) -> list[int]:
    return [row[0] for row in link.execute(query, (asked,)).fetchall()]


def ours(data: Data) -> tuple[Rank, dict[str, float]]:
    """Khuê's ranking of needs; and what it says of the pairs."""
    corpus = Corpus([Item(str(at), title) for at, title in enumerate(data.titles)])
    pairs = list(dict.fromkeys(pair["b"] for pair in data.pairs))
    among = Corpus([Item(title, title) for title in pairs])
    scored, told = [], []
    for pair in data.pairs:
        found = {pairs[one.position]: one for one in among.rank(pair["a"], Purpose.DUPLICATE, len(pairs))}
        one = found.get(pair["b"])
        scored.append((one.score if one else 0.0, pair["label"]))
        told.append((one is not None and one.band == "same", pair["label"] == SAME))
    right = sum(said and is_so for said, is_so in told)
    banded = {
        "same_ap": precision(scored),
        "same_precision": round(right / max(1, sum(said for said, _ in told)), 4),
        "same_recall": round(right / max(1, sum(is_so for _, is_so in told)), 4),
    }
    return lambda text: [one.position for one in corpus.rank(text, Purpose.NEED, 10)], banded


def learned(pairs: list[dict[str, Any]]) -> dict[str, float]:
    """Weights of the signals that tell `same`, by logistic regression that holds them small."""
    table, labels = measured(pairs), np.array([float(pair["label"] == SAME) for pair in pairs])
    weights, bias = np.zeros(len(SIGNALS)), 0.0
    rare = np.where(labels == 1, 0.5 * (labels == 0).sum() / max(1, labels.sum()), 1.0)
    for _ in range(4000):
        wrong = rare * (1 / (1 + np.exp(-(table @ weights + bias))) - labels)
        weights -= 0.3 * (table.T @ wrong + 0.3 * weights) / len(labels)
        bias -= 0.3 * float(wrong.mean())
    return {**{name: float(weight) for name, weight in zip(SIGNALS, weights, strict=True)}, "bias": bias}


def measured(pairs: list[dict[str, Any]]) -> "np.ndarray[Any, Any]":
    """The signals of each pair, every word as rare as any other: the weights must not know the corpus."""
    return np.array([[signals(*_sides(pair), _even)[name] for name in SIGNALS] for pair in pairs])


def _even(_term: str) -> float:
    return 5.0


def _sides(pair: dict[str, Any]) -> tuple[Side, Side]:
    return side(understand(pair["a"]), _even), side(understand(pair["b"]), _even)


def crossed(one: Data, other: Data) -> float:
    """Average precision on the pairs of `other` with weights learned on those of `one`."""
    weights = learned(one.pairs)
    return precision([(likelihood(signals(*_sides(pair), _even), weights), pair["label"]) for pair in other.pairs])


def peers(data: Data, *, small: bool) -> dict[str, Any]:
    """Every other ranking of the needs."""
    ranks: dict[str, Rank] = {
        "bm25_syllables": bm25(data.titles, syllables),
        "bm25_syllables_folded": bm25(data.titles, lambda text: list(read(text).bare)),
        "tantivy": by_tantivy(data.titles),
    }
    if not small and importlib.util.find_spec("underthesea"):
        from underthesea import word_tokenize

        ranks["bm25_underthesea"] = bm25(data.titles, lambda text: [w.lower() for w in word_tokenize(text)])
    results = {name: needs_found(data, rank) for name, rank in ranks.items()}
    try:
        server = ensure_running(ROOT / "var", durable=False)
    except PostgresUnavailable:
        return results
    if exists(server, DATABASE):
        drop_database(server, DATABASE)
    create_database(server, DATABASE)
    with psycopg.connect(server.database_url(DATABASE)) as link:
        results |= {name: needs_found(data, rank) for name, rank in by_postgres(link, data.titles).items()}
    drop_database(server, DATABASE)
    return results


def main() -> None:
    """Run it all and print one JSON object in the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--data", type=Path, default=GIVEN)
    wanted = parser.parse_args()
    own = invented()
    data = given(wanted.data) if (wanted.data / "needs.jsonl").exists() else own
    rank, pairs = ours(data)
    results: dict[str, Any] = {"needs": len(data.needs), "pairs": len(data.pairs)}
    results["ours"] = {**needs_found(data, rank), **pairs}
    results["invented"] = {**needs_found(own, ours(own)[0]), **ours(own)[1]}
    unseen = invented("unseen")
    results["unseen"] = needs_found(unseen, ours(unseen)[0])
    results["unseen_bm25_syllables"] = needs_found(unseen, bm25(unseen.titles, syllables))
    held = invented(path=HELD_OUT)
    results["held_out"] = {**needs_found(held, ours(held)[0]), **ours(held)[1]}
    results["held_out_bm25_syllables"] = needs_found(held, bm25(held.titles, syllables))
    results["crossed_ap"] = min(crossed(own, data), crossed(data, own)) if data is not own else None
    results |= peers(data, small=wanted.small)
    print(json.dumps({"bench": "matching", "machine": {"cores": os.cpu_count()}, "results": results,
                      "targets": targets(results)}, ensure_ascii=False))  # fmt: skip


def targets(results: dict[str, Any]) -> dict[str, Any]:
    """What was aimed at, and whether it was reached."""
    mine = results["ours"]
    wanted = {
        "above_bm25_syllables": (mine["ndcg"] - results["bm25_syllables"]["ndcg"], 0.15),
        "same_ap": (mine["same_ap"], 0.93),
        "same_precision": (mine["same_precision"], 0.9),
        "same_recall": (mine["same_recall"], 0.85),
    }
    if "bm25_underthesea" in results:
        wanted["above_bm25_underthesea"] = (mine["ndcg"] - results["bm25_underthesea"]["ndcg"], 0.10)
    told = {name: {"value": round(v, 4), "limit": least, "met": v >= least} for name, (v, least) in wanted.items()}
    lost = round(mine["ndcg"] - mine["ndcg_without_accents"], 4)
    return {**told, "lost_without_accents": {"value": lost, "limit": 0.03, "met": lost <= 0.03}}


if __name__ == "__main__":
    main()
