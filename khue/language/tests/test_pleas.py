# ruff: noqa: E501  (sentences are read whole)
"""What bodies plead for upwards, and what only sounds like a trouble: passages invented for it."""

from khue.language.tests.passages import press


def told(words: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in press(words).petitions]


def test_whoever_names_those_above_pleads_and_orders_nothing() -> None:
    words = "UBND TPHCM kiến nghị Chính phủ bổ sung vốn cho tuyến đường sắt ven sông. Hiệp hội Gạch ngói kiến nghị các cơ quan có thẩm quyền sớm giảm thuế đất sét."
    found = press(words)
    assert [one.kind for one in found.petitions] == ["request", "request"]
    assert found.directives == ()


def test_a_plea_goes_on_in_the_paragraphs_below_it() -> None:
    words = (
        "Ông Nguyễn Văn Đệ, Giám đốc Ban Quản lý dự án Hòn La, đã kiến nghị một số giải pháp đẩy nhanh tiến độ đền bù. "
        "Cụ thể, việc xem xét giao đất trước cho nhà thầu.\n"
        "Xem xét hỗ trợ các hộ dân di dời mồ mả khi chưa có đất thay thế.\n"
        "Buổi làm việc kết thúc lúc 17 giờ cùng ngày.\n"
    )
    assert told(words) == [
        ("request", "việc xem xét giao đất trước cho nhà thầu"), ("request", "Xem xét hỗ trợ các hộ dân di dời mồ mả khi chưa có đất thay thế"),
    ]  # fmt: skip


def test_warnings_of_nature_and_what_comes_of_a_trouble_are_no_troubles_of_their_own() -> None:
    words = (
        "Ông Lò Văn Páo, Chủ tịch UBND xã Mường Lát, cho biết bản còn thiếu nước sạch. Điều này đã gây nhiều khó khăn cho bà con. "
        "Có 3 vị trí nguy cơ rất cao sạt lở đất ở bản Pù, gây mất an toàn."
    )
    assert [text for _, text in told(words)] == ["bản còn thiếu nước sạch"]


def test_a_plea_in_the_lead_that_the_body_tells_again_counts_once() -> None:
    words = (
        "Tin trong tỉnh\n"
        "Hiệp hội Gạch ngói kiến nghị UBND tỉnh giảm thuế đất sét.\n"
        "Sáng 3/2, Hiệp hội Gạch ngói kiến nghị UBND tỉnh giảm thuế đất sét cho các lò thủ công đến hết năm.\n"
    )
    assert [text for _, text in told(words)] == [
        "kiến nghị UBND tỉnh giảm thuế đất sét cho các lò thủ công đến hết năm"
    ]


def test_to_ask_for_help_with_troubles_says_not_which() -> None:
    words = "Tại buổi làm việc ở huyện Kỳ Sơn, đại diện các xã đã thảo luận, đề xuất tháo gỡ khó khăn, vướng mắc."
    assert told(words) == []


def test_a_trouble_that_nothing_mends_is_told() -> None:
    words = (
        "Cử tri Nguyễn Thị Na (phường Hồ Sen) cho rằng tuyến phố còn ngập sâu nhiều năm nhưng không có cách giải quyết."
    )
    assert [kind for kind, _ in told(words)] == ["difficulty"]
    mended = "Cử tri Nguyễn Thị Na (phường Hồ Sen) cho rằng tuyến phố từng ngập sâu, nay đã được giải quyết."
    assert told(mended) == []


def test_a_rule_said_to_be_unfair_is_a_trouble() -> None:
    words = "Cử tri Nguyễn Thị Na (phường Hồ Sen) cho rằng việc thu phí ở trạm Cầu Đá là trái quy định của pháp luật."
    assert told(words) == [("difficulty", "việc thu phí ở trạm Cầu Đá là trái quy định của pháp luật")]


def test_nobody_orders_the_government_whoever_asks() -> None:
    words = (
        "Sau nhiều cuộc họp, cộng đồng nuôi ong Việt Nam cũng đề nghị Thủ tướng chỉ đạo bỏ quy định về độ ẩm của mật."
    )
    found = press(words)
    assert [one.kind for one in found.petitions] == ["request"]
    assert found.directives == ()


def test_a_paper_handed_in_asks() -> None:
    words = (
        "Hiệp hội Nuôi ong đã gửi văn bản tới Sở Công Thương về việc đề nghị giảm phí kiểm định mật ong cho các hộ nhỏ."
    )
    assert told(words) == [("request", "đề nghị giảm phí kiểm định mật ong cho các hộ nhỏ")]


