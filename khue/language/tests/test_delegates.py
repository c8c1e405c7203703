# ruff: noqa: E501  (sentences are read whole)
"""Those who give orders at home complain and ask where others stand above them."""

from khue.language.extract import Extraction, extract
from khue.language.source import SourceText

MINISTER = "Sáng 4/6, Phó Thủ tướng Lê Minh Đức chủ trì buổi làm việc với các địa phương ven biển.\n\n"


def press(words: str) -> Extraction:
    return extract(SourceText(words, (), "txt"))


def petitions(words: str) -> list[tuple[str, str, str]]:
    """Kind, words and who voiced them (the first, where several did)."""
    return [(p.kind, p.text, p.voiced_by[0]) for p in press(words).petitions]


def test_a_head_of_a_province_before_the_centre_tells_of_troubles() -> None:
    words = (
        f"{MINISTER}Theo ông Trần Văn Khôi, Phó Chủ tịch UBND tỉnh Vĩnh Long, việc cấp mặt nước nuôi biển còn chậm.\n\n"
        "Ông Vũ Đình Phú, Phó Chủ tịch UBND tỉnh Cà Mau, cho hay hiện chưa có bản đồ ranh giới, nên việc giao khu vực biển cho hợp tác xã còn gặp khó khăn."
    )
    assert petitions(words) == [
        ("difficulty", "việc cấp mặt nước nuôi biển còn chậm", "Phó Chủ tịch UBND tỉnh Vĩnh Long Trần Văn Khôi"),
        (
            "difficulty",
            "hiện chưa có bản đồ ranh giới, nên việc giao khu vực biển cho hợp tác xã còn gặp khó khăn",
            "Phó Chủ tịch UBND tỉnh Cà Mau Vũ Đình Phú",
        ),
    ]


def test_a_report_of_a_ministry_is_its_own_voice() -> None:
    words = f"{MINISTER}Theo báo cáo của Bộ Công Thương, việc cấp vật tư vẫn còn một số khó khăn liên quan hạn ngạch; một số cảng rất chật chội."
    assert petitions(words) == [
        ("difficulty", "việc cấp vật tư vẫn còn một số khó khăn liên quan hạn ngạch", "Bộ Công Thương"),
        ("difficulty", "một số cảng rất chật chội", "Bộ Công Thương"),
    ]


def test_a_difficulty_named_after_la_needs_no_word_of_trouble() -> None:
    words = f"{MINISTER}Chủ tịch UBND tỉnh Bến Tre Hồ Văn Lộc cho biết, một trong những khó khăn là việc định giá thuê mặt nước theo cơ chế mới."
    assert petitions(words) == [
        ("difficulty", "việc định giá thuê mặt nước theo cơ chế mới", "Chủ tịch UBND tỉnh Bến Tre Hồ Văn Lộc")
    ]


def test_a_city_asks_by_its_bare_name_and_can_tho_is_no_modal() -> None:
    asked = "đề xuất Chính phủ cho phép thí điểm cảng thông minh"
    assert petitions(f"{MINISTER}Hải Phòng {asked}.") == [("request", asked, "Hải Phòng")]
    words = f"{MINISTER}Công an thành phố Cần Thơ kiến nghị Bộ Công an bổ sung xuồng tuần tra."
    assert petitions(words) == [
        ("request", "kiến nghị Bộ Công an bổ sung xuồng tuần tra", "Công an thành phố Cần Thơ"),
    ]


def test_a_quotation_asks_and_gives_its_ground() -> None:
    words = (
        f"{MINISTER}“Tỉnh mong Bộ Tài chính sớm bố trí vốn cho bến cá. Bởi hiện nay chưa có nguồn nào để sửa chữa”, "
        "ông Trần Văn Khôi, Phó Chủ tịch UBND tỉnh Vĩnh Long, kiến nghị."
    )
    assert [(p.kind, p.text) for p in press(words).petitions] == [
        ("request", "mong Bộ Tài chính sớm bố trí vốn cho bến cá"),
        ("difficulty", "hiện nay chưa có nguồn nào để sửa chữa"),
    ]
    assert press(words).directives == ()


def test_a_council_that_calls_to_account_stands_above_the_committee() -> None:
    words = (
        "Ngày 3/9, Thường trực HĐND tỉnh tổ chức phiên giải trình về dữ liệu số. Phiên họp do bà Lê Thị Lan, Chủ tịch HĐND tỉnh Nam Định, chủ trì.\n\n"
        "Ông Đỗ Văn Tài, Phó Chủ tịch UBND tỉnh, cho rằng, đường truyền ở các xã còn yếu, chưa đáp ứng yêu cầu.\n\n"
        "HĐND tỉnh Nam Định đề nghị UBND tỉnh bố trí kinh phí nâng cấp đường truyền."
    )
    found = press(words)
    assert [(p.kind, p.text) for p in found.petitions] == [
        ("difficulty", "đường truyền ở các xã còn yếu, chưa đáp ứng yêu cầu")
    ]
    assert [d.text for d in found.directives] == ["đề nghị UBND tỉnh bố trí kinh phí nâng cấp đường truyền"]


