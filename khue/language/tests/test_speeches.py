# ruff: noqa: E501  (sentences are read whole)
"""How far a speech reaches in a report of a meeting, and what is told, quoted or stated in between."""

from datetime import date

import pytest

from khue.language.directives import Directive
from khue.language.extract import Extraction, extract
from khue.language.source import SourceText

CHAIR = (
    "Sáng 9/3/2025, Phó Chủ tịch UBND tỉnh Nguyễn Văn An chủ trì buổi làm việc với các sở, ngành.\n\n"
    "Phát biểu kết luận, Phó Chủ tịch UBND tỉnh Nguyễn Văn An đánh giá cao kết quả.\n\n"
)


def press(words: str) -> Extraction:
    return extract(SourceText(words, (), "txt"), date(2025, 3, 9))


def leads(directive: Directive) -> list[str]:
    return [a.name for a in directive.assignees if a.role == "lead"]


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
