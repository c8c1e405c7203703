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
