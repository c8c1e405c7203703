# ruff: noqa: E501  (sentences are read whole)
from khue.language.extract import extract
from khue.language.source import SourceText


def read(words: str) -> list[tuple[str, str, str | None]]:
    found = extract(SourceText(words, (), "txt")).petitions
    return [(one.kind, one.text, one.voiced_by) for one in found]


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