def test_a_plea_goes_on_with_what_is_to_be_done_and_with_orders_to_be_given() -> None:
    words = (
        "Hiệp hội Nuôi ong kiến nghị UBND tỉnh sớm xem xét hỗ trợ các hộ nuôi ong vùng đệm.\n"
        "Theo đó, bỏ chỉ tiêu độ màu khỏi quy chuẩn của tỉnh; giữ nguyên mức phí kiểm định mật.\n"
    )
    assert [text for _, text in told(words)][1:] == [
        "bỏ chỉ tiêu độ màu khỏi quy chuẩn của tỉnh", "giữ nguyên mức phí kiểm định mật",
    ]  # fmt: skip
    words = (
        "Hiệp hội Nuôi ong kiến nghị UBND tỉnh hỗ trợ vốn cho các hộ nuôi ong vùng đệm.\n"
        "Đồng thời, chỉ đạo các sở, ngành sớm cấp mã số vùng nuôi cho hội viên.\n"
    )
    found = press(words)
    assert len(found.petitions) == 2
    assert found.directives == ()


def test_examples_within_a_request_are_no_list_of_requests() -> None:
    words = "Cử tri phường Hồ Sen đề nghị HĐND thành phố có ý kiến về việc xử lý các sai phạm mới phát hiện như: cho thuê bến cá, chuyển nhượng đất kho."
    assert [text[:24] for _, text in told(words)] == ["đề nghị HĐND thành phố c"]


def test_a_question_asks_for_an_answer_only_and_the_office_gives_it() -> None:
    words = (
        "Đại diện Công ty Mật Hoa có thắc mắc về việc máy ép sáp mượn của đối tác có phải khai lại hay không. "
        "Đại diện Cục Hải quan Bình Minh cho rằng cần phải kê khai lại từ đầu.\n"
    )
    assert told(words) == []


def test_what_offices_tell_people_who_asked_is_an_answer() -> None:
    words = (
        "Cử tri phường Hồ Sen phản ánh tuyến phố thiếu đèn đường đã nhiều năm.\n"
        "Giám đốc Sở Xây dựng Bình Minh Trần Văn Tư cho biết kinh phí còn hạn hẹp nên chưa thể làm ngay.\n"
    )
    assert told(words) == [("difficulty", "tuyến phố thiếu đèn đường đã nhiều năm")]


def test_conditions_and_papers_retold_are_no_troubles() -> None:
    words = (
        "Hợp tác xã Xe buýt Sao Mai kiến nghị tăng mức trợ giá. Trong trường hợp xã viên không đủ tiền mua dầu, đề nghị Sở Giao thông vận tải không xử phạt. "
        "Bên cạnh đó, như báo Sao Mai đã thông tin, hợp tác xã còn thiếu nợ tiền dầu."
    )
    assert [text for _, text in told(words)] == [
        "kiến nghị tăng mức trợ giá",
        "đề nghị Sở Giao thông vận tải không xử phạt",
    ]


def test_an_office_that_wants_to_hear_asks_for_nothing() -> None:
    words = "Chi cục Hải quan Bình Minh mong muốn tiếp tục ghi nhận các góp ý thẳng thắn của hãng tàu."
    assert told(words) == []


def test_firms_are_heard_after_theo() -> None:
    words = (
        "Thứ trưởng Bộ Công Thương Lê Văn Ba chủ trì hội nghị.\n"
        "Theo doanh nghiệp, quy định về độ ẩm khiến họ khó cạnh tranh trên thị trường.\n"
    )
    [one] = press(words).petitions
    assert (one.voiced_by, one.kind) == (("doanh nghiệp",), "difficulty")


def test_people_plead_though_another_tells_it() -> None:
    words = (
        "Sáng 22/5, bà Trần Thị Hoa, Chủ tịch Ủy ban MTTQ tỉnh Hòa Lạc, trình bày báo cáo.\n"
        "Theo bà Trần Thị Hoa, người dân yêu cầu các cơ quan phải sớm công bố kết quả đo khói bụi.\n"
    )
    found = press(words)
    assert [one.kind for one in found.petitions] == ["request"]
    assert found.directives == ()


def test_what_upsets_people_is_a_trouble() -> None:
    words = "Theo bà Lò Thị Mai, Trưởng Ban Dân nguyện, việc tăng giá nước làm người dân lo lắng."
    assert told(words) == [("difficulty", "việc tăng giá nước làm người dân lo lắng")]


def test_a_trouble_not_mended_yet_opens_its_list() -> None:
    words = (
        "Theo đại diện Công ty Mật Hoa, vướng mắc nếu không được tháo gỡ sẽ đến từ hai phía: "
        "Một là, kho bãi không thực hiện gia hạn hợp đồng; Hai là, bến cảng chưa nhận tờ khai mới."
    )
    assert len(told(words)) == 2
