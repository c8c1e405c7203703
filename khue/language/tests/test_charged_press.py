# ruff: noqa: E501  (sentences are read whole)
"""Whom the press tells to have been charged: passive orders, short names, work passed on, closing words."""

import pytest

from khue.language.tests.passages import CHAIR, leads, press, told


def charged(words: str) -> list[list[str]]:
    return [leads(one) for one in press(words).directives]


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ("UBND huyện Tân Yên được yêu cầu giám sát hoạt động của trạm xử lý nước thải.", ["UBND huyện Tân Yên"]),
        ("UBND huyện Tân Yên cũng được giao phối hợp với Sở Giao thông tiếp tục phân luồng từ xa.", ["UBND huyện Tân Yên"]),
        ("UBND huyện Tân Yên được giao khẩn trương chỉ đạo nhà thầu thay lớp mặt đường.", ["UBND huyện Tân Yên"]),
        ("Các cấp có thẩm quyền khi duyệt các khoản thu tự nguyện, thỏa thuận phải xem xét mức sống của dân.", ["Các cấp có thẩm quyền"]),
        ("UBND các huyện và TP.Tân An phối hợp với Sở Y tế khắc phục tình trạng ngập úng.", ["UBND các huyện và Thành phố Tân An"]),
        ("UBND các quận huyện rà soát các hộ thiếu nước sạch.", ["UBND các quận huyện"]),
        ("Công an huyện Tân Yên chỉ đạo, đẩy nhanh việc điều tra nguyên nhân vụ cháy.", ["Công an huyện Tân Yên"]),
        ("Các xã chỉ xem xét cấp mới giấy phép cho hộ có đủ hồ sơ.", ["Các xã"]),
        ("Cơ quan đăng ký đầu tư có trách nhiệm lấy ý kiến các sở về dự án.", ["Cơ quan đăng ký đầu tư"]),
        ("Cơ quan phối hợp có trách nhiệm trả lời bằng văn bản.", ["Cơ quan phối hợp"]),
        ("Trong vòng 2 tháng, Sở Giao thông khảo sát các bến xe.", ["Sở Giao thông vận tải"]),
    ],
)  # fmt: skip
def test_the_doer_of_a_sentence_is_charged(words: str, lead: list[str]) -> None:
    assert charged(f"{CHAIR}Phó Chủ tịch yêu cầu Sở Y tế rà soát quy trình.\n{words}")[1] == lead


def test_the_press_calls_ministries_by_the_first_words_of_their_field() -> None:
    words = "Phó Thủ tướng Lê Văn Đệ yêu cầu Bộ Tài nguyên rà soát giấy phép. Bộ Giáo dục và Đào tạo báo cáo trước ngày 1/5. Ngành giáo dục cần tập trung tuyên truyền."
    assert charged(words) == [["Bộ Tài nguyên và Môi trường"], ["Bộ Giáo dục và Đào tạo"], ["Ngành giáo dục"]]


def test_contractors_and_investors_are_charged_together() -> None:
    words = f"{CHAIR}Phó Chủ tịch yêu cầu các chủ đầu tư, ban QLDA, nhà đầu tư chỉ đạo nhà thầu vá mặt đường."
    assert charged(words) == [["các chủ đầu tư, ban quản lý dự án", "nhà đầu tư"]]


def test_to_direct_those_below_is_work_of_those_asked_before() -> None:
    words = "Phó Thủ tướng Lê Văn Đệ yêu cầu các tỉnh rà soát đường dây nóng.\nPhân công cơ quan, đơn vị đầu mối tiếp nhận tin báo."
    assert charged(words) == [["các tỉnh"], ["các tỉnh"]]
    words = f"{CHAIR}Phó Chủ tịch yêu cầu UBND huyện Tân Yên rà soát mỏ đá.\nChỉ đạo các cơ quan chuyên môn kiểm tra việc nổ mìn. Chỉ đạo nhà thầu rào chắn."
    assert charged(words) == [["UBND huyện Tân Yên"]] * 3


