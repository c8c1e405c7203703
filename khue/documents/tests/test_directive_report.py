"""Reporting periods and the report that composes itself."""

import io
import re
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from docx import Document as Word
from python_calamine import CalamineWorkbook

from khue.accounts.models import User
from khue.core.clock import at
from khue.core.periods import current, offered, period
from khue.core.refusals import Refused
from khue.documents.actions import directive_work as work
from khue.documents.actions import proposals
from khue.documents.actions.directive_assign import assign
from khue.documents.actions.directive_columns import follow
from khue.documents.models import Directive
from khue.documents.rules.directive_report import sentences, state_of_directives
from khue.documents.tests.city import person
from khue.documents.tests.directive_city import City
from khue.documents.tests.reading import document, proposal, read
from khue.documents.views.directive_paper import chart
from khue.flow.actions import set_due
from khue.office.charts import svg


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2026-01", date(2025, 12, 15), date(2026, 1, 14)),
        ("2026-06", date(2026, 5, 15), date(2026, 6, 14)),
        ("2026-Q1", date(2025, 12, 15), date(2026, 3, 14)),
        ("2026-Q2", date(2026, 3, 15), date(2026, 6, 14)),
        ("2026-H1", date(2025, 12, 15), date(2026, 6, 14)),
        ("2026-9M", date(2025, 12, 15), date(2026, 9, 14)),
        ("2026", date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_periods_end_on_their_cut_off_days(code: str, first: date, last: date) -> None:
    made = period(code)
    assert (made.first, made.last) == (first, last)


@pytest.mark.parametrize("code", ["", "2026-Q5", "2026-13", "26", "2026-00", "năm nay"])
def test_what_is_no_period_is_refused(code: str) -> None:
    with pytest.raises(Refused):
        period(code)


def test_only_periods_that_have_begun_are_offered() -> None:
    day = date(2026, 6, 20)
    assert all(one.first <= day for one in offered(day))
    assert current(day).code == "2026-07"


@pytest.fixture(scope="module")
def quarter(kept: None) -> City:
    """Three directives of March: one done on time, one late, one overdue at the end of the second quarter."""
    made = City()
    with at(date(2026, 3, 20)):
        extraction = read(document(made.office, made.clerk))
        for words, lead in (("bố trí", made.finance), ("rà soát", made.finance), ("xây dựng", made.home)):
            waiting = proposal(extraction, words, lead, due_on=date(2026, 5, 15))
            proposals.accept(waiting, version=0, by=made.officer)
        first, second, _third = assign(extraction, by=made.head)
    for directive, day in ((first, date(2026, 5, 4)), (second, date(2026, 6, 1))):
        with at(day):
            work.report(directive, by=made.worker, text="Xong", percent=100, done=True)
    return made


@pytest.fixture
def city(quarter: City, put_back: None) -> City:
    return deepcopy(quarter)


def test_the_text_says_what_the_figures_show(city: City) -> None:
    state = state_of_directives(Directive.objects.all(), period("2026-Q2"), None, date(2026, 7, 1))
    whole = state.whole
    assert (whole.total, whole.assigned, whole.done, whole.done_late, whole.in_time, whole.overdue) == (
        3,
        3,
        1,
        1,
        0,
        1,
    )
    assert whole.total == whole.done + whole.done_late + whole.in_time + whole.overdue
    text = " ".join(sentences(state))
    assert "phải thực hiện 3 nhiệm vụ" in text
    assert "1 đúng hạn (50,0%)" in text
    assert "Sở Nội vụ (1)" in text


def test_a_report_of_one_unit_counts_only_it(city: City) -> None:
    state = state_of_directives(Directive.objects.all(), period("2026-Q2"), city.home, date(2026, 7, 1))
    assert [row.name for row in state.rows] == ["Sở Nội vụ"]
    assert state.whole.overdue == 1
    assert state.late[0].lead == city.home


def test_where_few_are_counted_the_axis_of_the_chart_names_whole_ones_only(city: City) -> None:
    state = state_of_directives(Directive.objects.all(), period("2026-Q2"), city.finance, date(2026, 7, 1))
    assert state.whole.total == 2
    assert re.findall(r">(\d+)</text>", svg(chart(state))) == ["0", "1", "2"]


def test_a_period_that_is_not_over_is_counted_to_today(city: City) -> None:
    state = state_of_directives(Directive.objects.all(), period("2026-Q2"), None, date(2026, 5, 10))
    assert state.as_of == date(2026, 5, 10)
    assert (state.whole.done, state.whole.in_time, state.whole.overdue) == (1, 2, 0)


def test_an_empty_period_says_so(city: City) -> None:
    state = state_of_directives(Directive.objects.all(), period("2025-Q3"), None, date(2026, 7, 1))
    assert "không có nhiệm vụ nào" in sentences(state)[0]


def test_the_page_word_and_sheet(city: City) -> None:
    client = Client()
    client.force_login(city.head)
    with at(date(2026, 7, 1)):
        shown = client.get(reverse("documents:report-directives"), {"period": "2026-Q2"}).content.decode()
        assert "Quý II năm 2026" in shown
        assert "phải thực hiện 3 nhiệm vụ" in shown
        assert client.get(reverse("documents:report-directives"), {"period": "x"}).status_code == 200
        word = client.get(reverse("documents:report-directives-word"), {"period": "2026-Q2"})
        sheet = client.get(reverse("documents:report-directives-excel"), {"period": "2026-Q2"}).content
    table, each = (CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(n).to_python() for n in (0, 1))
    assert table[-1][:2] == ["Tổng cộng", 3]
    assert sorted(row[-1] for row in each[4:]) == ["Hoàn thành muộn", "Hoàn thành đúng hạn", "Quá hạn"]
    assert all(isinstance(row[3], date) for row in each[4:])
    paper = Word(io.BytesIO(word.content))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "TÌNH HÌNH CHUNG" in text
    assert "phải thực hiện 3 nhiệm vụ" in text
    assert len(paper.inline_shapes) == 1
    assert "Tình hình thực hiện nhiệm vụ được giao, quý II năm\xa02026" in text, "its last two words stay together"
    head = [cell.text for row in paper.tables[1].rows for cell in row.cells]
    assert "BC-" in head[0]
    assert paper.tables[-1].rows[0].cells[0].text.count("VT") == 1


def test_a_paper_is_vietnamese_and_the_page_english_for_who_reads_english(city: City) -> None:
    User.objects.filter(pk=city.head.pk).update(language="en")
    client, asked = Client(), {"period": "2026-Q2"}
    client.force_login(User.objects.get(pk=city.head.pk))
    with at(date(2026, 7, 1)):
        shown = client.get(reverse("documents:report-directives"), asked).content.decode()
        word = Word(io.BytesIO(client.get(reverse("documents:report-directives-word"), asked).content))
    assert '<article class="report-paper">' in shown, "no other language than the page's own"
    assert all(words in shown for words in ("1 on time (50,0%)", '"Done late"', '<th scope="row">Total</th>'))
    assert "Hoàn thành muộn" not in shown
    counted = next(table for table in word.tables if len(table.columns) == 7)
    assert [row.cells[0].text for row in counted.rows] == ["Đơn vị", "Sở Nội vụ", "Sở Tài chính", "Tổng cộng"]


def test_a_stranger_counts_nothing(city: City) -> None:
    client = Client()
    client.force_login(person("Chuyên Gia", "expert", city.home))
    with at(date(2026, 7, 1)):
        shown = client.get(reverse("documents:report-directives"), {"period": "2026-Q2"}).content.decode()
    assert "không có nhiệm vụ nào" in shown


def test_the_command_writes_the_file(city: City, tmp_path: Path) -> None:
    file = tmp_path / "bao-cao.docx"
    with at(date(2026, 7, 1)):
        call_command("report", "directives", "--unit", "so noi vu", "--period", "2026-Q2", "-o", str(file))
    assert any("Sở Nội vụ" in paragraph.text for paragraph in Word(str(file)).paragraphs)
    for wrong in (
        ["--unit", "không có"],
        ["--period", "x"],
        ["-o", str(tmp_path / "a.pdf")],
        ["-o", "/khong/co/a.docx"],
    ):
        options = {"--unit": "", "--period": "2026-Q2", "-o": str(file), wrong[0]: wrong[1]}
        with pytest.raises(Refused):
            call_command("report", "directives", *[word for pair in options.items() for word in pair])


def test_a_deadline_granted_later_does_not_change_a_period_that_is_over(city: City) -> None:
    quarter, after = period("2026-Q2"), date(2026, 7, 1)
    before = state_of_directives(Directive.objects.all(), quarter, None, after)
    overdue = Directive.objects.get(lead=city.home)
    with at(after):
        for days in (10, 40):
            set_due(work.case_of(overdue), after + timedelta(days), by=city.head, reason="Chờ hướng dẫn của Bộ")
            follow(work.case_of(overdue), by=city.head, data={})
    overdue.refresh_from_db()
    assert overdue.due_on == after + timedelta(40)
    again = state_of_directives(Directive.objects.all(), quarter, None, after)
    assert (again.whole, again.rows, again.extended) == (before.whole, before.rows, 0)
    assert [one.due_then for one in again.late] == [date(2026, 5, 15)]  # type: ignore[attr-defined]
    now = state_of_directives(Directive.objects.all(), period("2026-Q3"), None, date(2026, 7, 5))
    assert (now.whole.in_time, now.whole.overdue, now.extended) == (1, 0, 1)


def test_a_deadline_granted_on_the_last_day_counts(city: City) -> None:
    quarter = period("2026-Q2")
    overdue = Directive.objects.get(lead=city.home)
    with at(quarter.last):
        set_due(work.case_of(overdue), quarter.last + timedelta(9), by=city.head, reason="Chờ hướng dẫn")
        follow(work.case_of(overdue), by=city.head, data={})
    state = state_of_directives(Directive.objects.all(), quarter, None, date(2026, 7, 10))
    assert (state.whole.in_time, state.whole.overdue, state.extended) == (1, 0, 1)
