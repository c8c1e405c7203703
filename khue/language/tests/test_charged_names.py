# ruff: noqa: E501  (sentences are read whole)
"""How far the name of a unit reaches, and by which name it is called."""

import pytest

from khue.language.tests.passages import CHAIR, NOTICE, leads, press, told


def _charged(words: str) -> list[str]:
    return leads(press(f"{NOTICE}II. KẾT LUẬN\n1. {words}").directives[0])


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Các địa phương khác trong khu vực rà soát phương án cấp nước.", ["Các địa phương khác trong khu vực"]),
        ("Công an các huyện, thị xã, thành phố rà soát phương án bảo vệ.", ["Công an các huyện, thị xã, thành phố"]),
        ("Đảng ủy các xã, phường xây dựng kế hoạch trong tháng 4.", ["Đảng ủy các xã, phường"]),
        ("Sở, ban, ngành thuộc Ủy ban nhân dân tỉnh có trách nhiệm rà soát biểu mẫu.", ["Sở, ban, ngành thuộc Ủy ban nhân dân tỉnh Phú Thọ"]),
        ("Các cơ quan được phân công chủ trì nhiệm vụ tại Kế hoạch này có trách nhiệm lập dự toán hằng năm.", ["Các cơ quan được phân công chủ trì nhiệm vụ tại Kế hoạch này"]),
        ("Các sở ban ngành, quận - huyện tăng cường giám sát chi trả phụ cấp.", ["Các sở ban ngành, quận - huyện"]),
        ("Các Ban chỉ đạo 389 địa phương phân công người phụ trách.", ["Các Ban chỉ đạo 389 địa phương"]),
        ("VPCP theo dõi, đôn đốc các bộ gửi báo cáo.", ["Văn phòng Chính phủ"]),
        ("Công ty Cổ phần Hồ Xanh - chủ đầu tư - dừng ngay việc thi công.", ["Công ty Cổ phần Hồ Xanh"]),
        ("Chủ đầu tư, trong phạm vi trách nhiệm của mình, đẩy nhanh tiến độ thi công.", ["Chủ đầu tư"]),
        ("Ban chỉ đạo tỉnh về phòng chống thiên tai thường trực theo dõi diễn biến mưa lũ.", ["Ban chỉ đạo tỉnh về phòng chống thiên tai"]),
        ("Sở Tài nguyên - Môi trường TP HCM quan trắc chất lượng nước.", ["Sở Tài nguyên và Môi trường Thành phố Hồ Chí Minh"]),
        ("Bộ Văn hóa rà soát hồ sơ di tích.", ["Bộ Văn hóa, Thể thao và Du lịch"]),
    ],
)  # fmt: skip
def test_a_name_is_read_to_its_end(words: str, names: list[str]) -> None:
    assert _charged(words) == names


def test_a_body_bears_the_land_that_the_text_gives_with_it() -> None:
    found = press(
        "Bộ trưởng Bộ Xây dựng Trần Văn Bình giao Cục Cầu cống rà soát biển báo. Hôm sau, Cục Cầu cống VN có báo cáo."
    )
    assert leads(found.directives[0]) == ["Cục Cầu cống Việt Nam"]


def test_a_body_named_with_several_lands_is_none_of_them() -> None:
    found = press(
        "Bộ trưởng Bộ Xây dựng Trần Văn Bình giao Cục Cầu cống rà soát biển báo. Cục Cầu cống Lào Cai và Cục Cầu cống Sơn La đã họp."
    )
    assert leads(found.directives[0]) == ["Cục Cầu cống"]


def test_a_ministry_told_in_short_is_named_as_the_text_names_it() -> None:
    words = "Bộ trưởng Bộ Nông nghiệp và Môi trường dự họp. Kết luận, Thủ tướng Trần Văn Bình giao Bộ Nông nghiệp đề xuất mức hỗ trợ."
    assert leads(press(words).directives[0]) == ["Bộ Nông nghiệp và Môi trường"]


def test_those_a_paper_was_sent_to_are_asked_where_it_names_nobody() -> None:
    words = (
        "Bộ Xây dựng vừa có văn bản yêu cầu các đơn vị trực thuộc kiểm tra cầu treo.\n"
        "Trong văn bản gửi UBND các tỉnh, thành phố, Cục Cầu cống về mùa mưa lũ, Bộ Xây dựng đề nghị tăng cường tuần tra."
    )
    assert leads(press(words).directives[-1]) == ["UBND các tỉnh, thành phố", "Cục Cầu cống"]


