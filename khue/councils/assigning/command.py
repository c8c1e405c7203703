"""`khue assign PROBLEM.json`: proposes members of councils, as one JSON object on standard output."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from khue.councils.assigning.problem import Refused
from khue.councils.assigning.reading import read
from khue.councils.assigning.solving import SECONDS, solve


class _Parser(argparse.ArgumentParser):
    """Speaks plain Vietnamese when it is called wrongly."""

    def error(self, message: str) -> NoReturn:
        own = message.rpartition(": ")[2] if message.startswith("argument --seconds") else "một tệp bài toán"
        sys.stderr.write(f"Cách dùng: khue assign [--seconds GIÂY] TỆP.json ({own})\n")
        raise SystemExit(2)


def main(argv: list[str]) -> int:
    """Run the command: 0 with the assignment, even one with empty seats; 1 when refused; 2 on wrong use."""
    try:
        wanted = _parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        plan = solve(read(wanted.problem), seconds=wanted.seconds)
    except Refused as refusal:
        sys.stderr.write(f"{_one_sentence(refusal.sentences)}\n")
        return 1
    except MemoryError:
        sys.stderr.write("Bài toán lớn quá bộ nhớ của máy này: chia thành nhiều đợt.\n")
        return 1
    sys.stdout.write(json.dumps(plan.as_json(), ensure_ascii=False) + "\n")
    return 0


def _one_sentence(sentences: Sequence[str]) -> str:
    """All mistakes in one line, as every command says why it refuses."""
    if len(sentences) == 1:
        return sentences[0]
    return f"Bài toán có nhiều chỗ sai: {'; '.join(each.rstrip('.') for each in sentences)}."


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="khue assign", description="Đề xuất thành viên hội đồng: phù hợp nhất mà không phạm quy tắc nào."
    )
    parser.add_argument("problem", type=Path, metavar="TỆP.json", help="hội đồng, chuyên gia, độ phù hợp, xung đột")
    parser.add_argument("--seconds", type=_seconds, default=SECONDS, metavar="GIÂY", help="tìm nhiều nhất bao lâu")
    return parser


def _seconds(words: str) -> float:
    try:
        seconds = float(words)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"số giây “{words}” phải từ trên 0 đến 86400")
    return seconds
