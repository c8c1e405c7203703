# ruff: noqa: E501  (sentences are read whole)
"""The rules by which a clause becomes a directive, each on a sentence of its own."""

from datetime import date

import pytest

from khue.language.directives import Directive
from khue.language.extract import Extraction, extract
from khue.language.source import Line, SourceText

TODAY = date(2025, 4, 17)
CHAIR = "Chủ trì họp, Phó Chủ tịch UBND tỉnh Trần Văn Bình kết luận nhiều nội dung với Sở Khoa học và Công nghệ. "
NOTICE = (
    "ỦY BAN NHÂN DÂN\nTỈNH PHÚ THỌ\nSố: 12/TB-UBND\nPhú Thọ, ngày 10 tháng 3 năm 2025\nTHÔNG BÁO\nKết luận cuộc họp\n\n"
)


def press(words: str) -> Extraction:
    return extract(SourceText(words, (), "txt"), TODAY)


def told(found: Extraction) -> list[str]:
    return [directive.text for directive in found.directives]


def leads(directive: Directive) -> list[str]:
    return [a.name for a in directive.assignees if a.role == "lead"]


def support(directive: Directive) -> list[str]:
    return [a.name for a in directive.assignees if a.role == "support"]


@pytest.mark.parametrize(
    "words",
    [
        "yêu cầu Sở Tài chính bố trí kinh phí trong năm 2025",
        "giao Sở Nội vụ chủ trì tham mưu phương án",
        "đề nghị các địa phương đẩy mạnh chuyển đổi số",
        "chỉ đạo Sở Y tế kiểm tra các cơ sở khám bệnh",
    ],
)
def test_a_leader_orders(words: str) -> None:
    assert told(press(f"{CHAIR}Chủ tịch UBND tỉnh Lê Văn Nam {words}.")) == [words]


def test_span_runs_from_the_modal_word_to_the_end_and_links_are_left_out() -> None:
    found = press(f"{CHAIR}Bên cạnh đó, Sở cần rà soát quy trình; mạnh dạn đổi mới. Ngoài ra, cần sớm trình đề án.")
    assert told(found) == ["Sở cần rà soát quy trình", "mạnh dạn đổi mới", "cần sớm trình đề án"]
    assert [leads(d) for d in found.directives] == [["Sở Khoa học và Công nghệ"]] * 3


def test_a_semicolon_before_a_noun_does_not_split() -> None:
    (only,) = told(
        press(f"{CHAIR}Đồng chí yêu cầu Sở Công Thương hỗ trợ năng lượng tái tạo; vật liệu mới; xử lý rác.")
    )[:1]
    assert only == "yêu cầu Sở Công Thương hỗ trợ năng lượng tái tạo; vật liệu mới"


def test_two_orders_in_one_sentence_are_two() -> None:
    found = press(f"{CHAIR}Đồng chí yêu cầu Sở Y tế rà soát quy trình, đồng thời giao Sở Nội vụ tham mưu phương án.")
    assert [leads(d) for d in found.directives] == [["Sở Y tế"], ["Sở Nội vụ"]]


def test_lead_and_support() -> None:
    found = press(
        f"{CHAIR}Đồng chí giao Sở Tài chính chủ trì, phối hợp với Sở Nội vụ, Sở Y tế tham mưu trong quý II năm 2025."
    )
    (one,) = found.directives
    assert (leads(one), support(one)) == (["Sở Tài chính"], ["Sở Nội vụ", "Sở Y tế"])
    assert one.due is not None
    assert (one.due.first, one.due.last) == (date(2025, 4, 1), date(2025, 6, 30))


@pytest.mark.parametrize(
    "words",
    [
        "Sở đã hoàn thành rà soát các thủ tục.",
        "Kết quả đáp ứng yêu cầu của tỉnh.",
        "Đồng chí đánh giá cao nỗ lực của Sở Khoa học và Công nghệ.",
        "Trước đó, UBND tỉnh đã giao Sở Xây dựng lập quy hoạch.",
        "Nhiệm vụ được giao đã hoàn thành.",
        "Các sàn giao dịch công nghệ hoạt động ổn định.",
    ],
)
def test_what_was_done_is_no_directive(words: str) -> None:
    assert told(press(f"{CHAIR}{words}")) == []


