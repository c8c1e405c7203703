# ruff: noqa: E501  (sentences are read whole)
"""How far a speech reaches in a report of a meeting, and what is told, quoted or stated in between."""

from datetime import date

import pytest

from khue.language.directives.clauses import Clauses
from khue.language.directives.frames import Headings
from khue.language.extract import Extraction, extract
from khue.language.offices import Offices
from khue.language.source import SourceText
from khue.language.speech import Speakers
from khue.language.structure import read
from khue.language.tests.passages import leads

CHAIR = (
    "Sáng 9/3/2025, Phó Chủ tịch UBND tỉnh Nguyễn Văn An chủ trì buổi làm việc với các sở, ngành.\n\n"
    "Phát biểu kết luận, Phó Chủ tịch UBND tỉnh Nguyễn Văn An đánh giá cao kết quả.\n\n"
)


def press(words: str) -> Extraction:
    return extract(SourceText(words, (), "txt"), date(2025, 3, 9))


@pytest.mark.parametrize(
    ("words", "lead", "work"),
    [
        ("Theo Phó Chủ tịch UBND tỉnh, các địa phương cần xác định rõ người chịu trách nhiệm.", "các địa phương", "các địa phương cần xác định rõ người chịu trách nhiệm"),
        ("“Các sở phải coi đây là việc của chính mình”, Phó Chủ tịch UBND tỉnh nhấn mạnh.", "Các sở", "Các sở phải coi đây là việc của chính mình"),
        ('"Sở Nội vụ khẩn trương hoàn thiện dự thảo để trình HĐND tỉnh", đồng chí chỉ đạo.', "Sở Nội vụ", "Sở Nội vụ khẩn trương hoàn thiện dự thảo để trình HĐND tỉnh"),
        ("Sở Y tế cần sớm hoàn thành việc rà soát, đồng chí Nguyễn Văn An lưu ý.", "Sở Y tế", "Sở Y tế cần sớm hoàn thành việc rà soát"),
        ("Phó Chủ tịch UBND tỉnh yêu cầu trong tuần này phải hoàn thành việc kiểm kê.", "các sở, ngành", "yêu cầu trong tuần này phải hoàn thành việc kiểm kê"),
        ("Trung tâm Ứng dụng tiến bộ KH&CN khẩn trương nghiệm thu các đề tài.", "Trung tâm Ứng dụng tiến bộ Khoa học và Công nghệ", "Trung tâm Ứng dụng tiến bộ KH&CN khẩn trương nghiệm thu các đề tài"),
        ("Các sở, ngành tự rà soát thủ tục của mình.", "Các sở, ngành", "Các sở, ngành tự rà soát thủ tục của mình"),
        ("Đồng chí yêu cầu Viettel phủ sóng các thôn vùng cao.", "Viettel", "yêu cầu Viettel phủ sóng các thôn vùng cao"),
    ],
)  # fmt: skip
def test_orders_however_they_are_told(words: str, lead: str, work: str) -> None:
    (one,) = press(CHAIR + words).directives
    assert (leads(one), one.text) == ([lead], work)


def test_all_items_after_a_colon_are_for_those_named_before_it() -> None:
    found = press(
        f"{CHAIR}Các địa phương cần làm tốt ba việc: hoàn thiện thể chế; phát triển hạ tầng số; đào tạo cán bộ."
    )
    assert [leads(d) for d in found.directives] == [["Các địa phương"]] * 3


def test_tasks_of_units_after_trong_do() -> None:
    found = press(
        f"{CHAIR}Chủ tịch UBND tỉnh giao nhiệm vụ cho từng sở, ngành, trong đó: Sở Tài chính tham mưu nguồn lực; Sở Nội vụ rà soát biên chế."
    )
    assert [leads(d) for d in found.directives] == [["Sở Tài chính"], ["Sở Nội vụ"]]


@pytest.mark.parametrize(
    "words",
    [
        "Theo báo cáo của Sở Xây dựng, các nhà thầu tập trung thi công. Đơn vị thi công bàn giao ba hạng mục.",
        "Trước đó, các đơn vị tổ chức tập huấn cho cán bộ.",
        "Chuyển đổi số có phải là việc của một ngành?",
        "Mở rộng mạng lưới tư vấn sẽ giúp doanh nghiệp tiếp cận công nghệ.",
    ],
)
def test_where_the_reporter_tells_nobody_orders(words: str) -> None:
    assert press(f"{CHAIR}Đồng chí yêu cầu Sở Y tế rà soát quy trình.\n\n{words}").directives[1:] == ()


