# ruff: noqa: E501  (sentences are read whole)
import pytest

from khue.language.extract import extract
from khue.language.source import SourceText


def read(words: str) -> list[tuple[str, str, str | None]]:
    """Kind, words and who voiced them (the first, where several did)."""
    found = extract(SourceText(words, (), "txt")).petitions
    return [(one.kind, one.text, one.voiced_by[0] if one.voiced_by else None) for one in found]


def test_difficulties_after_a_lead_in_are_one_each() -> None:
    words = (
        "Phó Giám đốc Sở Y tế Lê Thị Hoa cho biết, Sở đã triển khai nhiều việc. Bên cạnh những thuận lợi, theo bà Lê Thị Hoa, "
        "ngành còn có những khó khăn. Cơ chế phối hợp chưa đồng bộ. Đội ngũ cán bộ thiếu hụt; thiết bị đã xuống cấp."
    )
    who = "Phó Giám đốc Sở Y tế Lê Thị Hoa"
    assert read(words) == [
        ("difficulty", "Cơ chế phối hợp chưa đồng bộ", who),
        ("difficulty", "Đội ngũ cán bộ thiếu hụt", who),
        ("difficulty", "thiết bị đã xuống cấp", who),
    ]


def test_a_request_is_split_where_each_part_is_work_of_its_own() -> None:
    words = "Đại diện các huyện kiến nghị Sở Khoa học và Công nghệ tổ chức tập huấn; hỗ trợ mô hình trình diễn."
    assert read(words) == [
        ("request", "kiến nghị Sở Khoa học và Công nghệ tổ chức tập huấn", "Đại diện các huyện"),
        ("request", "hỗ trợ mô hình trình diễn", "Đại diện các huyện"),
    ]


def test_a_request_that_is_being_answered() -> None:
    words = "Chủ tịch UBND tỉnh Trần Văn Nam họp với Sở Y tế. Về đề xuất xin sửa chữa trụ sở cũ, theo Chủ tịch UBND tỉnh, sẽ xem xét sau."
    assert read(words) == [("request", "đề xuất xin sửa chữa trụ sở cũ", "Sở Y tế")]


def test_criticism_by_a_leader_is_no_petition() -> None:
    assert read("Chủ tịch UBND tỉnh Trần Văn Nam chỉ rõ, tiến độ còn chậm, phối hợp còn hạn chế.") == []


@pytest.mark.parametrize("asked", ["đã kiến nghị với", "kiến nghị", "cũng đề nghị", "đã đề nghị"])
def test_a_request_told_as_past_counts(asked: str) -> None:
    ((kind, text, who),) = read(f"Sở Khoa học và Công nghệ {asked} UBND tỉnh bổ sung kinh phí cho đề tài cấp cơ sở.")
    assert (kind, who) == ("request", "Sở Khoa học và Công nghệ")
    assert text.endswith("UBND tỉnh bổ sung kinh phí cho đề tài cấp cơ sở")


def test_a_list_after_a_colon_holds_one_petition_an_item() -> None:
    words = (
        "Đại diện các hợp tác xã đã kiến nghị với UBND tỉnh một số nội dung: hướng dẫn chuyển đổi cây trồng; nhiều đơn vị "
        "không tiếp cận được vốn vay; chính sách hỗ trợ lao động trẻ."
    )
    who = "Đại diện các hợp tác xã"
    assert read(words) == [
        ("request", "hướng dẫn chuyển đổi cây trồng", who),
        ("difficulty", "nhiều đơn vị không tiếp cận được vốn vay", who),
        ("request", "chính sách hỗ trợ lao động trẻ", who),
    ]


def test_difficulties_after_a_colon_and_a_request_after_them() -> None:
    words = "Đại diện các phường, xã cho biết còn khó khăn: thiếu cán bộ chuyên trách; đề nghị thành phố bố trí kinh phí bồi dưỡng."
    who = "Đại diện các phường, xã"
    assert read(words) == [
        ("difficulty", "thiếu cán bộ chuyên trách", who),
        ("request", "đề nghị thành phố bố trí kinh phí bồi dưỡng", who),
    ]


