# ruff: noqa: E501  (sentences are read whole)
"""More of what people and firms plead for, and of what only sounds like it: passages invented for it."""

import pytest

from khue.language.tests.passages import press
from khue.language.tests.test_pleas import told


@pytest.mark.parametrize(
    "words",
    [
        "Cử tri Lò Thị Mai nói rằng xe chở cát vẫn ngang nhiên chạy qua cổng chợ.",
        "Giám đốc Ban quản lý chợ Hồ Sen Lò Thị Mai cho biết sự cố tràn dầu gây thiệt hại cho 40 hộ bán cá.",
        "Giám đốc Ban quản lý chợ Hồ Sen Lò Thị Mai cho biết mưa lớn đã có ảnh hưởng ít nhiều đến việc buôn bán.",
        "Đại diện Công ty Mật Hoa cho rằng mức phí gộp này là không hợp lý.",
        "Bà Lò Thị Mai (phường Hồ Sen) nêu thắc mắc một số ki ốt ở chợ chưa được giao lại sau nhiều năm.",
    ],
)
def test_these_words_tell_a_trouble(words: str) -> None:
    assert [kind for kind, _ in told(words)] == ["difficulty"]


@pytest.mark.parametrize(
    "words",
    [
        "Tại hội nghị, nhiều hãng tàu nêu vướng mắc về quy định tại Nghị định 128/2020/NĐ-CP.",
        "Hiệp hội Nuôi ong đã kiến nghị UBND tỉnh Hòa Lạc về những bất cập này.",
        "Cử tri Lò Thị Mai đã đề nghị vấn đề này với đoàn đại biểu tại buổi tiếp xúc.",
    ],
)
def test_these_words_say_not_which(words: str) -> None:
    assert told(words) == []


def test_who_answers_goes_on_answering() -> None:
    words = (
        "Cử tri phường Hồ Sen phản ánh tuyến phố thiếu đèn đường đã nhiều năm.\n"
        "Trước ý kiến của cử tri, đại diện Công ty Chiếu sáng cho biết lưới điện khu này đã cũ. Vật tư còn thiếu nên chưa thể thay ngay.\n"
    )
    assert [text for _, text in told(words)] == ["tuyến phố thiếu đèn đường đã nhiều năm"]


def test_leaders_of_all_levels_are_told_what_they_should_do() -> None:
    words = "Đại diện Hiệp hội Nuôi ong cho rằng lãnh đạo các ngành cần đi chợ phiên cùng hội viên mỗi mùa."
    assert told(words) == [("request", "lãnh đạo các ngành cần đi chợ phiên cùng hội viên mỗi mùa")]


def test_where_troubles_were_told_is_no_trouble() -> None:
    words = (
        "Nhiều doanh nghiệp cho biết còn thiếu vốn nhập hàng tết.\n"
        "Đó là thông tin được các doanh nghiệp đưa ra tại tọa đàm “Gỡ khó về vốn” do báo Sao Mai tổ chức.\n"
    )
    assert told(words) == [("difficulty", "còn thiếu vốn nhập hàng tết")]


def test_who_answers_the_press_answers_nobody_who_asked() -> None:
    words = "Trả lời phóng viên, đại diện Hợp tác xã Xe buýt Sao Mai cho biết xã viên còn thiếu tiền mua dầu."
    assert told(words) == [("difficulty", "xã viên còn thiếu tiền mua dầu")]


def test_a_long_sentence_below_tells_no_plea_of_the_lead_again() -> None:
    words = (
        "Tin trong tỉnh\n"
        "Hiệp hội Nuôi ong gửi công văn đề nghị Sở Công Thương giảm phí kiểm định.\n"
        "Hiệp hội Nuôi ong cho biết, Sở Công Thương và các đơn vị kiểm định còn chậm giảm phí dù đã nhận công văn, hội viên ở các xã vùng cao phải chở mật đi hàng trăm cây số, "
        "chờ nhiều tuần, thuê kho lạnh, mua thùng chứa, trả công bốc xếp, trong khi giá bán ngoài chợ mỗi mùa một thấp, người mua ép giá và đề nghị trả chậm đến hết năm.\n"
    )
    assert told(words)[0] == ("request", "đề nghị Sở Công Thương giảm phí kiểm định")


def test_the_asked_head_of_government_is_not_who_asks() -> None:
    words = "Tuy nhiên, Hiệp hội Nuôi ong tiếp tục có công văn đề nghị Thủ tướng cho phép đại diện hội viên được gặp Phó Thủ tướng Trần Văn Ba để phản ánh ý kiến."
    [one] = press(words).petitions
    assert one.kind == "request"
    assert "Thủ tướng" not in " ".join(one.voiced_by)


@pytest.mark.parametrize(
    "words",
    [
        "Giám đốc Ban quản lý chợ Hồ Sen Lò Thị Mai khẳng định hoàn toàn không có hiện tượng thiếu nước ở các ki ốt.",
        "Giám đốc Ban quản lý chợ Hồ Sen Lò Thị Mai cho biết đó không phải là tình trạng sụt lún, nền chợ vẫn ổn định.",
        "Giám đốc Ban quản lý chợ Hồ Sen Lò Thị Mai nói thêm rằng đội bảo vệ túc trực cả đêm để không xảy ra mất trộm, gây bức xúc cho tiểu thương.",
    ],
)
def test_what_is_denied_or_prevented_is_no_trouble(words: str) -> None:
    assert told(words) == []


def test_what_is_denied_may_turn_to_the_trouble() -> None:
    words = "Giám đốc Ban quản lý chợ Hồ Sen Lò Thị Mai cho biết không phải tình trạng thiếu vốn mà thủ tục thuê đất còn vướng mắc khiến chợ chậm sửa."
    assert [kind for kind, _ in told(words)] == ["difficulty"]


@pytest.mark.parametrize(
    "words",
    [
        "Tại hội nghị, nhiều doanh nghiệp lớn có kiến nghị như Công ty Mật Hoa - chủ dự án chợ Hồ Sen; Công ty Bản Chu – chủ dự án cầu cảng.",
        "Trung tâm phục vụ hành chính công phường Hồ Sen cho biết đã tiếp nhận 1.200 hồ sơ, không có hồ sơ quá hạn.",
    ],
)
def test_who_asked_and_what_goes_well_is_no_plea(words: str) -> None:
    assert told(words) == []


def test_what_hinders_those_who_settle_papers_is_a_trouble() -> None:
    words = "Bí thư Đảng ủy phường Hồ Sen Lò Thị Mai cho biết máy tính không đồng bộ, ảnh hưởng đến người dân khi giải quyết thủ tục hành chính."
    assert [kind for kind, _ in told(words)] == ["difficulty"]


def test_wishes_told_as_things_ask_for_nothing() -> None:
    words = "Tại ngày hội, Chủ tịch UBND phường Hồ Sen Lò Thị Mai mời người dân phát biểu ý kiến, nguyện vọng, kiến nghị và bà trực tiếp trả lời."
    assert told(words) == []