def test_a_speech_that_brings_no_order_for_long_is_over() -> None:
    idle = " ".join(["Nhiều mô hình mới đã ra đời ở các thôn."] * 5)
    words = f"{CHAIR}{idle}\n\nCác hộ dân tập trung thu hoạch lúa."
    assert press(words).directives == ()


def test_a_bare_demand_needs_someone_who_may_make_it() -> None:
    assert press("Nhiều người kêu gọi ủng hộ đồng bào. Công nhân tham gia rất đông.").directives == ()


def test_the_time_of_a_meeting_is_no_deadline_and_a_round_is_not_counted_from_a_printing() -> None:
    found = press(f"{CHAIR}Sở Nội vụ hoàn thiện đề án để trình HĐND tỉnh tại kỳ họp giữa năm 2025.")
    assert found.directives[0].due is None
    (again,) = press(f"{CHAIR}Giao Sở Nội vụ tổng hợp, báo cáo trước ngày 20 hằng tháng.").directives
    assert again.recurrence is not None
    assert again.due is not None
    assert again.due.last is None


def test_a_delegation_and_a_party_secretary_give_work() -> None:
    words = "Ngày 9/3, Đoàn công tác của tỉnh do đồng chí Lê Văn Nam, Trưởng ban Tuyên giáo Tỉnh ủy dẫn đầu làm việc với xã Tân Lập.\n\nĐoàn đề nghị xã Tân Lập tiếp tục đẩy mạnh tuyên truyền về chuyển đổi số trong nhân dân"
    assert [leads(d) for d in press(words).directives] == [["xã Tân Lập"]]
    above = press("Bí thư Tỉnh ủy Lê Văn Nam đề nghị UBND tỉnh tiếp tục nghiên cứu triển khai Đề án 06.")
    assert ([leads(d) for d in above.directives], above.petitions) == ([["UBND tỉnh"]], ())


def test_who_spoke_is_said_after_a_long_quotation() -> None:
    words = (
        "Chiều 9/3, Thứ trưởng Bộ Y tế Trần Văn Bình làm việc với Sở Y tế.\n\n"
        '"Tới đây, Trung ương sẽ đánh giá lại chương trình. Qua đó, Sở Y tế cần chuẩn bị kế hoạch.\n'
        'Đối với vùng cao, Sở Y tế cần đề xuất chính sách", Thứ trưởng Trần Văn Bình đề nghị.'
    )
    assert [leads(d) for d in press(words).directives] == [["Sở Y tế"]] * 2


def test_advice_of_a_superior_body_counts_as_a_request() -> None:
    words = 'Ông Lê Ngọc Bích - Phó Viện trưởng Viện Khoa học Lao động chia sẻ: "Về bảo hiểm, Sở Nội vụ cần tăng cường rà soát đối tượng".'
    (one,) = press(words).directives
    assert (leads(one), one.modality, one.confidence <= 0.6) == (["Sở Nội vụ"], "requested", True)


@pytest.mark.parametrize(
    "words",
    [
        "Từ năm 2019, thành phố đã giao các cơ quan rút ngắn thời gian; yêu cầu các cơ quan dùng dịch vụ công; giao chỉ tiêu cho từng cơ quan.",
        "Đồng chí Nguyễn Văn An động viên các hộ dân vượt qua khó khăn.",
        "Chính phủ xác định phát triển công nghiệp là mũi nhọn, nâng cao giá trị xuất khẩu.",
        "Tổ chức các buổi làm việc trực tiếp với địa phương là hoạt động cần thiết.",
    ],
)
def test_told_orders_and_doings_of_those_above_are_no_orders(words: str) -> None:
    assert press(CHAIR + words).directives == ()


def test_a_quotation_is_divided_at_its_semicolons() -> None:
    found = press(f'{CHAIR}"Cắt giảm thủ tục; cương quyết xóa bỏ cơ chế xin cho; đẩy nhanh tiến độ", đồng chí nói.')
    assert [d.text for d in found.directives] == [
        "Cắt giảm thủ tục",
        "cương quyết xóa bỏ cơ chế xin cho",
        "đẩy nhanh tiến độ",
    ]