def test_who_hands_work_to_an_equal_only_speaks_for_those_above() -> None:
    words = f"{CHAIR}Phó Chủ tịch yêu cầu Sở Y tế rà soát quy trình.\nBan Chỉ đạo giao Sở Xây dựng chủ trì bàn giao các điểm đỗ xe."
    assert charged(words)[1] == ["Sở Xây dựng"]


def test_a_short_name_in_brackets_beside_a_part() -> None:
    words = (
        "Bộ trưởng Lê Văn Đệ làm việc với Tổng công ty đầu tư và khai thác bến bãi (BBX, chủ đầu tư). Bộ trưởng nêu nhiều việc.\n"
        "Bộ trưởng yêu cầu BBX phải thay nhà thầu làm chậm."
    )
    assert charged(words) == [["Tổng công ty đầu tư và khai thác bến bãi"]]


def test_a_town_whose_province_ends_with_its_name() -> None:
    words = (
        "UBND tỉnh Thừa Thiên - Huế yêu cầu Sở Y tế, UBND các huyện và TP Huế kiểm tra bếp ăn.\n"
        "Trường học ở TP Huế, chợ ở TP Huế được nhắc tới.\nNgoài ra, UBND tỉnh yêu cầu Sở Công Thương kiểm tra các chợ."
    )
    assert charged(words)[-1] == ["Sở Công Thương Thừa Thiên - Huế"]


def test_closing_words_that_bid_everybody_carry_the_paper_out() -> None:
    words = (
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI\nSố: 05/CT-UBND\nHà Nội, ngày 10 tháng 3 năm 2026\n\nCHỈ THỊ\nVề việc số hóa hồ sơ\n\n"
        "Ủy ban nhân dân Thành phố yêu cầu Thủ trưởng các sở, ban, ngành thực hiện các nội dung sau:\n\n"
        "1. Sở Y tế\na) Rà soát quy trình khám bệnh.\n\nYêu cầu các đơn vị nghiêm túc thực hiện Chỉ thị này"
    )
    assert told(press(words)) == ["Rà soát quy trình khám bệnh"]


def test_one_person_is_charged_by_post_and_name() -> None:
    words = "Bộ trưởng Lê Văn Đệ yêu cầu Sở Y tế rà soát quy trình. Bộ trưởng Lê Văn Đệ giao Thứ trưởng Trần Thị Bình chủ trì cuộc họp với các vụ."
    assert charged(words) == [["Sở Y tế"], ["Thứ trưởng Trần Thị Bình"]]


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ("Ban Quản lý dự án 6, phối hợp với tư vấn thiết kế, nhà thầu thi công khẩn trương sửa chữa mặt đường.", ["Ban Quản lý dự án 6"]),
        ("Các tổng công ty, đơn vị liên quan, trong quý IV/2018 chủ động xử lý các vướng mắc.", ["Các tổng công ty, đơn vị liên quan"]),
        ("Phó Chủ tịch giao Chi cục Thú y cử cán bộ chuyên môn đến từng xã hướng dẫn.", ["Chi cục Thú y"]),
        ("Khi thống kê xong Sở Xây dựng phải báo cáo kết quả cho tỉnh.", ["Sở Xây dựng"]),
        ("Đề nghị người đứng đầu cấp ủy; thủ trưởng cơ quan, đơn vị trực tiếp chỉ đạo việc tiếp dân.", ["người đứng đầu cấp ủy", "thủ trưởng cơ quan, đơn vị"]),
    ],
)  # fmt: skip
def test_the_doer_beside_marks_and_times(words: str, lead: list[str]) -> None:
    assert charged(f"{CHAIR}Phó Chủ tịch yêu cầu Sở Y tế rà soát quy trình.\n{words}")[1:] == [lead]