def test_an_aim_before_an_order_does_not_hide_it() -> None:
    words = (
        "Để nâng cao hiệu lực, hiệu quả quản lý chợ, Thủ tướng Trần Văn Bình yêu cầu Bộ Công Thương rà soát quy hoạch."
    )
    assert told(press(words)) == ["yêu cầu Bộ Công Thương rà soát quy hoạch"]


def test_what_must_not_be_done_is_work_of_its_own() -> None:
    found = press(
        f"{CHAIR}Đồng chí yêu cầu Sở Y tế giải quyết hồ sơ tồn đọng; không tổ chức liên hoan trong giờ làm việc; về lâu dài cần xây dựng kho lưu trữ."
    )
    assert told(found) == [
        "yêu cầu Sở Y tế giải quyết hồ sơ tồn đọng",
        "không tổ chức liên hoan trong giờ làm việc",
        "về lâu dài cần xây dựng kho lưu trữ",
    ]
    assert [leads(one) for one in found.directives] == [["Sở Y tế"]] * 3


def test_those_who_must_not_are_charged() -> None:
    found = press(f"{CHAIR}Cán bộ, công chức không sử dụng xe công đi lễ hội trong giờ hành chính.")
    assert [leads(one) for one in found.directives] == [["Cán bộ, công chức"]]


def test_praise_and_those_present_are_no_orders() -> None:
    words = (
        "Tham dự chương trình làm việc có lãnh đạo các sở, ngành; lãnh đạo Công ty Hồ Xanh và các chủ đầu tư dự án.\n\n"
        "1. Đánh giá cao nỗ lực của chủ đầu tư đã hoàn thành xây dựng kho và sẵn sàng đưa kho vào vận hành.\n"
        "2. Giao Sở Xây dựng hướng dẫn chủ đầu tư hoàn thiện hồ sơ."
    )
    assert told(press(f"{NOTICE}{words}")) == ["Giao Sở Xây dựng hướng dẫn chủ đầu tư hoàn thiện hồ sơ"]


def test_a_body_named_by_its_kind_alone_is_the_one_met() -> None:
    found = press(
        "Phó Thủ tướng Trần Văn Bình làm việc với Ủy ban Quản lý kho vận miền núi tại Hà Nội.\n"
        "Phó Thủ tướng yêu cầu các bộ và Ủy ban rà soát hợp đồng. Ủy ban quản lý kho vận cần hoàn thiện quy chế."
    )
    met = "Ủy ban Quản lý kho vận miền núi"
    assert [leads(one) for one in found.directives] == [["các bộ", met], [met]]


def test_a_unit_behind_an_aim_of_several_parts_heads_the_list_below() -> None:
    words = (
        "I. ĐÁNH GIÁ CHUNG\nThành phố đã có nhiều cố gắng.\n"
        "Để bộ máy mới hoạt động hiệu lực, hiệu quả, thành phố Đà Nẵng cần thực hiện một số nhiệm vụ, giải pháp sau đây:\n"
        "1. Cấp ủy, chính quyền Thành phố phải rà soát phân công.\n"
        "2. Tăng cường tập huấn cho cán bộ cấp xã.\n"
        "Văn phòng Chính phủ xin trân trọng thông báo./."
    )
    found = press(f"{NOTICE}{words}").directives
    assert [leads(one) for one in found] == [["Cấp ủy, chính quyền Thành phố"], ["thành phố Đà Nẵng"]]


def test_tasks_follow_a_line_that_says_so_though_the_section_is_another() -> None:
    words = "I. ĐÁNH GIÁ CHUNG\nTỉnh đã cố gắng. Thời gian tới, triển khai các nhiệm vụ trọng tâm sau:\n1. Sở Y tế rà soát quy hoạch bệnh viện."
    assert told(press(f"{NOTICE}{words}")) == ["Sở Y tế rà soát quy hoạch bệnh viện"]


def test_what_was_given_with_a_decision_is_told() -> None:
    words = f"{CHAIR}Dự án vừa được Thủ tướng phê duyệt và giao UBND tỉnh Lào Cai làm chủ đầu tư."
    assert told(press(words)) == []