def test_a_head_who_has_ordered_goes_on_in_the_next_paragraph() -> None:
    words = "Phó Tổng cục trưởng Hoàng Việt Dũng yêu cầu Cục Hải quan cần xây dựng kế hoạch.\n\nĐẩy mạnh cải cách hành chính, hiện đại hóa hải quan."
    assert [leads(d) for d in press(words).directives] == [["Cục Hải quan"]] * 2


NOTICE = "Số: 12/TB-VP\nHà Nội, ngày 10 tháng 3 năm 2025\n\nTHÔNG BÁO\nKết luận của Phó Thủ tướng tại buổi làm việc với lãnh đạo tỉnh Sơn La\n\n"


def test_the_notice_of_a_meeting_gives_its_work_to_those_met_and_answers_their_requests() -> None:
    words = (
        f"{NOTICE}Ngày 9 tháng 3 năm 2025, Phó Thủ tướng đã chủ trì buổi làm việc với lãnh đạo tỉnh Sơn La. Phó Thủ tướng kết luận như sau:\n\n"
        "I. NHIỆM VỤ TRONG THỜI GIAN TỚI\n\n1. Đẩy nhanh tiến độ các dự án trọng điểm.\n\n2. Tỉnh cần đánh giá kỹ lợi thế cạnh tranh.\n\n"
        "II. VỀ MỘT SỐ KIẾN NGHỊ CỦA TỈNH\n\n1. Về việc nâng cấp tuyến đường:\n\nGiao Bộ Xây dựng chủ trì xem xét, quyết định theo thẩm quyền.\n"
    )
    found = press(words)
    assert [leads(d) for d in found.directives] == [["tỉnh Sơn La"], ["tỉnh Sơn La"], ["Bộ Xây dựng"]]


def test_headings_of_duty_and_labels_over_groups_of_tasks() -> None:
    plan = (
        "ỦY BAN NHÂN DÂN\nTỈNH PHÚ THỌ\nSố: 12/KH-UBND\nPhú Thọ, ngày 10 tháng 3 năm 2025\nKẾ HOẠCH\nPhát triển dữ liệu\n\n"
        "II. NHIỆM VỤ\n1. Về dữ liệu\na) Nhiệm vụ:\n- Rà soát, chuẩn hóa dữ liệu.\n- Kết nối, chia sẻ dữ liệu.\nb) Cơ quan thực hiện:\n"
        "- Đơn vị chủ trì: Sở Y tế.\n- Đơn vị phối hợp: Sở Nội vụ.\nc) Thời gian thực hiện: Hoàn thành trong năm 2025.\n"
        "2. Trách nhiệm của Sở Tài chính\na) Bố trí kinh phí thực hiện kế hoạch.\n"
    )
    found = press(plan).directives
    assert [leads(d) for d in found] == [["Sở Y tế Phú Thọ"]] * 2 + [["Sở Tài chính Phú Thọ"]]
    assert [d.due and d.due.last for d in found] == [date(2025, 12, 31), date(2025, 12, 31), None]


def test_a_resolution_asks_the_committee_of_its_own_level() -> None:
    words = "HỘI ĐỒNG NHÂN DÂN\nTỈNH HÀ GIANG\nSố: 12/NQ-HĐND\nHà Giang, ngày 10 tháng 7 năm 2024\nNGHỊ QUYẾT\nVề chất vấn\n\nĐiều 1. Hội đồng nhân dân tỉnh đề nghị Ủy ban nhân dân tỉnh thực hiện một số công việc sau:\n- Xem xét sớm phê duyệt quy hoạch.\n"
    assert [leads(d) for d in press(words).directives] == [["Ủy ban nhân dân tỉnh Hà Giang"]]


