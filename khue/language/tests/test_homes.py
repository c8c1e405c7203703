# ruff: noqa: E501  (sentences are read whole)
"""Of which province a unit is, and whom a paper means that names nobody: passages invented for it."""

import pytest

from khue.language.measure import named
from khue.language.offices import Offices
from khue.language.source import SourceText
from khue.language.structure import read
from khue.language.tests.passages import leads, press


def charged(words: str) -> list[list[str]]:
    return [leads(one) for one in press(words).directives]


def listed(words: str) -> list[str]:
    return Offices(read(SourceText(words, (), "txt"))).listed(0, len(words))[0]


def test_a_unit_bears_the_province_of_its_passage() -> None:
    words = (
        "Bạc Liêu chủ động ứng phó hạn mặn\n"
        "Chủ tịch UBND tỉnh Bạc Liêu vừa có văn bản yêu cầu Sở Y tế kiểm tra nguồn nước sinh hoạt. Công an tỉnh xử lý nghiêm việc tự ý đóng cống.\n"
        "Bình Định lo nước cho đàn bò\n"
        "Phó Chủ tịch UBND tỉnh Bình Định Lê Văn Đệ yêu cầu Sở Nông nghiệp và Môi trường khoan thêm giếng.\n"
    )
    assert charged(words) == [
        ["Sở Y tế Bạc Liêu"], ["Công an tỉnh Bạc Liêu"], ["Sở Nông nghiệp và Môi trường Bình Định"],
    ]  # fmt: skip


def test_a_unit_of_a_city_bears_its_name_in_full() -> None:
    words = "UBND TP. Hồ Chí Minh vừa có văn bản yêu cầu Sở Xây dựng rà soát các chung cư cũ. Công an TP tăng cường kiểm tra phòng cháy."
    assert charged(words) == [["Sở Xây dựng Thành phố Hồ Chí Minh"], ["Công an Thành phố Hồ Chí Minh"]]


def test_groups_and_units_of_a_text_without_a_province_stay_as_they_are_written() -> None:
    assert charged("Chủ tịch UBND tỉnh Lê Văn Đệ yêu cầu Sở Xây dựng rà soát các chung cư cũ.") == [["Sở Xây dựng"]]
    words = "Chủ tịch UBND tỉnh Bình Định Lê Văn Đệ yêu cầu các sở, ngành và UBND các huyện rà soát quỹ đất."
    assert charged(words) == [["các sở, ngành", "UBND các huyện"]]


def test_a_title_that_names_the_one_place_is_enough() -> None:
    words = "ĐỀ ÁN\nTrung tâm Triển lãm Đà Nẵng\nV. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\n- Bố trí kinh phí cho đề án.\n"
    assert charged(words) == [["Sở Tài chính Đà Nẵng"]]


def test_units_named_above_are_told_by_name() -> None:
    words = (
        "Thủ tướng Chính phủ chỉ thị các bộ, UBND các tỉnh, thành phố tiết kiệm chi thường xuyên.\n"
        "Theo đó, các đơn vị nêu trên rà soát dự toán năm sau.\n"
        "Chỉ thị giao Bộ Xây dựng khẩn trương ban hành định mức.\n"
        "Chỉ thị cũng yêu cầu làm rõ trách nhiệm của người đứng đầu để xảy ra lãng phí.\n"
    )
    everybody = ["các bộ", "UBND các tỉnh, thành phố"]
    assert charged(words) == [everybody, everybody, ["Bộ Xây dựng"], everybody]


def test_what_a_paper_ordered_before_is_heard_though_it_begins_with_the_aim() -> None:
    words = "Để đẩy mạnh sắp xếp, đổi mới các nông trường, Thủ tướng Chính phủ chỉ thị các bộ, UBND các tỉnh rà soát quỹ đất."
    assert charged(words) == [["các bộ", "UBND các tỉnh"]]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("ngành giáo dục, y tế có kịch bản", ["ngành giáo dục", "ngành y tế"]),
        ("lãnh đạo bộ ngành, địa phương và Tập đoàn Than Đông Bắc giải quyết", ["lãnh đạo bộ ngành, địa phương", "Tập đoàn Than Đông Bắc"]),
        ("UBND các huyện Tây Sơn, Vân Canh và TX An Nhơn khẩn trương", ["UBND huyện Tây Sơn", "UBND huyện Vân Canh", "thị xã An Nhơn"]),
        ("Sở Y tế, Công an, Sở Xây dựng tỉnh Bình Định phối hợp", ["Sở Y tế", "Công an tỉnh Bình Định", "Sở Xây dựng Bình Định"]),
        ("TAND và VKSND tỉnh chủ động", ["Tòa án nhân dân", "Viện kiểm sát nhân dân tỉnh"]),
        ("UBND TP.Thủ Đức rà soát", ["UBND Thành phố Thủ Đức"]),
        ("toàn bộ việc soi chiếu phục vụ cho", []),
    ],
)  # fmt: skip
def test_lists_of_units(words: str, names: list[str]) -> None:
    assert listed(words) == names


def test_two_ways_to_write_a_name_are_one() -> None:
    assert named("UBND TP Vinh") == named("Ủy ban nhân dân thành phố Vinh")
    assert named("các đoàn thể chính trị – xã hội") == named("Các đoàn thể chính trị - xã hội")
    assert named("Sở Y tế") != named("Sở Y tế Bạc Liêu")
