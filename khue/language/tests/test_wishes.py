# ruff: noqa: E501  (sentences are read whole)
"""What those below say should be done, and troubles told as plain facts, without a word of asking or of trouble before."""

import pytest

from khue.language.extract import extract
from khue.language.source import SourceText


def read(words: str) -> list[tuple[str, str]]:
    found = extract(SourceText(words, (), "txt")).petitions
    return [(one.kind, one.text) for one in found]


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("cho rằng, Nhà nước nên miễn thuế cho máy móc nghiên cứu", "Nhà nước nên miễn thuế cho máy móc nghiên cứu"),
        ("cho rằng cần có quỹ bảo lãnh cho doanh nghiệp nhỏ", "cần có quỹ bảo lãnh cho doanh nghiệp nhỏ"),
        ("chia sẻ, rất mong thành phố sớm mở lại tuyến đường vào xưởng", "rất mong thành phố sớm mở lại tuyến đường vào xưởng"),
    ],
)  # fmt: skip
def test_what_someone_below_says_should_be_done(said: str, wish: str) -> None:
    ((kind, text),) = read(f"Tại buổi gặp mặt, bà Đỗ Thị Sen, Giám đốc Công ty Gốm Hồng Hà, {said}.")
    assert kind == "request"
    assert wish.endswith(text) or text.endswith(wish)


def test_a_quotation_that_someone_is_said_to_ask() -> None:
    words = "“Các đơn vị liên quan nghiên cứu bố trí khu vực riêng cho hộ bán hàng”, ông Trần Văn Bình, Trưởng phòng Kinh tế phường, kiến nghị."
    assert read(words) == [("request", "Các đơn vị liên quan nghiên cứu bố trí khu vực riêng cho hộ bán hàng")]


def test_speech_goes_on_in_its_paragraph() -> None:
    words = (
        "Bà Lê Thị Cúc, Chủ tịch UBND xã Tân Lập, cho biết, xã mới sáp nhập từ ba đơn vị. "
        "Cả xã chỉ có một công chức công nghệ thông tin. Nhiều máy tính hư hỏng.\n\n"
        "Hội nghị dành thời gian tham quan trung tâm điều hành."
    )
    assert read(words) == [
        ("difficulty", "Cả xã chỉ có một công chức công nghệ thông tin"),
        ("difficulty", "Nhiều máy tính hư hỏng"),
    ]


def test_a_request_made_before_and_not_met_is_a_difficulty() -> None:
    words = "Ông Trần Văn Bình, Chủ tịch UBND xã Yên Hòa, cho biết, xã đã kiến nghị Sở Tài chính cấp kinh phí nhưng chưa được trả lời."
    ((kind, text),) = read(words)
    assert kind == "difficulty"
    assert text.endswith("nhưng chưa được trả lời")


def test_those_asked_do_not_speak() -> None:
    words = (
        "Cục trưởng Cục Thống kê Lê Văn Hải đề nghị thành phố bố trí trụ sở. Đồng thời, kiến nghị lãnh đạo Tổng cục Thống kê "
        "chỉ đạo các vụ hướng dẫn phần mềm mới."
    )
    assert [text.split()[0] for _, text in read(words)] == ["đề", "kiến"]


def test_the_name_of_a_person_is_no_verb() -> None:
    words = "PGS Nguyễn Ngọc Giao, Chủ tịch Hội Cơ học, cho rằng thủ tục thanh toán đề tài còn rườm rà."
    found = extract(SourceText(words, (), "txt")).petitions
    assert [one.voiced_by for one in found] == [("Chủ tịch Hội Cơ học Nguyễn Ngọc Giao",)]


def test_who_held_a_post_before_gives_no_orders() -> None:
    words = (
        "TS Trần Văn Minh, nguyên Bộ trưởng Bộ Khoa học và Công nghệ, cho rằng, cách cấp kinh phí hiện còn rất chậm."
    )
    assert [kind for kind, _ in read(words)] == ["difficulty"]


def test_voters_may_demand() -> None:
    words = "Cử tri phường Kim Sơn yêu cầu UBND thành phố sớm công khai quy hoạch khu dân cư số 4."
    found = extract(SourceText(words, (), "txt"))
    assert [one.kind for one in found.petitions] == ["request"]
    assert found.directives == ()


def test_an_answer_holds_no_request() -> None:
    words = "Tiếp thu ý kiến của cử tri, lãnh đạo phường lần lượt trả lời, giải trình những vấn đề còn vướng mắc."
    assert read(words) == []


def test_whose_view_it_is_may_open_the_sentence() -> None:
    words = "Sáng 3-4, hội thảo có sự tham gia của TS Hồ Văn Lâm, Viện trưởng Viện Kinh tế.\n\nTheo ông Lâm, phần lớn hộ sản xuất dùng máy móc lạc hậu."
    found = extract(SourceText(words, (), "txt")).petitions
    assert [(one.kind, one.voiced_by) for one in found] == [("difficulty", ("Viện trưởng Viện Kinh tế Hồ Văn Lâm",))]


def test_a_list_of_requests_ends_no_sentence_early() -> None:
    words = (
        "Cử tri xã Hải An kiến nghị một số vấn đề về tình trạng ô nhiễm kênh mương; hỗ trợ sinh kế cho hộ nghèo; "
        "tuyến đường liên thôn xuống cấp nhưng chưa được sửa chữa."
    )
    assert [kind for kind, _ in read(words)] == ["request", "request", "difficulty"]


def test_paragraphs_under_a_lead_in_are_one_petition_each() -> None:
    words = (
        "Tại buổi tiếp xúc, 5 ý kiến của cử tri tập trung phản ánh, kiến nghị các vấn đề sau:\n\n"
        "Trạm y tế xã chưa đáp ứng nhu cầu khám bệnh.\n\nCần có bãi tập kết rác cho cụm dân cư số 3.\n\n"
        "Chủ tịch UBND xã Trần Văn Nam phát biểu, hội nghị kết thúc sau hai giờ."
    )
    assert [kind for kind, _ in read(words)] == ["difficulty", "request"]


def test_people_tell_their_troubles_in_their_own_words() -> None:
    words = (
        "Bà Lê Thị Thu, Giám đốc Hợp tác xã Chè Sơn Tân, nói: “Chúng tôi phải thuê kho của xã bên. "
        "Vay ngân hàng thì không ai nhận thế chấp. Mong tỉnh cho thuê đất lâu dài”."
    )
    assert [kind for kind, _ in read(words)] == ["difficulty", "difficulty", "request"]


def test_many_who_speak_after_a_but() -> None:
    words = "Tự chủ là hướng đi đúng, nhưng nhiều đại biểu cho rằng, định mức chi hiện còn sơ sài."
    assert read(words) == [("difficulty", "định mức chi hiện còn sơ sài")]