def test_titles_and_captions_are_nothing() -> None:
    words = "Phó Chủ tịch yêu cầu Sở Y tế rà soát\n\nPhó Chủ tịch UBND tỉnh giao Sở Y tế rà soát. Ảnh: An"
    assert press(words).directives == ()


def test_the_same_word_is_an_order_from_above_and_a_request_from_below() -> None:
    above = press("Phó Chủ tịch UBND tỉnh Trần Văn Bình đề nghị Sở Y tế mở rộng khám bệnh từ xa.")
    below = press("Giám đốc Sở Y tế Lê Thị Hoa đề nghị UBND tỉnh bổ sung kinh phí mua thiết bị.")
    assert (len(above.directives), len(above.petitions)) == (1, 0)
    assert (len(below.directives), len(below.petitions)) == (0, 1)
    assert below.petitions[0].voiced_by == ("Giám đốc Sở Y tế Lê Thị Hoa",)


def test_urgency_and_recurrence() -> None:
    found = press(f"{CHAIR}Đồng chí yêu cầu Sở khẩn trương xử lý hồ sơ tồn đọng; định kỳ hằng tháng báo cáo UBND tỉnh.")
    assert [d.priority for d in found.directives] == ["urgent", "normal"]
    assert found.directives[1].recurrence is not None
    assert found.directives[1].recurrence.every == "month"


def test_planned_tasks_of_a_unit() -> None:
    words = "Năm 2025, Sở Khoa học và Công nghệ tỉnh đề xuất 2 nhiệm vụ trọng tâm:\nHoàn thiện thể chế: rà soát các quy định; xây dựng quy chế.\nĐẩy mạnh chuyển đổi số trong cơ quan nhà nước."
    found = press(words)
    assert told(found) == ["rà soát các quy định", "xây dựng quy chế", "Đẩy mạnh chuyển đổi số trong cơ quan nhà nước"]
    assert {d.modality for d in found.directives} == {"planned"}
    assert {tuple(leads(d)) for d in found.directives} == {("Sở Khoa học và Công nghệ",)}


def test_list_below_a_heading_inherits_its_unit_and_deadline() -> None:
    words = f"{NOTICE}1. Sở Tài chính, hoàn thành trước ngày 30/6/2025:\n- Rà soát dự toán;\n- Chỉ đạo các phòng chuyên môn phối hợp.\n2. Sở Y tế\nKiểm tra các cơ sở.\n"
    found = extract(SourceText(words, (), "txt"))
    assert [leads(d) for d in found.directives] == [["Sở Tài chính"], ["Sở Tài chính"], ["Sở Y tế"]]
    assert [d.due and d.due.last for d in found.directives] == [date(2025, 6, 30), date(2025, 6, 30), None]


def test_table_gives_one_directive_a_row() -> None:
    cells = [
        ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Phối hợp", "Thời hạn"],
        ["I", "Thể chế", "", "", ""],
        ["1", "Rà soát quy định", "Sở KH&CN", "Sở Tư pháp", "Quý III/2025"],
    ]
    body, lines = NOTICE, [Line(m, m + len(part)) for m, part in _placed(NOTICE)]
    for row, names in enumerate(cells):
        for column, words in enumerate(names):
            if words:
                lines.append(Line(len(body), len(body) + len(words), "cell", table=0, row=row, column=column))
                body += f"{words}\n"
    (one,) = extract(SourceText(body, tuple(lines), "docx")).directives
    assert (one.text, leads(one), support(one)) == ("Rà soát quy định", ["Sở Khoa học và Công nghệ"], ["Sở Tư pháp"])
    assert one.due is not None
    assert one.due.last == date(2025, 9, 30)