def test_a_resolution_without_its_head_is_still_one_and_a_group_among_headings_leads() -> None:
    words = (
        "NGHỊ QUYẾT\nVỀ QUẢN LÝ RỪNG\nHỘI ĐỒNG NHÂN DÂN TỈNH\nCăn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n"
        "Căn cứ Luật Lâm nghiệp ngày 15 tháng 11 năm 2017;\nQUYẾT NGHỊ:\n1. Sở Nội vụ\n- Rà soát biên chế kiểm lâm.\n"
        "2. Các chủ rừng là tổ chức\n- Có phương án bảo vệ rừng.\n- Trong thời gian cao điểm, bố trí lực lượng trực ngày đêm.\n"
    )
    found = press(words)
    assert found.document.family == "state"
    assert [leads(d) for d in found.directives] == [["Sở Nội vụ"], *[["Các chủ rừng là tổ chức"]] * 2]


def test_lines_broken_to_fit_are_one_paragraph_where_blank_lines_part_paragraphs() -> None:
    words = (
        "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\n\nSố: 37/QĐ-UBND\n\nNghệ An, ngày 19 tháng 11 năm 2025\n\nQUYẾT ĐỊNH\n\nVề danh mục thủ tục\n\n"
        "1. Trách nhiệm của Sở Nông\nnghiệp và Môi trường\n\na) Tổ chức triển khai danh mục thủ tục\nhành chính được giao theo đúng quy trình nghiệp\nvụ của ngành, bảo đảm đúng thời hạn đã công\nbố trên cổng;\n\n"
        "b) Chủ trì, phối hợp chặt chẽ với Văn phòng\nUBND tỉnh xây dựng quy trình nội bộ, quy trình\nđiện tử liên thông;\n\n"
        "c) Theo dõi, kiểm tra việc thực hiện, báo\ncáo kết quả hằng năm về tình hình chung của\ntoàn ngành.\n"
    )
    found = press(words).directives
    assert [leads(d) for d in found] == [["Sở Nông nghiệp và Môi trường Nghệ An"]] * 3


def test_the_chair_of_a_district_orders_in_a_list_after_a_colon() -> None:
    words = (
        "Chiều 5/6, đồng chí Lê Thị Mai, Chủ tịch UBND quận Hà Đông chủ trì hội nghị giao ban.\n\n"
        "Chủ tịch UBND quận thống nhất với các nội dung, đồng thời yêu cầu: Văn phòng UBND quận tiếp tục theo dõi hồ sơ; phòng Kinh tế "
        "hướng dẫn các phường đăng ký nhiệm vụ. Những việc vượt thẩm quyền thì báo cáo UBND quận trước ngày 20/6."
    )
    found = press(words).directives
    assert [leads(d) for d in found] == [["Văn phòng UBND quận"], ["Phòng Kinh tế"], ["Phòng Kinh tế"]]
    assert found[-1].due is not None


def test_the_head_of_a_district_asks_the_units_below_and_not_a_department() -> None:
    below = press(
        "Phó Chủ tịch UBND huyện Lê Văn Nên đề nghị các phòng, ban và UBND các xã khẩn trương triển khai kế hoạch."
    )
    assert (len(below.directives), below.petitions) == (1, ())
    beside = press("Phó Chủ tịch UBND huyện Lê Văn Nên đề nghị các sở, ngành tỉnh hỗ trợ kinh phí cho huyện.")
    assert (beside.directives, len(beside.petitions)) == ((), 1)


def test_two_units_in_one_clause_have_their_own_work() -> None:
    found = press(f"{CHAIR}Công an tỉnh bảo đảm an toàn thông tin, trong khi Sở Nội vụ chủ trì rà soát quy chế.")
    assert [(leads(d), d.text) for d in found.directives] == [
        (["Công an tỉnh"], "Công an tỉnh bảo đảm an toàn thông tin"),
        (["Sở Nội vụ"], "Sở Nội vụ chủ trì rà soát quy chế"),
    ]


def test_to_direct_those_below_is_work_of_the_one_asked() -> None:
    found = press(f"{CHAIR}Đồng chí đề nghị UBND huyện bố trí kinh phí; chỉ đạo các xã đăng ký sáng kiến.")
    assert [leads(d) for d in found.directives] == [["UBND huyện"]] * 2


def test_a_promise_is_no_order() -> None:
    assert press(f"{CHAIR}Sở Tài chính sẽ tạo điều kiện tốt nhất cho các đơn vị.").directives == ()


