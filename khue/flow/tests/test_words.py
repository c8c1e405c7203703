"""The coded words of missions: read, offered while in use, and every mistake named."""

from datetime import date
from pathlib import Path

import pytest

from khue.flow.shelf.checking import Known, check
from khue.flow.shelf.words import choices, words

GOOD = """
[types.topic]
label = { vi = "Đề tài", en = "Topic" }
outline = "outline-technology"
basis = "house"

[types.chain]
label = { vi = "Chuỗi", en = "Chain" }
since = 2025-10-01
basis = "house"
"""


def test_a_word_is_offered_while_it_is_in_use() -> None:
    before = dict(choices("types", date(2024, 5, 1)))
    after = dict(choices("types", date(2026, 5, 1)))
    assert before["pilot-project"] == "Dự án sản xuất thử nghiệm"
    assert "chain" not in before
    assert "chain" in after
    assert "chain" in dict(choices("types", date(2024, 5, 1), keep="chain"))


def test_every_type_names_forms_and_every_adjustment_who_decides() -> None:
    assert {word.facts["proposal"] for word in words("types").values()} == {"a1", "a2", "a3"}
    assert words("adjustments")["objective"].facts["full"] == "never"
    assert words("adjustments")["content"].facts["full"] == "host"
    assert words("products").keys() == {"I", "II", "III", "IV"}
    with pytest.raises(KeyError):
        words("nothing")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (GOOD.replace(', en = "Topic"', ""), "missions.toml: types.topic.label.en: thiếu khóa này"),
        (GOOD.replace('"house"', '{ instrument = "nd-9", article = "1" }'), "không có văn bản law/nd-9.toml"),
        (GOOD + 'full = "nobody"\n', "missions.toml: types.chain.full: phải là một trong: head, host, never"),
        (GOOD.replace("2025-10-01", '"soon"'), "types.chain.since: phải là ngày"),
        (GOOD + "[types", "missions.toml: không đọc được TOML"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, wrong: str, told: str) -> None:
    (tmp_path / "missions.toml").write_text(wrong, encoding="utf-8")
    problems = [str(problem) for problem in check(tmp_path, Known((), (), ()))]
    assert any(told in problem for problem in problems), problems