def test_headlines_within_a_report_on_several_provinces() -> None:
    words = (
        "Nhiều tỉnh lo hạn hán\nĐắk Nông: Hồ cạn sớm\nUBND tỉnh Đắk Nông vừa yêu cầu Sở Xây dựng kiểm tra các hồ..\n"
        "Kiên Giang: Mặn vào sâu\nChủ tịch UBND tỉnh Lê Văn Đệ yêu cầu Sở Y tế kiểm tra nguồn nước.\n"
    )
    assert charged(words) == [["Sở Xây dựng Đắk Nông"], ["Sở Y tế Kiên Giang"]]


@pytest.mark.parametrize(
    "name",
    [
        "Ban Chỉ đạo Trung ương về phòng, chống thiên tai",
        "Ủy ban Quốc gia ứng phó sự cố, thiên tai và tìm kiếm cứu nạn",
        "các địa phương vùng Đồng bằng sông Cửu Long",
    ],
)
def test_names_that_hold_words_of_work(name: str) -> None:
    assert charged(f"Phó Thủ tướng Lê Văn Đệ yêu cầu {name} theo dõi chặt chẽ diễn biến của lũ.") == [[name]]


def test_ministries_that_direct_those_below_are_the_doers() -> None:
    words = (
        "Phó Thủ tướng Lê Văn Đệ yêu cầu Bộ Công an bảo đảm an toàn.\nBộ Y tế chủ động chỉ đạo các đơn vị chức năng triển khai việc khám bệnh.\n"
        "Bộ Giáo dục và Đào tạo theo chức năng được giao chủ động chỉ đạo các địa phương tổ chức học bù."
    )
    assert charged(words) == [["Bộ Công an"], ["Bộ Y tế"], ["Bộ Giáo dục và Đào tạo"]]


def test_the_unit_is_the_one_told_of_before() -> None:
    words = "Bộ trưởng Lê Văn Đệ yêu cầu Sở Y tế Ninh Thuận xác minh sự việc.\nBên cạnh đó, đơn vị tăng cường kiểm tra các phòng khám."
    assert charged(words) == [["Sở Y tế Ninh Thuận"]] * 2


def test_another_field_is_not_charged_to_those_of_the_last() -> None:
    words = "Chủ tịch UBND tỉnh Lê Văn Đệ yêu cầu Sở Y tế rà soát quy trình.\nVới lĩnh vực giao thông, Chủ tịch UBND tỉnh yêu cầu phải rà soát các dự án."
    assert charged(words) == [["Sở Y tế"], []]


def test_those_it_is_about_are_asked_though_told_again() -> None:
    words = (
        "Phó Thủ tướng Lê Văn Đệ chủ trì cuộc họp về an toàn giao thông. Ủy ban ATGT Quốc gia yêu cầu Bộ Y tế rà soát xe cấp cứu.\n"
        "Đối với Bộ Xây dựng, Ủy ban ATGT Quốc gia yêu cầu bộ rà soát các quy định về vận tải; nghiên cứu hướng dẫn cụ thể."
    )
    assert charged(words) == [["Bộ Y tế"], ["Bộ Xây dựng"], ["Bộ Xây dựng"]]


def test_the_places_of_one_post_each_have_their_own() -> None:
    words = "Thủ tướng yêu cầu Chủ tịch UBND các địa phương Ninh Bình, Thanh Hóa, Hà Tĩnh khẩn trương chỉ đạo phòng cháy rừng."
    assert charged(words) == [[f"Chủ tịch UBND tỉnh {place}" for place in ("Ninh Bình", "Thanh Hóa", "Hà Tĩnh")]]


def test_departments_and_offices_of_a_ministry() -> None:
    words = "Bộ trưởng Lê Văn Đệ yêu cầu các cục, vụ, viện có liên quan rà soát công tác quản lý."
    assert charged(words) == [["các cục, vụ, viện có liên quan"]]
    words = "Bộ trưởng Lê Văn Đệ giao văn phòng thường trực Ban chỉ đạo 77 quốc gia khẩn trương kiểm tra các chợ."
    assert charged(words) == [["văn phòng thường trực Ban chỉ đạo 77 quốc gia"]]
