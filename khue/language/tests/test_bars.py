# ruff: noqa: E501  (texts are read whole)
from khue.language.extract import extract
from khue.language.source import SourceText

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH PHÚ THỌ\n|\nSố: 12/KH-UBND\n|\nPhú Thọ, ngày 10 tháng 3 năm 2025\n|\nKẾ HOẠCH\nChuyển đổi số\n\n"
TABLE = (
    "TT\n|\nNhiệm vụ\n|\nCơ quan chủ trì\n|\nThời gian\n|\n1\n|\nRà soát các quy định\nvề chuyển đổi số\n|\nSở KH&CN\n|\nQuý III/2025\n|\n"
    "2\n|\nXây dựng quy chế\n|\nSở Nội vụ\n|\nTháng 12/2025\n|\n"
)


def test_cells_closed_by_bars_become_a_table_again() -> None:
    text = f"{HEAD}III. NHIỆM VỤ\n{TABLE}IV. TỔ CHỨC THỰC HIỆN\n1. Giao Sở Tài chính bố trí kinh phí.\n"
    found = extract(SourceText(text, (), "txt"))
    told = [(" ".join(d.text.split()), d.assignees[0].name, d.due and str(d.due.last)) for d in found.directives]
    assert told == [
        ("Rà soát các quy định về chuyển đổi số", "Sở Khoa học và Công nghệ Phú Thọ", "2025-09-30"),
        ("Xây dựng quy chế", "Sở Nội vụ Phú Thọ", "2025-12-31"),
        ("Giao Sở Tài chính bố trí kinh phí", "Sở Tài chính Phú Thọ", None),
    ]
    assert (found.document.sign, found.document.issuer) == ("12/KH-UBND", "Ủy ban nhân dân tỉnh Phú Thọ")


def test_bars_without_a_numbered_head_are_left_alone() -> None:
    text = f"{HEAD}1. Giao Sở Tài chính bố trí kinh phí.\n|\n"
    assert [d.text for d in extract(SourceText(text, (), "txt")).directives] == ["Giao Sở Tài chính bố trí kinh phí"]


def test_cells_on_lines_of_their_own_become_a_table_again() -> None:
    text = f"{HEAD}III. NHIỆM VỤ\n{TABLE.replace('|' + chr(10), '').replace('định' + chr(10), 'định ')}IV. TỔ CHỨC THỰC HIỆN\n"
    found = extract(SourceText(text, (), "txt"))
    assert [(d.text, d.assignees[0].name) for d in found.directives] == [
        ("Rà soát các quy định về chuyển đổi số", "Sở Khoa học và Công nghệ Phú Thọ"),
        ("Xây dựng quy chế", "Sở Nội vụ Phú Thọ"),
    ]
