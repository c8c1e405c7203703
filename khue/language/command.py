"""`khue extract [--on YYYY-MM-DD] [--with-text] FILE…`: one JSON object per file on standard output."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import NoReturn

from khue.language.extract import DATELESS, extract
from khue.language.reading import read
from khue.language.source import Unreadable

_HINTS = {DATELESS: "Dùng --on để cho biết ngày."}
"""What can be done about a warning with this command; a page says its own."""


class _Parser(argparse.ArgumentParser):
    """Speaks plain Vietnamese when it is called wrongly."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"Cách dùng: khue extract [--on NĂM-THÁNG-NGÀY] [--with-text] TỆP… ({message})\n")
        raise SystemExit(2)


def main(argv: list[str]) -> int:
    """Run the command: 0 when every file was read, 1 when one was refused, 2 on wrong use."""
    try:
        wanted = _parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    outcomes = [_one(path, wanted.on, with_text=wanted.with_text) for path in wanted.files]
    return 0 if all(outcomes) else 1


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="khue extract", description="Đọc văn bản và nêu chỉ đạo, trích dẫn, kiến nghị, địa danh.")
    parser.add_argument("files", nargs="+", type=Path, metavar="TỆP", help=".docx .pdf .txt .html .odt")
    parser.add_argument("--on", type=_day, help="ngày để tính các mốc tương đối khi văn bản không ghi ngày")
    parser.add_argument("--with-text", action="store_true", help="kèm toàn văn đã đọc, để đối chiếu vị trí")
    return parser


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"ngày “{words}” phải viết như 2025-06-30") from None


def _one(path: Path, on: date | None, *, with_text: bool) -> bool:
    try:
        source = read(path)
    except Unreadable as refusal:
        sys.stderr.write(f"{refusal.sentence}\n")
        return False
    found = {"source": path.name, **extract(source, on).as_json()}
    found["warnings"] = [f"{one} {_HINTS[one]}" if one in _HINTS else one for one in found["warnings"]]
    if with_text:
        found["text"] = source.text
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    return True
