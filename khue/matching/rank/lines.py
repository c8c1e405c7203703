"""Files of JSON lines: records of a corpus, and queries."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from khue.matching.ranking.record import Item


class Unreadable(Exception):
    """A file or a line of it that cannot be used; the message says which and why."""


def items(path: Path) -> Iterator[Item]:
    """The records of a corpus, one after the other. Raises Unreadable."""
    for _, line, where in lines(path):
        yield item(line, where)


def item(line: bytes, where: str) -> Item:
    """The record of one line. Raises Unreadable that names `where` it stands."""
    row = _row(line, where)
    year = row.get("year")
    return Item(
        _text(row, "id", where), _text(row, "title", where), summary=str(row.get("summary") or ""),
        host=str(row.get("host") or ""), place=str(row.get("place") or ""),
        year=year if isinstance(year, int) else None,
    )  # fmt: skip


def queries(path: Path) -> Iterator[tuple[str, str]]:
    """The name and the text of each query. Raises Unreadable."""
    for _, line, where in lines(path):
        row = _row(line, where)
        yield _text(row, "id", where), _text(row, "text", where)


def lines(path: Path) -> Iterator[tuple[int, bytes, str]]:
    """Lines that are not empty: the byte at which each begins, what it holds, and how it is called."""
    begins = 0
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield begins, line, f"{path}, dòng {number}"
                begins += len(line)
    except OSError as problem:
        raise Unreadable(f"Không đọc được tệp {path}: {problem.strerror}.") from problem


def _row(line: bytes, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise Unreadable(f"{where}: không phải văn bản UTF-8.") from problem
    except (ValueError, RecursionError) as problem:
        raise Unreadable(f"{where}: không phải JSON.") from problem
    if not isinstance(row, dict):
        raise Unreadable(f"{where}: phải là một đối tượng JSON trong ngoặc nhọn.")
    return row


def _text(row: dict[str, Any], key: str, where: str) -> str:
    value = row.get(key)
    if isinstance(value, int) and key == "id" and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise Unreadable(f"{where}: thiếu “{key}” hoặc “{key}” không phải chữ.")
    return value