def test_what_is_difficult_begins_after_who_said_it() -> None:
    words = "Báo cáo tại buổi làm việc, Giám đốc Sở Y tế Trần Văn Bình cho biết gặp nhiều khó khăn như thiếu cán bộ, thiết bị xuống cấp."
    assert read(words) == [("difficulty", "thiếu cán bộ, thiết bị xuống cấp", "Giám đốc Sở Y tế Trần Văn Bình")]


def test_all_who_ask_are_named() -> None:
    found = extract(
        SourceText("Sở Y tế, Hội Nông dân tỉnh kiến nghị UBND tỉnh sớm ban hành cơ chế khoán chi.", (), "txt")
    )
    assert found.petitions[0].voiced_by == ("Sở Y tế", "Hội Nông dân tỉnh")


def test_a_post_after_the_name_is_put_before_it() -> None:
    words = "Bà Lê Thị Cúc, Chủ tịch UBND xã Tân Lập, cho biết: phần mềm một cửa chưa ổn định."
    assert read(words) == [("difficulty", "phần mềm một cửa chưa ổn định", "Chủ tịch UBND xã Tân Lập Lê Thị Cúc")]


def test_a_chain_of_requests_to_those_above_gives_no_orders() -> None:
    words = (
        "Giám đốc Sở Y tế Lê Thị Hoa kiến nghị UBND tỉnh có văn bản hướng dẫn; chỉ đạo các huyện bố trí kinh phí; UBND tỉnh "
        "tiếp tục bổ sung biên chế."
    )
    assert [text for _, text, _ in read(words)] == [
        "kiến nghị UBND tỉnh có văn bản hướng dẫn",
        "chỉ đạo các huyện bố trí kinh phí",
        "UBND tỉnh tiếp tục bổ sung biên chế",
    ]
    assert extract(SourceText(words, (), "txt")).directives == ()


def test_what_voters_ask_is_one_petition_an_item_noun_or_verb() -> None:
    words = (
        "Cử tri thị trấn Trà My kiến nghị với đại biểu HĐND tỉnh về đẩy nhanh việc cấp giấy chứng nhận; chế độ chính sách cho người "
        "có công; nâng cấp đường giao thông; hiệu quả truyền thanh còn hạn chế."
    )
    assert [(kind, who) for kind, _, who in read(words)] == [
        ("request", "Cử tri thị trấn Trà My"),
        ("request", "Cử tri thị trấn Trà My"),
        ("request", "Cử tri thị trấn Trà My"),
        ("difficulty", "Cử tri thị trấn Trà My"),
    ]


def test_a_sentence_that_adds_to_a_request() -> None:
    words = (
        "Đại diện các phường đề nghị xem xét bổ sung biên chế. Cùng với đó là tăng cường đào tạo kỹ năng cho công chức. "
        "Một số phường cho biết, hiện còn thiếu công chức tư pháp, kiến nghị thành phố hỗ trợ bố trí nhân sự."
    )
    assert read(words) == [
        ("request", "đề nghị xem xét bổ sung biên chế", "Đại diện các phường"),
        ("request", "tăng cường đào tạo kỹ năng cho công chức", "Đại diện các phường"),
        ("difficulty", "hiện còn thiếu công chức tư pháp", "Một số phường"),
        ("request", "kiến nghị thành phố hỗ trợ bố trí nhân sự", "Một số phường"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Cử tri xã Khun Há kiến nghị với tổ đại biểu HĐND tỉnh.",
        "Các địa phương đã kiến nghị nhiều nội dung.",
        "Đối với những kiến nghị thuộc thẩm quyền của tỉnh, đại biểu sẽ chuyển đến các cơ quan chức năng.",
        "Hơn 10 ý kiến của doanh nghiệp phản ánh khó khăn, vướng mắc trong hoạt động sản xuất.",
    ],
)
def test_that_someone_asked_is_no_petition_without_what(words: str) -> None:
    assert read(words) == []


def test_a_last_sentence_that_was_cut_short_is_still_read() -> None:
    words = "Tại buổi làm việc, Sở Y tế kiến nghị UBND tỉnh bổ sung biên chế; có văn bản đồng ý chủ trương xây dựng phần mềm"
    assert len(read(f"Sở Y tế làm việc với các huyện về chuyển đổi số.\n\n{words}")) == 2