def _placed(words: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for part in words.split("\n"):
        if part:
            found.append((at, part))
        at += len(part) + 1
    return found


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ("UBND các tỉnh, thành phố trực thuộc Trung ương chỉ đạo các cơ quan trên địa bàn tổ chức trao quà.", "UBND các tỉnh, thành phố trực thuộc Trung ương"),
        ("Văn phòng HĐND&UBND huyện có trách nhiệm đôn đốc, tổng hợp danh sách các đơn vị.", "Văn phòng HĐND&UBND huyện"),
        ("Sở Tài chính là cơ quan đầu mối theo dõi, đôn đốc kết quả thực hiện.", "Sở Tài chính"),
        ("Giao Ban Tuyên giáo và Dân vận Thành ủy đẩy mạnh tuyên truyền về phong trào.", "Ban Tuyên giáo và Dân vận Thành ủy"),
        ("Các đảng ủy trực thuộc Thành ủy cụ thể hóa thành chương trình của cấp mình.", "Các đảng ủy trực thuộc Thành ủy"),
        ("Sở Y tế - cơ quan Thường trực của Hội đồng - tổng hợp các ý kiến góp ý.", "Sở Y tế"),
        ("Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh rà soát phương án.", "Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh"),
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


@pytest.mark.parametrize(
    "words",
    [
        "Yêu cầu các đơn vị nghiêm túc thực hiện Chỉ thị này.",
        "Giám đốc các sở, Chủ tịch UBND các huyện chịu trách nhiệm thi hành Quyết định này.",
        "Ủy ban nhân dân Thành phố thông báo để các đơn vị biết, thực hiện./.",
        "Văn phòng UBND tỉnh thông báo đến các sở, ban, ngành và địa phương biết, tổ chức thực hiện.",
    ],
)
def test_closing_words_of_a_paper_are_no_work(words: str) -> None:
    assert told(press(f"{NOTICE}II. KẾT LUẬN\n1. Sở Y tế rà soát quy trình khám bệnh.\n\n{words}")) == [
        "Sở Y tế rà soát quy trình khám bệnh"
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Chuyển đổi số là quá trình thay đổi cách làm việc; đổi mới căn bản, nâng cao hiệu quả quản lý.",
        "Quán triệt chỉ đạo của Thủ tướng Chính phủ, UBND tỉnh đã ban hành Kế hoạch số 328/KH-UBND.",
        "Hệ thống gồm 3 phân hệ: Hệ thống văn bản; Giám sát An ninh trật tự.",
        "UBND tỉnh đã giao các sở tham mưu, đề xuất, thống nhất, hoàn thiện.",
        "Để triển khai kế hoạch được chủ động, kịp thời nhằm tháo gỡ khó khăn.",
        "Hội nghị trực tuyến quán triệt triển khai thực hiện Chỉ thị số 10/CT-TTg.",
        "Trong năm 2025, Công ty tiếp tục đặt ra mục tiêu tăng trưởng cao, tập trung xây dựng hạ tầng số.",
        "(Gửi kèm theo danh mục các đề tài, dự án.)",
    ],
)
def test_statements_aims_grounds_and_notes_are_no_orders(words: str) -> None:
    assert told(press(f"{CHAIR}{words}")) == []


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


def test_a_sentence_that_begins_inside_a_quotation_divides_after_it() -> None:
    found = press(
        f'{CHAIR}"Việc này rất gấp. Phải làm ngay", Phó Chủ tịch UBND tỉnh nói, đồng thời giao Sở Y tế rà soát quy trình; Sở Nội vụ tham mưu phương án.'
    )
    assert [leads(d) for d in found.directives][-2:] == [["Sở Y tế"], ["Sở Nội vụ"]]


def test_who_watches_a_province_gives_it_work() -> None:
    (one,) = press(
        "Tại buổi làm việc, đại diện Đoàn giám sát của Quốc hội đề nghị, trong thời gian tới, UBND tỉnh cần sớm ban hành quy chế."
    ).directives
    assert leads(one) == ["UBND tỉnh"]


def test_an_order_that_a_leader_gave_counts_and_one_an_office_once_gave_does_not() -> None:
    leader = "Chủ tịch UBND tỉnh Lê Văn Nam làm việc với các sở. Đồng chí Lê Văn Nam đã chỉ đạo các sở ngành sớm hoàn thành các dự án."
    assert told(press(leader)) == ["chỉ đạo các sở ngành sớm hoàn thành các dự án"]
    assert told(press("UBND tỉnh đã giao các sở sớm hoàn thành các dự án.")) == []


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