def test_a_question_at_the_end_of_a_quotation_orders_nothing() -> None:
    assert told(press(f"{CHAIR}“Sở Y tế cần rà soát ngay quy hoạch hay không?”.")) == []


def test_to_ask_those_below_is_work_of_who_is_asked() -> None:
    found = press(f"{CHAIR}Đồng chí giao Sở Xây dựng kiểm tra chung cư và yêu cầu chủ đầu tư khắc phục vi phạm.")
    assert [leads(one) for one in found.directives] == [["Sở Xây dựng"]]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Chủ tịch UBND các tỉnh, thành phố từ Hà Tĩnh đến Khánh Hòa rà soát hồ đập.", ["Chủ tịch UBND các tỉnh, thành phố từ Hà Tĩnh đến Khánh Hòa"]),
        ("Các bộ, cơ quan và thành phố Đà Nẵng khẩn trương chuẩn bị hậu cần.", ["Các bộ, cơ quan", "thành phố Đà Nẵng"]),
        ("Tổng Liên đoàn Lao động Việt Nam và công đoàn Việt Nam cần đổi mới đào tạo.", ["Tổng Liên đoàn Lao động Việt Nam", "công đoàn Việt Nam"]),
    ],
)  # fmt: skip
def test_places_and_unions_in_names(words: str, names: list[str]) -> None:
    assert _charged(words) == names


def test_to_ask_those_above_is_part_of_the_work_before() -> None:
    words = "Sở Y tế rà soát quy trình. Song song đó, tăng cường đối thoại để tháo gỡ vướng mắc hoặc kiến nghị cơ quan có thẩm quyền xem xét."
    found = press(f"{NOTICE}II. KẾT LUẬN\n1. {words}").directives
    assert [leads(one) for one in found] == [["Sở Y tế Phú Thọ"]] * 2


def test_a_time_that_is_over_is_no_deadline() -> None:
    found = press(f"{CHAIR}Đồng chí đề nghị Sở Y tế đánh giá công tác trong quý I vừa qua.")
    assert [one.due for one in found.directives] == [None]


def test_the_time_of_an_aim_dates_no_list() -> None:
    words = (
        "II. MỘT SỐ NHIỆM VỤ TRONG THỜI GIAN TỚI\n"
        "Để đạt tăng trưởng 8% trong năm 2025 của Tỉnh, tỉnh Lào Cai cần tập trung một số nội dung sau:\n"
        "1. Rà soát các chỉ tiêu được giao.\n2. Trong tháng 4 năm 2025, hoàn thành quy hoạch."
    )
    found = press(f"{NOTICE}{words}").directives
    assert [one.due and one.due.text for one in found] == [None, "Trong tháng 4 năm 2025"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Các đơn vị trong ngành Hàng không rà soát lịch bay dịp lễ.", ["Các đơn vị trong ngành Hàng không"]),
        ("Các hãng hàng không và các nhà mạng rà soát nguồn lực dịp lễ.", ["Các hãng hàng không", "các nhà mạng"]),
    ],
)  # fmt: skip
def test_groups_of_firms_and_of_a_trade(words: str, names: list[str]) -> None:
    assert _charged(words) == names


def test_the_head_of_a_commune_asks_those_below() -> None:
    words = "Chiều 5/3, ông Trần Văn Bình (Phó Chủ tịch UBND xã Phong Hải) đề nghị các đơn vị rà soát hộ nghèo."
    assert told(press(words)) == ["đề nghị các đơn vị rà soát hộ nghèo"]


def test_who_is_asked_behind_a_quotation_has_work_of_its_own() -> None:
    found = press(
        "Thủ tướng Trần Văn Bình yêu cầu từng địa phương phải chủ động thu gom rác “không chôn lấp nữa”, Thủ tướng nói và đề nghị "
        "Bộ Xây dựng phải rà soát quy hoạch bãi rác."
    )
    assert [leads(one) for one in found.directives] == [["từng địa phương"], ["Bộ Xây dựng"]]


def test_the_day_of_a_paper_is_no_deadline() -> None:
    found = press(
        f"{CHAIR}Đồng chí yêu cầu Sở Y tế thực hiện nghiêm chỉ thị 20 của Thủ tướng ngày 13-7-2025 về kho thuốc."
    )
    assert [one.due for one in found.directives] == [None]
