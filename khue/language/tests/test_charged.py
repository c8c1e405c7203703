# ruff: noqa: E501  (sentences are read whole)
"""Whom an order charges: by name, by a heading or a line around it, or by what was said before."""

import pytest

from khue.language.extract import extract
from khue.language.source import SourceText
from khue.language.tests.passages import CHAIR, NOTICE, leads, press, told


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ("UBND các tỉnh, thành phố trực thuộc Trung ương chỉ đạo các cơ quan trên địa bàn tổ chức trao quà.", "UBND các tỉnh, thành phố trực thuộc Trung ương"),
        ("Văn phòng HĐND&UBND huyện có trách nhiệm đôn đốc, tổng hợp danh sách các đơn vị.", "Văn phòng HĐND&UBND huyện"),
        ("Sở Tài chính là cơ quan đầu mối theo dõi, đôn đốc kết quả thực hiện.", "Sở Tài chính Phú Thọ"),
        ("Giao Ban Tuyên giáo và Dân vận Thành ủy đẩy mạnh tuyên truyền về phong trào.", "Ban Tuyên giáo và Dân vận Thành ủy"),
        ("Các đảng ủy trực thuộc Thành ủy cụ thể hóa thành chương trình của cấp mình.", "Các đảng ủy trực thuộc Thành ủy"),
        ("Sở Y tế - cơ quan Thường trực của Hội đồng - tổng hợp các ý kiến góp ý.", "Sở Y tế Phú Thọ"),
        ("Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh rà soát phương án.", "Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh Phú Thọ"),
    ],
)  # fmt: skip
def test_names_of_offices_are_read_whole(words: str, lead: str) -> None:
    (one,) = press(f"{NOTICE}II. KẾT LUẬN\n1. {words}").directives
    assert leads(one) == [lead]


def test_who_closes_the_meeting_of_a_commune_orders_and_goes_on() -> None:
    words = (
        "Kết luận hội nghị, ông Vũ Trung Dũng, Chủ tịch UBND xã Phong Hải, ghi nhận các ý kiến. Chủ tịch UBND xã yêu cầu các bộ "
        "phận chuyên môn đẩy mạnh tuyên truyền. Đồng thời, các đơn vị liên quan cần hoàn thiện phương án."
    )
    assert told(press(words)) == [
        "yêu cầu các bộ phận chuyên môn đẩy mạnh tuyên truyền",
        "các đơn vị liên quan cần hoàn thiện phương án",
    ]


def test_a_bare_post_is_the_person_introduced_with_it() -> None:
    found = press(f"{CHAIR}Phó Chủ tịch yêu cầu Sở Y tế rà soát quy trình. Sở Tài chính bố trí kinh phí cho đề án.")
    assert [leads(d) for d in found.directives] == [["Sở Y tế"], ["Sở Tài chính"]]


def test_tasks_announced_for_those_named_next() -> None:
    found = press(
        f"{CHAIR}Phó Chủ tịch UBND tỉnh cũng giao các nhiệm vụ cụ thể cho các sở, ngành. Trong đó, Sở Xây dựng sớm tham mưu bộ tiêu chí đánh giá."
    )
    assert [leads(d) for d in found.directives][-1] == ["Sở Xây dựng"]


def test_units_that_pass_an_order_on_lead() -> None:
    found = press(
        f"{CHAIR}Các đơn vị, địa phương quán triệt, yêu cầu 100% cán bộ chấp hành nghiêm quy định; tuyệt đối không can thiệp vào việc xử lý."
    )
    assert [leads(d) for d in found.directives] == [["Các đơn vị, địa phương"]] * 2


def test_a_new_office_after_a_semicolon_has_its_own_task() -> None:
    found = press(
        f"{CHAIR}Đồng chí giao Sở Y tế đề xuất chính sách đầu tư; phương án lựa chọn nhà thầu; Sở Tài chính đề xuất cơ chế mới về thuê dịch vụ."
    )
    assert [leads(d) for d in found.directives][-1] == ["Sở Tài chính"]


