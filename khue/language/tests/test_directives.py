# ruff: noqa: E501  (sentences are read whole)
"""The rules by which a clause becomes a directive, each on a sentence of its own."""

from datetime import date

import pytest

from khue.language.extract import extract
from khue.language.source import Line, SourceText
from khue.language.tests.passages import CHAIR, NOTICE, leads, press, support, told


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
    assert [leads(d) for d in found.directives] == [["Sở Tài chính Phú Thọ"]] * 2 + [["Sở Y tế Phú Thọ"]]
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
    assert (one.text, leads(one), support(one)) == (
        "Rà soát quy định",
        ["Sở Khoa học và Công nghệ Phú Thọ"],
        ["Sở Tư pháp Phú Thọ"],
    )
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


def test_a_sentence_that_begins_inside_a_quotation_divides_after_it() -> None:
    found = press(
        f'{CHAIR}"Việc này rất gấp. Phải làm ngay", Phó Chủ tịch UBND tỉnh nói, đồng thời giao Sở Y tế rà soát quy trình; Sở Nội vụ tham mưu phương án.'
    )
    assert [leads(d) for d in found.directives][-2:] == [["Sở Y tế"], ["Sở Nội vụ"]]


def test_an_order_that_a_leader_gave_counts_and_one_an_office_once_gave_does_not() -> None:
    leader = "Chủ tịch UBND tỉnh Lê Văn Nam làm việc với các sở. Đồng chí Lê Văn Nam đã chỉ đạo các sở ngành sớm hoàn thành các dự án."
    assert told(press(leader)) == ["chỉ đạo các sở ngành sớm hoàn thành các dự án"]
    assert told(press("UBND tỉnh đã giao các sở sớm hoàn thành các dự án.")) == []


def test_each_clause_after_a_semicolon_is_work_when_it_says_what_to_have() -> None:
    found = press(
        f"{CHAIR}Đồng chí lưu ý bổ sung số liệu về tài chính; giải thích rõ nguyên nhân; có đánh giá về hạn chế."
    )
    assert len(found.directives) == 3


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


def test_a_long_order_without_its_last_mark_is_no_caption() -> None:
    order = "yêu cầu các quận huyện phối hợp Sở Công Thương tổ chức các khu vực cho người dân buôn bán, không làm ảnh hưởng đến giao thông"
    found = press(f"{CHAIR}\nRiêng các chợ tạm còn tồn tại, Chủ tịch UBND tỉnh Lê Văn Nam {order}\nTrung Sơn\n")
    assert told(found) == [order]
