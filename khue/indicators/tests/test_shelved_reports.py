"""The templates that the shelf brings for the department itself: its work, the index, the yearly statistics."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook

from khue.core.actors import IMPORTER
from khue.core.clock import at
from khue.indicators.actions.bringing import Figure, bring, needed
from khue.indicators.actions.composing import compose
from khue.indicators.actions.periods import ensure, named
from khue.indicators.composing.paper import Paper, excel, parts_of, word
from khue.indicators.models import Composed, Indicator, Programme
from khue.indicators.tests.province import province

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 20)


def told(report: Composed) -> tuple[str, dict[str, list[list[Any]]]]:
    """The words of the Word file, and the sheets of the Excel file."""
    paper = Paper(report.subject, "state", report.unit, parts_of(report))
    paragraphs = Document(io.BytesIO(word(paper, on=DAY))).paragraphs
    book = CalamineWorkbook.from_filelike(io.BytesIO(excel(paper)))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    return "\n".join(one.text for one in paragraphs), sheets


def test_reports_of_the_department_say_what_is_on_file_and_what_is_not() -> None:
    with at(DAY):
        here = province()
        ensure(2026)
        numbers = dict(Indicator.objects.values_list("code", "pk"))
        given = [
            Figure(named("2025").pk, numbers["pii_score"], here.department.pk, Decimal("65.68")),
            Figure(named("2025").pk, numbers["pii_rank"], here.department.pk, Decimal(1)),
            Figure(named("2025-TK").pk, numbers["stat_prizes"], here.department.pk, Decimal(7)),
            *(Figure(named("2025-Q4").pk, numbers["models_applied"], one.pk, Decimal(4)) for one in here.communes),
        ]
        needed(given, bring(given, by=IMPORTER))
        work, index, statistics = (
            told(compose(name, unit=here.department, period=named(code), by=here.receiver))
            for name, code in (("department-work", "2025-Q4"), ("pii-evidence", "2025"), ("statistics-year", "2025-TK"))
        )
        client = Client()
        client.force_login(here.receiver)
        for programme in Programme.objects.values_list("code", flat=True):
            answer = client.get(reverse("indicators:programme-report", args=[programme, "docx"]))
            assert answer.status_code == 200, f"{programme} has its report whatever its periods are"
    assert "không được giao nhiệm vụ mới" in work[0]
    assert "3 chỉ tiêu có số liệu" in work[0], "the figures of communes are the city's, told by the department"
    rows = [row for sheet in work[1].values() for row in sheet]
    assert next(row for row in rows if row[0] == "Mô hình ứng dụng khoa học và công nghệ đang triển khai")[2] == 12
    assert ["Nhiệm vụ đang thực hiện", 0, 0, "–"] in rows
    assert "KHÓ KHĂN" not in work[0], "no heading over nothing"
    assert "Điểm PII của Thành phố là 65,68" in index[0]
    assert "Thành phố đứng đầu cả nước." in index[0]
    assert "chưa đối chiếu với danh mục 52 chỉ số" in index[0]
    assert "1 trên 19 chỉ tiêu có số liệu" in statistics[0]
    assert "Nhân lực khoa học và công nghệ" in statistics[0], "what is missing is named"
    prizes = next(
        row for sheet in statistics[1].values() for row in sheet if "Giải thưởng khoa học và công nghệ" in row
    )
    assert 7 in prizes
