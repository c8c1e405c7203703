"""`khue rank --corpus C.jsonl --queries Q.jsonl --for need|duplicate [--top 20]`: one JSON object a query."""

import argparse
import json
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

from khue.matching.rank.lines import Unreadable, items, queries
from khue.matching.ranking.meaning import WrongModel
from khue.matching.ranking.record import Item, Purpose, Ranked

MANY = 20_000
"""From so many records on they are not held in memory but in an index of their own."""
USAGE = "Cách dùng: khue rank --corpus TỆP.jsonl --queries TỆP.jsonl --for need|duplicate [--top 20]"


class _Parser(argparse.ArgumentParser):
    """Speaks plain Vietnamese when it is called wrongly."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"{USAGE} ({message})\n")
        raise SystemExit(2)


def main(argv: list[str]) -> int:
    """Run the command: 0 done, 1 when a file cannot be used (said on standard error), 2 on wrong use."""
    try:
        wanted = _parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        asked = list(queries(wanted.queries))
        _rank(wanted.corpus, asked, Purpose(wanted.purpose), wanted.top)
    except (Unreadable, WrongModel) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


def _rank(path: Path, asked: list[tuple[str, str]], purpose: Purpose, top: int) -> None:
    begun = list(islice(items(path), MANY))
    if len(begun) < MANY:
        from khue.matching.ranking.corpus import Corpus  # noqa: PLC0415 - wrong use is told before anything is loaded

        corpus = Corpus(begun)
        _answer(asked, lambda text: [(begun[one.position], one) for one in corpus.rank(text, purpose, top)])
        return
    from khue.matching.rank.many import Many, folder  # noqa: PLC0415

    with folder() as place:
        many = Many(path, Path(place))
        _answer(asked, lambda text: many.rank(text, purpose, top))


def _answer(asked: list[tuple[str, str]], rank: Callable[[str], list[tuple[Item, Ranked]]]) -> None:
    for name, text in asked:
        results = [_told(item, one) for item, one in rank(text)]
        sys.stdout.write(json.dumps({"query": name, "results": results}, ensure_ascii=False) + "\n")


def _told(item: Item, one: Ranked) -> dict[str, Any]:
    return {"id": item.id, "score": one.score, "band": one.band.value, "why": one.why}


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="khue rank", description="Xếp kho nhiệm vụ theo độ gần với từng nhu cầu hay đề xuất.")
    parser.add_argument("--corpus", type=Path, required=True, metavar="TỆP", help='mỗi dòng {"id", "title", …}')
    parser.add_argument("--queries", type=Path, required=True, metavar="TỆP", help='mỗi dòng {"id", "text"}')
    parser.add_argument("--for", dest="purpose", choices=[each.value for each in Purpose], required=True)
    parser.add_argument("--top", type=_count, default=20, metavar="SỐ", help="số kết quả cho mỗi câu hỏi")
    return parser


def _count(words: str) -> int:
    if not words.isdecimal() or int(words) < 1:
        raise argparse.ArgumentTypeError(f"“{words}” phải là số nguyên từ 1 trở lên")
    return int(words)
