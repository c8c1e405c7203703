"""Beginnings of papers and reports, and what is asked of the directives found in them."""

from datetime import date

from khue.language.directives import Directive
from khue.language.extract import Extraction, extract
from khue.language.source import SourceText

TODAY = date(2025, 4, 17)
CHAIR = "Chủ trì họp, Phó Chủ tịch UBND tỉnh Trần Văn Bình kết luận nhiều nội dung với Sở Khoa học và Công nghệ. "
NOTICE = (
    "ỦY BAN NHÂN DÂN\nTỈNH PHÚ THỌ\nSố: 12/TB-UBND\nPhú Thọ, ngày 10 tháng 3 năm 2025\nTHÔNG BÁO\nKết luận cuộc họp\n\n"
)


def press(words: str, today: date = TODAY) -> Extraction:
    return extract(SourceText(words, (), "txt"), today)


def told(found: Extraction) -> list[str]:
    return [directive.text for directive in found.directives]


def leads(directive: Directive) -> list[str]:
    return [a.name for a in directive.assignees if a.role == "lead"]


def support(directive: Directive) -> list[str]:
    return [a.name for a in directive.assignees if a.role == "support"]