def test_each_clause_after_a_semicolon_is_work_when_it_says_what_to_have() -> None:
    found = press(
        f"{CHAIR}Đồng chí lưu ý bổ sung số liệu về tài chính; giải thích rõ nguyên nhân; có đánh giá về hạn chế."
    )
    assert len(found.directives) == 3


def test_a_city_of_a_province_stands_under_its_council() -> None:
    words = "Qua giám sát, Ban Kinh tế HĐND tỉnh kiến nghị UBND huyện Châu Thành, UBND thành phố Trà Vinh cần thực hiện tốt nhiệm vụ khoa học."
    found = press(words)
    assert [leads(d) for d in found.directives] == [["UBND huyện Châu Thành", "UBND thành phố Trà Vinh"]]


def test_who_goes_on_ordering_is_not_the_one_ordered() -> None:
    words = "UBND Cần Thơ họp về đất đai. Vì vậy, UBND Cần Thơ tiếp tục chỉ đạo các sở liên quan phải tăng cường kiểm tra đất công."
    (found,) = extract(SourceText(words, (), "txt")).directives
    assert [one.name for one in found.assignees] == ["các sở liên quan"]


def test_who_is_ordered_to_make_something_known_has_work() -> None:
    words = "Giao Văn phòng UBND tỉnh thông báo để các đơn vị biết, thực hiện."
    found = press(f"{NOTICE}II. KẾT LUẬN\n1. Sở Y tế rà soát quy trình khám bệnh.\n\n{words}")
    assert told(found)[1:] == ["Giao Văn phòng UBND tỉnh thông báo để các đơn vị biết, thực hiện"]


def test_closing_words_that_name_whom_they_order_are_work() -> None:
    words = (
        "ỦY BAN NHÂN DÂN TỈNH NINH BÌNH\nSố: 07/CT-UBND\nCHỈ THỊ\nVề việc tiết kiệm điện\nỦy ban nhân dân tỉnh yêu cầu:\n"
        "1. Sở Tài chính bố trí kinh phí.\n"
        "Yêu cầu Giám đốc các sở, ban, ngành; Chủ tịch Ủy ban nhân dân các xã, phường nghiêm túc triển khai thực hiện Chỉ thị này./."
    )
    last = extract(SourceText(words, (), "txt")).directives[-1]
    assert last.text.endswith("thực hiện Chỉ thị này")


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


def test_the_year_of_a_date_counts_no_requests_and_a_line_that_only_announces_is_no_order() -> None:
    found = press(
        "Thủ tướng Chính phủ vừa có Công điện số 112/CĐ-TTg ngày 19/7/2025 yêu cầu các bộ ngành, địa phương tập trung ứng phó bão.\n"
        "Trong đó tập trung vào các nhiệm vụ sau:\n"
        "Chủ tịch UBND các xã, phường:\n"
        "Khẩn trương sơ tán người dân ở vùng trũng trước ngày 21/7/2025.\n"
    )
    assert [(one.text.split()[0], leads(one)) for one in found.directives] == [
        ("yêu", ["các bộ ngành, địa phương"]),
        ("Khẩn", ["Chủ tịch UBND các xã, phường"]),
    ]


def test_an_order_may_be_about_a_matter_and_about_a_place_named_before() -> None:
    found = press(
        f"{CHAIR}Chủ tịch UBND tỉnh Lê Văn Nam đề nghị UBND huyện Lâm Hà lập hồ sơ các tuyến đường. "
        "Chủ tịch UBND tỉnh yêu cầu các tuyến đường mới đều phải dùng đèn tiết kiệm điện. Ông Nam yêu cầu huyện này rà soát quỹ đất. "
        "Đồng thời rà soát các đơn vị sự nghiệp, đề xuất phương án sắp xếp. Lãnh đạo các huyện cũng đưa ra nhiều giải pháp về đất đai."
    )
    assert told(found)[1:] == [
        "yêu cầu các tuyến đường mới đều phải dùng đèn tiết kiệm điện",
        "yêu cầu huyện này rà soát quỹ đất",
        "rà soát các đơn vị sự nghiệp, đề xuất phương án sắp xếp",
    ]
    assert leads(found.directives[2]) == ["UBND huyện Lâm Hà"]