def test_every_item_after_troubles_such_as_is_one() -> None:
    words = (
        "Lãnh đạo UBND phường Hòa Lạc cho biết còn gặp một số khó khăn như: trang thiết bị đã dùng lâu năm; cán bộ phải kiêm nhiệm; "
        "đường truyền chưa ổn định."
    )
    assert [kind for kind, _, _ in read(words)] == ["difficulty"] * 3


def test_namely_after_a_trouble_lists_it() -> None:
    words = (
        "Đại diện UBND các xã phản ánh khó khăn trong số hóa hồ sơ. Cụ thể: phần mềm hay bị lỗi; máy quét còn thiếu."
    )
    assert [text for _, text, _ in read(words)] == ["phần mềm hay bị lỗi", "máy quét còn thiếu"]


def test_who_said_it_stands_before_the_trouble() -> None:
    words = "Theo bà Nguyễn Thị Hạnh, Chủ tịch UBND phường Hòa Bình, khó khăn lớn nhất hiện nay là thiếu nhân lực."
    ((kind, text, who),) = read(words)
    assert (kind, who) == ("difficulty", "Chủ tịch UBND phường Hòa Bình Nguyễn Thị Hạnh")
    assert text.startswith("khó khăn lớn nhất")


def test_a_unit_tells_its_own_trouble() -> None:
    assert read("Sở Khoa học và Công nghệ còn gặp khó khăn về nhân lực.\n\nHội nghị thảo luận sôi nổi.") == [
        ("difficulty", "Sở Khoa học và Công nghệ còn gặp khó khăn về nhân lực", "Sở Khoa học và Công nghệ")
    ]


def test_whose_requests_were_answered_is_no_request() -> None:
    words = "Chủ tịch UBND tỉnh Trần Văn Nam họp với Sở Y tế. Đối với các kiến nghị của xã Tân Lập, đồng chí giao Sở Y tế tổng hợp."
    assert read(words) == []


def test_who_listens_repeats_the_troubles_of_others() -> None:
    words = "Đoàn công tác của tỉnh làm việc với xã Tân Lập.\n\nĐoàn cũng chia sẻ với những khó khăn của xã Tân Lập như hạ tầng chưa đồng bộ; thiếu nhân lực công nghệ."
    assert [(text, who) for _, text, who in read(words)] == [
        ("hạ tầng chưa đồng bộ", "xã Tân Lập"),
        ("thiếu nhân lực công nghệ", "xã Tân Lập"),
    ]


def test_those_asked_do_not_become_the_speaker() -> None:
    words = "Cục trưởng Cục Hải quan Lê Chí Hùng kiến nghị lãnh đạo Tổng cục Hải quan chỉ đạo các vụ quan tâm hướng dẫn đơn vị."
    assert [kind for kind, _, _ in read(words)] == ["request"]


def test_someone_below_says_what_those_above_should_do_and_goes_on() -> None:
    words = (
        "Giám đốc Công ty An Phát Lê Văn Tám phát biểu tại hội thảo. Thành phố cần quy định cụ thể về phản biện độc lập. "
        "Các tỉnh đề nghị tập trung chuyển giao giống mới. Đẩy mạnh đầu tư ứng dụng kết quả nghiên cứu."
    )
    assert [kind for kind, _, _ in read(words)] == ["request"] * 3


def test_what_voters_tell_of_and_want_in_one_sentence() -> None:
    words = "Cử tri huyện Tam Đảo nêu thực trạng việc cấp kinh phí còn chậm; cần đẩy nhanh tiến độ đề án; xây dựng thêm trường học."
    assert [kind for kind, _, _ in read(words)] == ["difficulty", "request", "request"]


def test_those_in_need_are_no_difficulty() -> None:
    assert read("Quận Hoàn Kiếm thống kê được 33 hộ gia đình khó khăn.\n\nHội nghị thảo luận sôi nổi.") == []


def test_one_hopes_for_help_from_above() -> None:
    words = "Phường Láng mong Sở Khoa học và Công nghệ hỗ trợ thêm máy quét.\n\nHội nghị thảo luận sôi nổi."
    assert [kind for kind, _, _ in read(words)] == ["request"]
