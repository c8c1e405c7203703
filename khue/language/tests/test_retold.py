# ruff: noqa: E501  (sentences are read whole)
"""What a report tells twice, what it only tells, and which clauses are work of their own."""

import pytest

from khue.language.tests.passages import CHAIR, leads, press, told

SHORT = "Chủ tịch UBND tỉnh Lê Văn Nam yêu cầu Sở Xây dựng rà soát các cầu yếu trước mùa mưa.\n"
FULL = "Tại cuộc họp, Chủ tịch UBND tỉnh Lê Văn Nam yêu cầu Sở Xây dựng phối hợp với các huyện rà soát các cầu yếu, có phương án cấm tải trước mùa mưa bão.\n"
OTHER = "Tại cuộc họp, Chủ tịch UBND tỉnh Lê Văn Nam yêu cầu Sở Tài chính bố trí kinh phí mua phao cứu sinh.\n"


def test_what_the_opening_lines_tell_in_short_is_given_once() -> None:
    (one,) = press(SHORT + FULL).directives
    assert one.start > len(SHORT)
    assert told(press(SHORT + OTHER)) == [
        "yêu cầu Sở Xây dựng rà soát các cầu yếu trước mùa mưa",
        "yêu cầu Sở Tài chính bố trí kinh phí mua phao cứu sinh",
    ]


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ("Phó Chủ tịch lưu ý, một số xã giao đất sai đối tượng năm 2024 đã gây khiếu kiện kéo dài.", []),
        ("Các phòng thực hiện nghiêm quy chế, nhờ đó hồ sơ quá hạn giảm còn một nửa.", []),
        ("Phó Chủ tịch đánh giá Công ty Sông Bằng là đơn vị chấp hành tốt.", []),
        ("Phó Chủ tịch yêu cầu Sở Y tế tổ chức tuyên truyền, vận động, yêu cầu các hộ dùng nước sạch.", ["yêu cầu Sở Y tế tổ chức tuyên truyền, vận động, yêu cầu các hộ dùng nước sạch"]),
        ("Phó Chủ tịch đã có ý kiến chỉ đạo Sở Y tế rà soát danh mục thuốc.", ["chỉ đạo Sở Y tế rà soát danh mục thuốc"]),
        ("Phó Chủ tịch yêu cầu Sở Y tế tổ chức tiêm chủng; bảo đảm an toàn, hiệu quả, đúng quy trình.", ["yêu cầu Sở Y tế tổ chức tiêm chủng; bảo đảm an toàn, hiệu quả, đúng quy trình"]),
        ("Phó Chủ tịch yêu cầu Sở Y tế tổ chức tiêm chủng; cùng với Sở Tài chính rà soát giá vắc xin.", ["yêu cầu Sở Y tế tổ chức tiêm chủng", "cùng với Sở Tài chính rà soát giá vắc xin"]),
    ],
)  # fmt: skip
def test_what_is_told_or_part_of_other_work_is_no_order(words: str, given: list[str]) -> None:
    assert told(press(CHAIR + words)) == given


def test_what_a_law_demands_of_those_who_complain_is_no_order() -> None:
    words = "Hiệp hội Chè Tân Sơn cho rằng, Thông tư mới yêu cầu các hộ trồng chè phải đăng ký mã vùng trồng từng lô."
    assert told(press(CHAIR + words)) == []


@pytest.mark.parametrize(
    "second",
    ["chỉ đạo các đơn vị trực thuộc trực cấp cứu ngày Tết", "chỉ đạo các cơ sở khám, chữa bệnh dự trữ thuốc"],
)
def test_to_direct_whoever_is_below_is_work_of_those_charged_before(second: str) -> None:
    found = press(f"{CHAIR}Phó Chủ tịch yêu cầu Sở Y tế rà soát quy trình tiếp nhận; {second}.")
    assert [leads(one) for one in found.directives] == [["Sở Y tế"], ["Sở Y tế"]]


def test_firms_named_in_between_do_not_take_over_the_work() -> None:
    found = press(
        f"{CHAIR}Phó Chủ tịch yêu cầu Sở Công Thương kiểm soát nguồn gốc gỗ; 100% doanh nghiệp chế biến cam kết nói không với gỗ lậu; xử lý nghiêm các vi phạm."
    )
    assert [leads(one) for one in found.directives] == [
        ["Sở Công Thương"],
        ["doanh nghiệp chế biến"],
        ["Sở Công Thương"],
    ]


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ("Phó Chủ tịch chỉ thị các sở, UBND các xã rà soát hồ chứa. Sở Y tế dự trữ thuốc. Phó Chủ tịch yêu cầu các đơn vị nêu trên báo cáo hằng tuần.", ["các sở", "UBND các xã"]),
        ("Phó Chủ tịch yêu cầu trong thời gian tới, nhất là trong tháng 6, ngành Y tế cần dự trữ thuốc.", ["ngành Y tế"]),
        ("Phó Chủ tịch yêu cầu Sở Y tế, Công an tỉnh và các cơ quan liên quan kiểm tra các quán ăn.", ["Sở Y tế", "Công an tỉnh"]),
    ],
)  # fmt: skip
def test_whom_other_words_mean(words: str, lead: list[str]) -> None:
    assert [name.lower() for name in leads(press(CHAIR + words).directives[-1])] == [name.lower() for name in lead]


def test_a_unit_is_the_one_whose_conference_it_is() -> None:
    words = (
        "Tại hội nghị tổng kết công tác năm 2024 của Cục Thuế Phú Thọ ngày 5/1/2025, Phó Chủ tịch UBND tỉnh Trần Văn Bình yêu cầu "
        "đơn vị đẩy mạnh thu nợ. Thuế Phú Thọ cần công khai danh sách nợ thuế."
    )
    assert {name for one in press(words).directives for name in leads(one)} == {"Cục Thuế Phú Thọ"}


def test_tasks_are_told_after_they_are_announced() -> None:
    words = (
        "UBND tỉnh Phú Thọ xác định 5 nhóm nhiệm vụ, giải pháp trọng tâm. Các sở, ngành phải thực hiện đầy đủ quy chế trực. "
        "Tăng cường kiểm tra các bến thủy trong mùa lũ."
    )
    assert [leads(one) for one in press(words).directives] == [["Các sở, ngành"], ["Các sở, ngành"]]