def test_who_visits_those_below_orders_and_a_bare_post_speaks() -> None:
    words = (
        "Sáng 20/5, Giám đốc Sở Khoa học và Công nghệ Trần Văn Dũng làm việc với UBND phường Láng về chuyển đổi số.\n\n"
        "Giám đốc Sở cho rằng, phường cần bố trí người trực. Về kiến nghị nâng cấp phần mềm, Giám đốc Sở giao Trung tâm Công nghệ "
        "thông tin xử lý ngay. Giám đốc Sở cũng yêu cầu các phòng chuyên môn cử cán bộ xuống cơ sở."
    )
    found = press(words)
    assert [leads(d) for d in found.directives] == [
        ["phường Láng"],
        ["Trung tâm Công nghệ thông tin"],
        ["các phòng chuyên môn"],
    ]
    assert [p.text for p in found.petitions] == ["kiến nghị nâng cấp phần mềm"]


def test_what_others_will_do_is_no_more_of_an_order() -> None:
    found = press(
        f"{CHAIR}Đồng chí đề nghị Sở Nội vụ hoàn thiện báo cáo; với việc vượt thẩm quyền, đoàn sẽ tổng hợp sau."
    )
    assert [d.text for d in found.directives] == ["đề nghị Sở Nội vụ hoàn thiện báo cáo"]


def test_a_plan_told_without_a_mark() -> None:
    words = "Ông Nguyễn Văn Bình, Phó Giám đốc Sở Y tế, cho biết thời gian tới Sở Y tế sẽ tham mưu UBND tỉnh ban hành chính sách hỗ trợ."
    assert [(leads(d), d.modality) for d in press(words).directives] == [(["Sở Y tế"], "planned")]


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ("Đối với Ban Chỉ đạo 389 Quốc gia, Bộ trưởng Lê Văn Nam đề nghị chỉ đạo, đôn đốc lực lượng kiểm tra các cửa khẩu.", ["Ban Chỉ đạo 389 Quốc gia"]),
        ("Bộ trưởng Lê Văn Nam yêu cầu UBND các tỉnh rà soát phương án ứng phó. Chỉ đạo lực lượng quản lý thị trường kiểm tra hàng hóa nhập lậu.", ["UBND các tỉnh"]),
        ("Bộ trưởng Lê Văn Nam yêu cầu Tập đoàn Công nghiệp - Năng lượng Quốc gia Việt Nam rà soát tiến độ dự án.", ["Tập đoàn Công nghiệp - Năng lượng Quốc gia Việt Nam"]),
        ("Phó Chủ tịch UBND tỉnh Lê Văn Nam làm việc với Thành đoàn TP. HCM. Phó Chủ tịch Lê Văn Nam yêu cầu Thành đoàn rà soát các công trình thanh niên.", ["Thành đoàn Thành phố Hồ Chí Minh"]),
        ("Phó Chủ tịch UBND tỉnh Lê Văn Nam dự họp của ngành Hải quan. Phó Chủ tịch Lê Văn Nam yêu cầu ngành rà soát các thủ tục.", ["ngành Hải quan"]),
        ("Chủ tịch UBND tỉnh Lê Văn Nam yêu cầu Sở Y tế tăng cường kiểm tra các cơ sở; kiến nghị cấp có thẩm quyền xử lý vi phạm.", ["Sở Y tế"]),
        ("Chủ tịch UBND tỉnh Lê Văn Nam yêu cầu Sở Y tế rà soát các cơ sở. Chính quyền địa phương không được để người dân bị đói.", ["Chính quyền địa phương"]),
    ],
)  # fmt: skip
def test_who_is_charged_is_read_from_what_stands_around_the_order(words: str, lead: list[str]) -> None:
    assert [leads(one) for one in press(words).directives][-1] == lead


def test_a_line_above_tasks_names_in_full_who_sets_to_work() -> None:
    words = "Tiếp thu ý kiến chỉ đạo; căn cứ phương hướng đã nêu, Văn phòng Trung ương Đảng và các văn phòng tỉnh ủy, thành ủy cụ thể hóa để thực hiện, trong đó, cần tập trung một số nhiệm vụ trọng tâm sau:"
    page = read(SourceText(words, (), "txt"))
    offices = Offices(page)
    headings = Headings(page, offices, Clauses(page, offices, Speakers(page, offices)), press=True)
    assert headings.names(0, len(words)) == ["Văn phòng Trung ương Đảng", "các văn phòng tỉnh ủy, thành ủy"]