def test_aims_doubts_and_concessions_are_no_troubles() -> None:
    who = "Ông Phạm Văn Tuấn, Chủ tịch UBND xã Tân Lập, cho biết, "
    for words in (
        "xã đặt thêm đèn báo để giảm ùn tắc ở ngã ba chợ",
        "đoàn đang đo xem nước giếng có bị ô nhiễm hay không",
        "mặc dù còn gặp nhiều khó khăn, xã đã về đích nông thôn mới",
        "ứng dụng mới giúp bà con gửi ảnh và phản ánh các sự cố, bất cập",
    ):
        assert press(f"{who}{words}.").petitions == (), words


def test_when_the_paper_recalls_what_it_wrote_nobody_speaks() -> None:
    words = (
        "Công an thành phố Cần Thơ đề nghị UBND thành phố Cần Thơ lắp thêm trụ nước.\n\n"
        "Như Báo Sài Gòn đã đưa tin, năm ngoái chợ này cháy lớn, gây ảnh hưởng đến hàng trăm hộ."
    )
    assert [p.text for p in press(words).petitions] == ["đề nghị UBND thành phố Cần Thơ lắp thêm trụ nước"]


CHAIR = "Sáng 5/3, Chủ tịch UBND tỉnh Trần Văn Nam làm việc với huyện Lạc Sơn.\n\n"


def orders(words: str) -> list[tuple[list[str], str]]:
    """Lead units and words of each directive."""
    return [([a.name for a in d.assignees if a.role == "lead"], d.text) for d in press(words).directives]


def test_the_aim_of_a_meeting_and_an_announcement_tell_no_trouble() -> None:
    aim = "Nhằm đánh giá những kết quả, khó khăn, vướng mắc trong dùng chữ ký số, Sở Nội vụ họp với các xã."
    assert press(aim).petitions == ()
    told = "Giám đốc Trung tâm Ươm tạo Hồ Văn Tài đã chia sẻ với Đoàn khảo sát về một số khó khăn trong công tác ươm tạo doanh nghiệp."
    assert press(told).petitions == ()


def test_those_visited_speak_as_one_side() -> None:
    words = (
        "Ông Mai Văn Thành, Trưởng đoàn khảo sát của Bộ Khoa học và Công nghệ, ghi nhận nhiều kết quả.\n\n"
        "Phía tỉnh cho hay, cấp xã thiếu cán bộ chuyên trách; nhiều máy trạm đã cũ."
    )
    assert petitions(words) == [
        ("difficulty", "cấp xã thiếu cán bộ chuyên trách", "tỉnh"),
        ("difficulty", "nhiều máy trạm đã cũ", "tỉnh"),
    ]


def test_what_should_be_done_without_saying_by_whom_is_a_request() -> None:
    words = "Ông Phạm Văn Bình, Chủ tịch Hiệp hội Doanh nghiệp nhỏ tỉnh, cho rằng, những gói vay lãi suất thấp cần được kéo dài."
    assert [(p.kind, p.text) for p in press(words).petitions] == [
        ("request", "những gói vay lãi suất thấp cần được kéo dài")
    ]


def test_the_place_of_the_meeting_is_meant_by_a_word_for_anyone() -> None:
    words = f"{CHAIR}Chủ tịch UBND tỉnh yêu cầu địa phương rà soát quỹ đất dành cho cụm công nghiệp."
    assert orders(words) == [(["huyện Lạc Sơn"], "yêu cầu địa phương rà soát quỹ đất dành cho cụm công nghiệp")]


def test_work_given_in_the_passive_and_after_but() -> None:
    words = (
        f"{CHAIR}Chủ tịch UBND tỉnh Trần Văn Nam kết luận: Sở Tài chính còn được chỉ đạo phải tăng cường hậu kiểm. "
        "Ông lưu ý tuy thủ tục đã rút gọn nhưng các xã phải lắp đặt thiết bị quan trắc. "
        "Công an tỉnh còn có trách nhiệm phối hợp tuần tra ban đêm."
    )
    assert [leads for leads, _ in orders(words)] == [["Sở Tài chính"], ["các xã"], ["Công an tỉnh"]]


def test_work_that_others_gave_is_told_by_those_who_got_it() -> None:
    words = f"{MINISTER}Theo ông Trần Văn Khôi, Phó Chủ tịch UBND tỉnh Vĩnh Long, địa phương được Chính phủ giao cung cấp cá giống cho cả vùng."
    assert orders(words) == []


def test_a_branch_and_a_works_are_given_work_by_their_whole_names() -> None:
    words = f"{CHAIR}Chủ tịch UBND tỉnh đề nghị ngành thông tin và truyền thông rà soát trạm phát sóng. Ông yêu cầu các nhà máy dừng xả thải."
    assert [leads for leads, _ in orders(words)] == [["Ngành Thông tin và Truyền thông"], ["các nhà máy"]]


def test_a_list_of_wishes_goes_on_and_announced_solutions_are_no_request() -> None:
    words = "Cử tri xã Tân Lập phản ánh những vấn đề quan tâm như: sớm sửa cầu treo; bổ sung biên chế. Đặc biệt, có chính sách riêng cho thôn chưa có sóng."
    assert [p.text for p in press(words).petitions] == [
        "sớm sửa cầu treo",
        "bổ sung biên chế",
        "có chính sách riêng cho thôn chưa có sóng",
    ]
    told = "Đại diện các doanh nghiệp kiến nghị các giải pháp đột phá."
    assert press(told).petitions == ()