def test_what_is_asked_and_what_is_told_gives_no_work() -> None:
    found = press(
        f"{CHAIR}Chủ tịch UBND tỉnh Lê Văn Nam hỏi: “Sớm là bao giờ”. Ông Nam cho rằng thành phố tạo điều kiện tốt cho doanh nghiệp. "
        "Tỷ lệ nhiệm vụ Chính phủ, Thủ tướng giao các địa phương đạt cao. Ông Nam yêu cầu chậm nhất trong quý III, Sở Giao thông vận tải phải công bố quy hoạch."
    )
    (only,) = told(found)
    assert told(press(f"{CHAIR}Ông Nam nói: Giao cho Trung tâm quỹ đất quản lý là không có cơ sở pháp luật.")) == []
    assert only == "yêu cầu chậm nhất trong quý III, Sở Giao thông vận tải phải công bố quy hoạch"
    assert leads(found.directives[0]) == ["Sở Giao thông vận tải"]


def test_a_time_that_tasks_have_is_no_deadline_of_their_review() -> None:
    found = press(f"{CHAIR}Đồng chí yêu cầu Sở Nội vụ rà soát các nhiệm vụ có thời hạn hoàn thành trong năm 2025.")
    assert found.directives[0].due is None


def test_a_body_told_what_to_direct_answers_for_it() -> None:
    found = press(
        f"{CHAIR}Chủ tịch UBND tỉnh Lê Văn Nam yêu cầu các sở vào cuộc ngay. Giám đốc Sở TN - MT chỉ đạo các đơn vị rà soát quỹ đất công. "
        "Ông Nam đánh giá cao đề xuất lập tổ giúp việc và yêu cầu khẩn trương hoàn thiện đề án."
    )
    assert leads(found.directives[1]) == ["Giám đốc Sở Tài nguyên và Môi trường"]
    assert told(found)[2] == "yêu cầu khẩn trương hoàn thiện đề án"


def test_a_long_order_without_its_last_mark_is_no_caption() -> None:
    order = "yêu cầu các quận huyện phối hợp Sở Công Thương tổ chức các khu vực cho người dân buôn bán, không làm ảnh hưởng đến giao thông"
    found = press(f"{CHAIR}\nRiêng các chợ tạm còn tồn tại, Chủ tịch UBND tỉnh Lê Văn Nam {order}\nTrung Sơn\n")
    assert told(found) == [order]


def test_lines_on_the_unit_tell_of_all_items_of_nobody_above_them() -> None:
    found = press(
        f"{NOTICE}1. Nâng cao năng lực\n\n- Tăng cường giáo dục kỷ luật cho cán bộ.\n\n- Tổ chức tập huấn chuyên môn.\n\n"
        "Đơn vị thực hiện: Sở Nội vụ.\n\nThời gian thực hiện: Trước ngày 30/6/2025.\n\n- Biên soạn tài liệu tập huấn.\n\n"
        "Đơn vị thực hiện: Sở Tư pháp."
    )
    assert [leads(one) for one in found.directives] == [["Sở Nội vụ"], ["Sở Nội vụ"], ["Sở Tư pháp"]]
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
        ["Sóc Trăng"],
        ["tỉnh Sóc Trăng"],
        ["Ban Chỉ đạo 389 Quốc gia"],
    ]


def test_a_paragraph_in_a_numbered_item_is_for_the_unit_that_the_item_charges() -> None:
    words = f"{NOTICE}Chủ tịch UBND tỉnh yêu cầu các sở, ngành thực hiện các nhiệm vụ sau:\n\n1. Sở Nông nghiệp và Môi trường có trách nhiệm quản lý nguồn nước dưới đất.\n\nHoạt động khoan nước dưới đất phải tuân thủ đúng quy định của pháp luật.\n"
    assert [leads(one) for one in press(words).directives] == [["Sở Nông nghiệp và Môi trường"]] * 2
