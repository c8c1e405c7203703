"""`khue rank --corpus C.jsonl --queries Q.jsonl --for need|duplicate [--top 20]`: one JSON object a query."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from khue.matching.ranking.meaning import WrongModel
from khue.matching.ranking.record import Item, Purpose, Ranked

USAGE = "Cách dùng: khue rank --corpus TỆP.jsonl --queries TỆP.jsonl --for need|duplicate [--top 20]"


class _Unreadable(Exception):
    """A file or a line of it that cannot be used; the message says which and why."""


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
        items = list(_items(wanted.corpus))
        queries = list(_queries(wanted.queries))
    except _Unreadable as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    try:
        _rank(items, queries, Purpose(wanted.purpose), wanted.top)
    except WrongModel as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


def _rank(items: list[Item], queries: list[tuple[str, str]], purpose: Purpose, top: int) -> None:
    from khue.matching.ranking.corpus import Corpus  # noqa: PLC0415 - wrong use is told before anything is loaded

    corpus = Corpus(items)
    for name, text in queries:
        results = [_told(items[one.position], one) for one in corpus.rank(text, purpose, top)]
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


def _items(path: Path) -> Iterator[Item]:
    for where, row in _rows(path):
        year = row.get("year")
        yield Item(
            _text(row, "id", where), _text(row, "title", where), summary=str(row.get("summary") or ""),
            host=str(row.get("host") or ""), place=str(row.get("place") or ""),
            year=year if isinstance(year, int) else None,
        )  # fmt: skip


def _queries(path: Path) -> Iterator[tuple[str, str]]:
    for where, row in _rows(path):
        yield _text(row, "id", where), _text(row, "text", where)


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as problem:
        raise _Unreadable(f"Không đọc được tệp {path}: {problem.strerror}.") from problem
    except UnicodeDecodeError as problem:
        raise _Unreadable(f"Tệp {path} không phải văn bản UTF-8.") from problem
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield f"{path}, dòng {number}", _row(line, f"{path}, dòng {number}")


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise _Unreadable(f"{where}: không phải JSON.") from problem
    if not isinstance(row, dict):
        raise _Unreadable(f"{where}: phải là một đối tượng JSON trong ngoặc nhọn.")
    return row


def _text(row: dict[str, Any], key: str, where: str) -> str:
    value = row.get(key)
    if isinstance(value, int) and key == "id" and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise _Unreadable(f"{where}: thiếu “{key}” hoặc “{key}” không phải chữ.")
    return value
