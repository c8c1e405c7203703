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


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        # a paper says to whom it goes; work without a name in it is theirs
        ("Thủ tướng Chính phủ vừa ký Công điện số 12/CĐ-TTg ngày 1/2/2022 gửi các Bộ trưởng; Chủ tịch UBND tỉnh, thành phố trực thuộc Trung ương về phòng cháy rừng.\nThủ tướng Chính phủ yêu cầu khẩn trương rà soát phương án chữa cháy.",
         [["các Bộ trưởng", "Chủ tịch UBND tỉnh, thành phố trực thuộc Trung ương"]]),
        # a province met by its leaders, and one that is told what to do by its bare name
        ("Chiều 12/1, làm việc với Ban thường vụ Tỉnh ủy Bạc Liêu, Thủ tướng Lê Văn Đệ yêu cầu phải giữ rừng ngập mặn. Bạc Liêu cần tập trung trồng lại rừng phòng hộ.",
         [["tỉnh Bạc Liêu"], ["tỉnh Bạc Liêu"]]),
        # a short name given in brackets
        ("Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số (Ban Chỉ đạo) họp sáng 2/3.\nThủ tướng Chính phủ yêu cầu Ban Chỉ đạo rà soát tiến độ các nhiệm vụ.",
         [["Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số"]]),
        # an order that is told as given, when a list of work follows
        ("UBND TP. Hồ Chí Minh đã chỉ đạo Sở Y tế hướng dẫn các quận giám sát bệnh sởi; chuẩn bị đủ vắc-xin cho trẻ em.",
         [["Sở Y tế Thành phố Hồ Chí Minh"]] * 2),
        ("Phó Thủ tướng Lê Văn Đệ yêu cầu các tỉnh, thành kiểm tra việc tiêu hủy. Hết năm 2019, Bộ Xây dựng sẽ phải hoàn thành quy chuẩn chuồng trại.",
         [["các tỉnh, thành"], ["Bộ Xây dựng"]]),
        ("Bộ trưởng Bộ Y tế Lê Văn Đệ yêu cầu các trường trực thuộc Bộ rà soát học phí. Các trường cần công khai mức thu.",
         [["các trường trực thuộc Bộ"]] * 2),
    ],
)  # fmt: skip
def test_whom_an_order_means(words: str, wanted: list[list[str]]) -> None:
    assert charged(words) == wanted


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Công ty CP Thủy điện Sông Ba và công ty CP Điện Ia Grai phối hợp xả nước", ["Công ty Cổ phần Thủy điện Sông Ba", "công ty Cổ phần Điện Ia Grai"]),
        ("các cơ quan, đơn vị, chính quyền các cấp theo dõi chặt chẽ", ["các cơ quan, đơn vị", "chính quyền các cấp"]),
        ("Hội đồng thẩm định Nhà nước thẩm định báo cáo", ["Hội đồng thẩm định Nhà nước"]),
        ("Các cơ quan truyền thông, báo chí tích cực", ["Các cơ quan truyền thông"]),
    ],
)  # fmt: skip
def test_where_names_in_lists_end(words: str, names: list[str]) -> None:
    assert listed(words) == names


def test_troubles_that_are_only_mentioned_or_might_come_are_none() -> None:
    words = "Ông Lê Văn Đệ, Phó Giám đốc Công ty Cảng Hòn La, báo cáo về tình hình bốc xếp, đồng thời nêu một số kiến nghị, vướng mắc trong việc thực hiện các quy định."
    assert press(words).petitions == ()


def test_those_beside_the_doer_help() -> None:
    words = "Chủ tịch UBND tỉnh Lê Văn Đệ yêu cầu Sở Xây dựng cùng với Sở Y tế và Sở Nội vụ rà soát trụ sở các trạm."
    (one,) = press(words).directives
    assert [(each.name, each.role) for each in one.assignees] == [
        ("Sở Xây dựng", "lead"), ("Sở Y tế", "support"), ("Sở Nội vụ", "support"),
    ]  # fmt: skip
