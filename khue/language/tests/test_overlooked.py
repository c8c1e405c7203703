# ruff: noqa: E501  (sentences are read whole)
"""Clauses that no rule knows, found by learned weights; and the learning itself."""

import json
from pathlib import Path

import pytest

from khue.language.extract import extract, reader_of
from khue.language.overlooked import LIKELY, clauses, judged, overlooked
from khue.language.source import SourceText
from khue.language.structure import read
from khue.language.training import examples, learn, main
from khue.language.weights import BASE, likelihood

REPORT = (
    "Chiều 12/5, đoàn công tác làm việc với xã Đông Hòa về sản xuất rau an toàn. Bà Trần Thị Mận, Giám đốc hợp tác xã rau Đông Hòa, cho biết, "
    "hợp tác xã còn thiếu kho lạnh. Nhưng hồ sơ vay vốn nộp ba tháng nay ngân hàng không trả lời."
)


def petitions(words: str) -> list[str]:
    return [one.text for one in extract(SourceText(words, (), "txt")).petitions]


def test_what_the_rules_overlook_is_found() -> None:
    by_rules, learned = "hợp tác xã còn thiếu kho lạnh", "Nhưng hồ sơ vay vốn nộp ba tháng nay ngân hàng không trả lời"
    assert petitions(REPORT) == [by_rules, learned]
    page = read(SourceText(REPORT, (), "txt"))
    reader, body = reader_of(page)
    reader.read(body)
    start = REPORT.index(by_rules)
    left = overlooked(judged(page, reader.sentences), [(start, start + len(by_rules))])
    assert [REPORT[clause.span[0] : clause.span[1]].rstrip(".") for clause in left] == [learned]


def test_what_is_told_of_results_is_not() -> None:
    words = (
        REPORT.split("Bà Trần", maxsplit=1)[0]
        + "Năm qua xã đã trồng 40 ha rau, doanh thu đạt 12 tỷ đồng. Ba mươi hộ được cấp chứng nhận VietGAP."
    )
    assert petitions(words) == []


def test_what_was_read_already_is_left_alone() -> None:
    page = read(SourceText(REPORT, (), "txt"))
    reader, body = reader_of(page)
    reader.read(body)
    assert list(overlooked(judged(page, reader.sentences), [(0, len(REPORT))])) == []
    assert all(one.likely >= LIKELY for one in overlooked(judged(page, reader.sentences), []))


def test_no_name_is_a_sign() -> None:
    page = read(SourceText(REPORT, (), "txt"))
    reader, body = reader_of(page)
    reader.read(body)
    words = {sign for _, _, signs in clauses(page, reader.sentences) for sign in signs}
    assert not words & {"word:mận", "voice:mận", "word:đông", "word:hòa"}


def test_troubles_of_formal_papers_are_read_by_rules_alone() -> None:
    words = (
        "ỦY BAN NHÂN DÂN TỈNH\nSố: 12/KH-UBND\n\nKẾ HOẠCH\nPhát triển rau an toàn\n\n"
        "1. Nhưng hồ sơ vay vốn nộp ba tháng nay ngân hàng không trả lời."
    )
    assert petitions(words) == []


def test_weights_are_learned_from_examples() -> None:
    given = [(frozenset({"dry", "field"}), True), (frozenset({"wet", "field"}), False)] * 10
    weights = learn(given)
    assert weights["dry"] > 0 > weights["wet"]
    assert likelihood({"dry", "field"}, weights) > 0.8
    assert likelihood({"wet", "field"}, weights) < 0.2


def test_a_sign_seen_once_is_none() -> None:
    assert set(
        learn([(frozenset({"once"}), True), (frozenset({"often"}), False)] + [(frozenset({"often"}), False)] * 5)
    ) <= {BASE, "often"}


def test_a_likelihood_stays_between_none_and_all() -> None:
    assert 0 < likelihood({"a"}, {"a": -1e6}) < likelihood({"a"}, {"a": 1e6}) < 1


def test_a_folder_is_learned_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wilting = "Nhưng hồ sơ vay vốn nộp ba tháng nay ngân hàng không trả lời"
    told = {"petitions": [{"start": REPORT.index(wilting), "end": REPORT.index(wilting) + len(wilting)}]}
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(REPORT, "utf-8")
        (tmp_path / f"{number}.json").write_text(json.dumps(told), "utf-8")
    assert sum(found for _, found in examples(tmp_path, "overlooked")) == 4
    main("overlooked", [str(tmp_path)])
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("word:nộp\t") for line in lines)
    assert lines == sorted(lines)


def test_what_was_learned_before_stays_where_no_example_asks_for_more() -> None:
    before = {"dry": 2.0, "wet": -2.0, "unseen": 1.5, BASE: 0.0}
    weights = learn([(frozenset({"dry", "new"}), True), (frozenset({"wet", "new"}), False)] * 10, before)
    assert weights["unseen"] == 1.5
    assert weights["dry"] >= 2.0
    assert weights["wet"] <= -2.0
