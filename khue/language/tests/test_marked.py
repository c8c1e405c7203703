"""What the words of a marked passage say of when."""

from datetime import date

import pytest

from khue.language.marked import gone, marked
from khue.language.source import SourceText

SIGNED = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Sở Tài chính báo cáo trước ngày 15/3/2019", date(2019, 3, 15)),
        ("Sở Tài chính báo cáo ngày 15/3/2019", date(2019, 3, 15)),
        ("hoàn thành trong tháng 3/2019", date(2019, 3, 31)),
        ("trình trước ngày 20/2/2026", date(2026, 2, 20)),
    ],
)
def test_a_day_before_the_paper_that_reads_like_a_deadline_is_told(words: str, day: date) -> None:
    found = gone(SourceText(words, (), "txt"), SIGNED)
    assert found is not None
    assert found.last == day


@pytest.mark.parametrize(
    "words",
    [
        "thực hiện Kế hoạch số 402/KH-UBND ngày 31-12-2024",
        "theo Thông báo kết luận ngày 1/2/2026 của Thành ủy",
        "kết luận tại cuộc họp ngày 2/2/2026, khẩn trương trình",
        "báo cáo trước ngày 30/6/2026",
        "rà soát ngay sau ngày 2/3/2026",
        "tổng kết giai đoạn 2015-2020",
    ],
)
def test_days_of_papers_and_meetings_and_days_to_come_are_not(words: str) -> None:
    assert gone(SourceText(words, (), "txt"), SIGNED) is None


def test_a_line_that_says_the_deadline_gives_it_however_long_gone() -> None:
    assert marked(SourceText("Sở Tài chính rà soát trước ngày 15/3/2019", (), "txt"), SIGNED).due is not None