def test_who_watches_a_province_gives_it_work() -> None:
    (one,) = press(
        "Tại buổi làm việc, đại diện Đoàn giám sát của Quốc hội đề nghị, trong thời gian tới, UBND tỉnh cần sớm ban hành quy chế."
    ).directives
    assert leads(one) == ["UBND tỉnh"]


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ("Sở Nông nghiệp và Môi trường đề nghị các đơn vị, địa phương theo dõi chặt chẽ diễn biến của bão.", "các đơn vị, địa phương"),
        ("Sở Khoa học và Công nghệ đề nghị các sở, ban, ngành tỉnh đề xuất nhiệm vụ cho năm 2026.", "các sở, ban, ngành tỉnh"),
    ],
)  # fmt: skip
def test_a_department_may_ask_a_crowd_of_equals_or_lower(words: str, lead: str) -> None:
    found = press(words)
    assert [leads(d) for d in found.directives] == [[lead]]
    assert found.petitions == ()


def test_a_city_of_a_province_stands_under_its_council() -> None:
    words = "Qua giám sát, Ban Kinh tế HĐND tỉnh kiến nghị UBND huyện Châu Thành, UBND thành phố Trà Vinh cần thực hiện tốt nhiệm vụ khoa học."
    found = press(words)
    assert [leads(d) for d in found.directives] == [["UBND huyện Châu Thành", "UBND thành phố Trà Vinh"]]


def test_who_goes_on_ordering_is_not_the_one_ordered() -> None:
    words = "UBND Cần Thơ họp về đất đai. Vì vậy, UBND Cần Thơ tiếp tục chỉ đạo các sở liên quan phải tăng cường kiểm tra đất công."
    (found,) = extract(SourceText(words, (), "txt")).directives
    assert [one.name for one in found.assignees] == ["các sở liên quan"]


def test_a_heading_with_brackets_names_a_unit_as_its_siblings_do() -> None:
    words = (
        "ỦY BAN NHÂN DÂN TỈNH NINH BÌNH\nSố: 08/CT-UBND\nCHỈ THỊ\nVề việc bảo vệ rừng\nỦy ban nhân dân tỉnh yêu cầu:\n"
        "1. Sở Tài chính\n- Bố trí kinh phí bảo vệ rừng.\n"
        "2. Các chủ rừng là tổ chức (các ban quản lý rừng đặc dụng, rừng phòng hộ, các công ty lâm nghiệp trên địa bàn tỉnh)\n"
        "- Rà soát toàn bộ diện tích rừng bị lấn chiếm."
    )
    last = extract(SourceText(words, (), "txt")).directives[-1]
    assert [one.name for one in last.assignees] == ["Các chủ rừng là tổ chức"]


def test_after_who_orders_and_a_colon_each_paragraph_is_of_one_unit() -> None:
    found = press(
        "Hôm qua, Thủ tướng Chính phủ ký công điện về khắc phục bão. Để ổn định đời sống, Thủ tướng yêu cầu:\n"
        "Bộ trưởng Bộ Quốc phòng, Bộ trưởng Công an chỉ đạo các đơn vị chức năng khẩn trương chở lương thực vào vùng lũ.\n"
        "Bộ trưởng Bộ Tài chính xuất cấp 100 tấn gạo từ dự trữ quốc gia cho các địa phương thiếu gạo.\n"
        "Bộ Y tế cho biết thuốc men đã đủ cho cả vùng.\n"
    )
    assert [leads(one) for one in found.directives] == [
        ["Bộ trưởng Bộ Quốc phòng", "Bộ trưởng Bộ Công an"],
        ["Bộ trưởng Bộ Tài chính"],
    ]


def test_a_body_told_what_to_direct_answers_for_it() -> None:
    found = press(
        f"{CHAIR}Chủ tịch UBND tỉnh Lê Văn Nam yêu cầu các sở vào cuộc ngay. Giám đốc Sở TN - MT chỉ đạo các đơn vị rà soát quỹ đất công. "
        "Ông Nam đánh giá cao đề xuất lập tổ giúp việc và yêu cầu khẩn trương hoàn thiện đề án."
    )
    assert leads(found.directives[1]) == ["Giám đốc Sở Tài nguyên và Môi trường"]
    assert told(found)[2] == "yêu cầu khẩn trương hoàn thiện đề án"


