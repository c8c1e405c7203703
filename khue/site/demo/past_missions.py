"""The department's memory: two hundred missions of earlier years, brought in as from an old list."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from khue.core.actors import IMPORTER
from khue.core.exchange import Problem, Row
from khue.missions.exchange import FIELDS, MISSIONS

LIST = Path(__file__).with_name("past_missions.txt")
MILLION = 1_000_000
FAMILY = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Ngô",
    "Dương",
    "Lý",
    "Đinh",
    "Phan",
    "Hồ",
    "Trịnh",
    "Mai",
    "Đào",
    "Lương",
    "Tạ",
]
MIDDLE = [
    "Văn",
    "Thị",
    "Đức",
    "Minh",
    "Thu",
    "Quang",
    "Ngọc",
    "Hữu",
    "Thanh",
    "Xuân",
    "Kim",
    "Bá",
    "Công",
    "Hoài",
    "Diệu",
    "Thế",
]
GIVEN = [
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hà",
    "Hải",
    "Hiền",
    "Hòa",
    "Huệ",
    "Khánh",
    "Lan",
    "Liên",
    "Long",
    "Mai",
    "Nam",
    "Nga",
    "Phương",
    "Quân",
    "Sơn",
    "Tâm",
    "Thủy",
    "Trung",
    "Yến",
]


def bring_in() -> int:
    """Enter them all; returns how many."""
    rows = [Row(number, values) for number, values in enumerate(_rows(), 2)]
    problems = [outcome for outcome in MISSIONS.enter(rows, IMPORTER) if isinstance(outcome, Problem)]
    assert not problems, problems  # noqa: S101 - the list is ours
    return len(rows)


def _rows() -> Iterator[dict[str, Any]]:
    chance = Random(7)  # noqa: S311 - names for a demo
    lines = [line for line in LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    for number, line in enumerate(lines, 1):
        title, kind, field, host, degree, first, last, money, rating = (part.strip() for part in line.split("|"))
        name = " ".join(chance.choice(words) for words in (FAMILY, MIDDLE, GIVEN))
        empty: dict[str, Any] = {each.key: None for each in FIELDS}
        yield empty | {
            "code": f"01C-{number % 12 + 1:02d}/{number:02d}-{first}-{last[-1]}",
            "title": title,
            "type": kind,
            "field": field,
            "host_name": host,
            "investigator_name": f"{degree} {name}",
            "year": int(first),
            "last_year": int(last),
            "budget_state": int(money) * MILLION,
            "rating": rating,
            "state": "failed" if rating == "failed" else None,
        }
