# ruff: noqa: E501  (cases are read as a table)
"""Orders in formal papers that begin with when, or that name a body of a kind of its own."""

import pytest

from khue.language.extract import extract
from khue.language.source import Line, SourceText

HEAD = (
    "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
    "Số: 12/TB-UBND",
    "Hà Nội, ngày 20 tháng 11 năm 2026",
    "THÔNG BÁO",
    "Kết luận cuộc họp giao ban",
    "Chủ tịch UBND Thành phố kết luận, chỉ đạo như sau:",
)


def ordered(words: str) -> list[tuple[list[str], str | None]]:
    """Who leads and by when it is due, of each order in a notice whose one point says `words`."""
    lines, start = list[Line](), 0
    for line in (*HEAD, f"1. {words}"):
        lines.append(Line(start, start + len(line)))
        start += len(line) + 1
    found = extract(SourceText("\n".join((*HEAD, f"1. {words}")), tuple(lines), "txt"), None)
    return [
        ([one.name for one in order.assignees if one.role == "lead"], order.due.text if order.due else None)
        for order in found.directives
    ]


@pytest.mark.parametrize(
    ("words", "lead", "due"),
    [
        ("Hằng quý, trước ngày 20 của tháng cuối quý, Sở Tài chính báo cáo kết quả giải ngân.", "Sở Tài chính Hà Nội", "Hằng quý, trước ngày 20 của tháng cuối quý"),
        ("Trước ngày 30/12/2026, Sở Tư pháp thẩm định dự thảo quyết định.", "Sở Tư pháp Hà Nội", "Trước ngày 30/12/2026"),
        ("Trước ngày 05 hằng tháng Sở Y tế tổng hợp, báo cáo số liệu tiêm chủng.", "Sở Y tế Hà Nội", "Trước ngày 05 hằng tháng"),
        ("Đến hết ngày 31/12/2026, UBND các xã, phường hoàn thành rà soát hộ nghèo.", "UBND các xã, phường", "Đến hết ngày 31/12/2026"),
        ("Giao Ban Điều phối Vũ trụ Xanh chủ trì lập đề án trồng cây.", "Ban Điều phối Vũ trụ Xanh", None),
        ("Nhất trí giao Liên danh Bình Minh Xanh chủ trì lập đề án trồng cây.", "Liên danh Bình Minh Xanh", None),
    ],
)  # fmt: skip
def test_who_and_by_when(words: str, lead: str, due: str | None) -> None:
    assert ordered(words) == [([lead], due)]


def test_a_sentence_that_begins_with_a_capital_names_nobody() -> None:
    assert ordered("Ban hành kế hoạch trồng cây trong quý I năm 2027.") == [([], "trong quý I năm 2027")]
    assert ordered("Đồng chí Phó Chủ tịch UBND Thành phố Vũ Thu Hà chủ trì hội nghị.") == []