def test_lines_on_the_unit_tell_of_all_items_of_nobody_above_them() -> None:
    found = press(
        f"{NOTICE}1. Nâng cao năng lực\n\n- Tăng cường giáo dục kỷ luật cho cán bộ.\n\n- Tổ chức tập huấn chuyên môn.\n\n"
        "Đơn vị thực hiện: Sở Nội vụ.\n\nThời gian thực hiện: Trước ngày 30/6/2025.\n\n- Biên soạn tài liệu tập huấn.\n\n"
        "Đơn vị thực hiện: Sở Tư pháp."
    )
    assert [leads(one) for one in found.directives] == [["Sở Nội vụ Phú Thọ"]] * 2 + [["Sở Tư pháp Phú Thọ"]]
    assert [one.due is not None for one in found.directives] == [True, True, False]


def test_work_of_nobody_does_not_go_to_people_at_large() -> None:
    words = (
        f"{CHAIR}Chủ tịch UBND tỉnh Lê Văn Nam yêu cầu Sở Nội vụ rà soát biên chế. Ông Nam đề nghị cán bộ, công chức, viên chức đoàn kết. "
        "Kịp thời tháo gỡ vướng mắc về tuyển dụng."
    )
    assert [leads(one) for one in press(words).directives] == [
        ["Sở Nội vụ"],
        ["cán bộ, công chức, viên chức"],
        ["Sở Nội vụ"],
    ]


def test_those_it_is_about_are_those_asked_and_a_bare_province_is_the_one_told_of() -> None:
    words = (
        "Chiều 12/5, Bộ trưởng Bộ Y tế Lê Văn Nam làm việc tại Sóc Trăng. Bộ trưởng yêu cầu Sóc Trăng tạo thêm việc làm. "
        "Ông Nam yêu cầu tỉnh rà soát quy hoạch. Đối với Ban Chỉ đạo 389 Quốc gia, Bộ trưởng đề nghị đôn đốc các địa phương."
    )
    assert [leads(one) for one in press(words).directives] == [
        ["tỉnh Sóc Trăng"],
        ["tỉnh Sóc Trăng"],
        ["Ban Chỉ đạo 389 Quốc gia"],
    ]


def test_a_paragraph_in_a_numbered_item_is_for_the_unit_that_the_item_charges() -> None:
    words = f"{NOTICE}Chủ tịch UBND tỉnh yêu cầu các sở, ngành thực hiện các nhiệm vụ sau:\n\n1. Sở Nông nghiệp và Môi trường có trách nhiệm quản lý nguồn nước dưới đất.\n\nHoạt động khoan nước dưới đất phải tuân thủ đúng quy định của pháp luật.\n"
    assert [leads(one) for one in press(words).directives] == [["Sở Nông nghiệp và Môi trường Phú Thọ"]] * 2


def test_a_heading_among_headings_of_units_names_one_too() -> None:
    words = "1. Sở Tài chính\n- Bố trí kinh phí cho đề án.\n2. Vườn ươm Công nghệ Đất Tổ\n- Xây dựng quy chế hoạt động của vườn ươm."
    found = press(f"{NOTICE}II. TỔ CHỨC THỰC HIỆN\n{words}").directives
    assert [leads(one) for one in found] == [["Sở Tài chính Phú Thọ"], ["Vườn ươm Công nghệ Đất Tổ"]]


def test_a_paper_of_which_only_kind_and_subject_stand_above_its_items_is_no_report() -> None:
    words = "ĐỀ ÁN\nVườn ươm công nghệ\nV. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\n- Bố trí kinh phí cho đề án.\n2. Sở Nội vụ\n- Thẩm định phương án nhân sự.\n"
    found = press(words)
    assert found.document.type == "ĐA"
    assert [leads(one) for one in found.directives] == [["Sở Tài chính"], ["Sở Nội vụ"]]
