"""The periodic report of a programme: what it says is what the figures show."""

import io
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from docx import Document as Word
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from khue.core.actors import IMPORTER
from khue.core.clock import at
from khue.core.refusals import Refused
from khue.directory.models import Unit
from khue.indicators.actions.bringing import Figure, bring, needed
from khue.indicators.actions.periods import named
from khue.indicators.composing.ground import Called, Ground
from khue.indicators.composing.making import make
from khue.indicators.composing.shelf import templates_on
from khue.indicators.composing.values import Made, Template
from khue.indicators.models import Indicator, IndicatorVersion, Period, Programme, ReportSet, Target
from khue.indicators.rules.forecast import Forecast
from khue.indicators.rules.lights import light_of
from khue.indicators.rules.progress import Dot, Standing
from khue.indicators.rules.reading import Figure as Sum
from khue.indicators.rules.steps import step_of
from khue.indicators.tests.province import Province, province

CODE = "07-ctr-tu"
NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")
FIRST = Period(pk=1, code="2025-Q4", label="Quý trước", kind="quarter", year=2025, number=4, last=date(2025, 12, 14))
SECOND = Period(pk=2, code="2026-Q1", label="Quý này", kind="quarter", year=2026, number=1, last=date(2026, 3, 14))
values = st.decimals(-10_000_000, 10_000_000, places=4)


@st.composite
def rows(draw: st.DrawFn) -> Standing:
    """One indicator with any figures, known or not."""
    version = IndicatorVersion(name="Tên", unit_of_measure=draw(st.sampled_from(["%", "đơn"])))
    version.decimals = draw(st.integers(0, 3))
    now, before = draw(st.none() | values), draw(st.none() | values)
    target = Target(year=2026, value=draw(values), bound="least") if draw(st.booleans()) else None
    forecast = Forecast(draw(values), None, None, "") if draw(st.booleans()) and now is not None else None
    asked = draw(st.none() | st.integers(1, 900))
    newest = None if now is None else Sum(now, "", draw(st.integers(1, 900)), 0, asked)
    return Standing(
        Indicator(name="Tên"), version, target, now, "", newest, SECOND if newest else None, forecast,
        light_of(target, now, forecast, over=False), [Dot(FIRST, before, False), Dot(SECOND, now, draw(st.booleans()))],
    )  # fmt: skip


class Known(Ground):
    """A ground with figures that were never in a table."""

    def __init__(self, rows: list[Standing], called: list[Called]) -> None:
        programme = Programme(title="Chương trình thử", number="CTr", kind="policy", code="thu")
        super().__init__([programme], Unit(pk=1, name="Thành phố Thử"), SECOND)
        self.__dict__.update(rows=rows, called=called, has_units=False, drawn=None)


def template() -> Template:
    return templates_on(date(2026, 7, 1))["programme-of-city"]


def made(ground: Ground) -> dict[str, Made]:
    blocks = (
        template().blocks
        if not isinstance(ground, Known)
        else (one for one in template().blocks if one.kind == "paragraph")
    )
    return {one.name: one for one in make(replace(template(), blocks=tuple(blocks)), ground)}


def numbers_in(text: str) -> set[Decimal]:
    return {Decimal(one.rstrip(".").replace(".", "").replace(",", ".")) for one in NUMBER.findall(text)}


@given(rows())
@settings(max_examples=100, deadline=None)
def test_words_agree_with_the_sign_and_every_number_is_a_figure(row: Standing) -> None:
    block = made(Known([row], []))["results"]
    if row.value is None:
        assert block.text == ""
        return
    text, digits = block.text.lower(), row.version.decimals
    there = [one.value for one in (*row.dots, row.target, row.forecast) if one is not None and one.value is not None]
    known = {abs(round(one, digits)) for one in there} | {Decimal(2026)}
    known |= {abs(row.target.value)} if row.target else set()
    known |= {Decimal(row.newest.units), Decimal(row.newest.asked or 0)} if row.newest else set()
    now, before = row.dots[1].value, row.dots[0].value
    compared = now is not None and before is not None and not row.dots[1].breaks
    change = round(now, digits) - round(before, digits) if compared and now is not None and before is not None else None
    assert ("tăng" in text, "giảm" in text) == (change is not None and change > 0, change is not None and change < 0)
    assert ("so với" in text) is bool(change)
    assert ("bằng quý trước" in text) is (change == 0 and round(now or 0, digits) != 0)
    assert numbers_in(text) <= known | ({abs(change)} if change is not None else set()), text


@given(rows())
@settings(max_examples=50, deadline=None)
def test_every_number_leads_to_where_it_comes_from(row: Standing) -> None:
    block = made(Known([row], []))["results"]
    covered = {place for first, last, _source in block.tokens for place in range(first, last)}
    loose = [one[0] for one in NUMBER.finditer(block.text) if one.start() not in covered]
    assert set(loose) <= {"2026"}, block.text
    assert all(source["kind"] and source["how"] for _first, _last, source in block.tokens)


@given(st.lists(rows(), min_size=1, max_size=6), st.integers(0, 300), st.integers(1, 300))
@settings(max_examples=40, deadline=None)
def test_the_counts_add_up(found: list[Standing], reported: int, asked: int) -> None:
    reported = min(reported, asked)
    called = [Called(ReportSet(label="Biểu quý", code="x"), asked, reported)]
    blocks = made(Known(found, called))
    judged = [one for one in found if one.light.state]
    if judged:
        told = blocks["general"].text.split(f"năm {SECOND.year}:")[1]
        counts = [int(one) for one in re.findall(r"(\d+) (?!chỉ tiêu)", told)]
        assert sum(counts) == len(judged) or (len(judged) == 1 and not counts)
    alone = "đã báo cáo." if reported else "chưa báo cáo."
    many = f"{reported} trên {asked} đơn vị đã báo cáo."
    many = f"cả {asked} đơn vị đã báo cáo." if reported == asked else many
    many = many if reported else f"chưa có đơn vị nào trong {asked} đơn vị báo cáo."
    wanted = f"Quý này: {alone}".lower() if asked == 1 else many
    assert wanted in blocks["reported"].text


@pytest.fixture
def day() -> Iterator[None]:
    with at(date(2026, 7, 1)):
        yield


@pytest.fixture(scope="module")
def world(kept: None) -> Province:
    """Three communes: 90 models in a quarter, 96 in the next, then 50."""
    with at(date(2026, 7, 1)):
        made = province()
        numbers = dict(Indicator.objects.values_list("code", "pk"))
        for code, more in (("2025-Q4", 0), ("2026-Q1", 2), ("2026-Q2", -20)):
            period = named(code)
            figures = [
                Figure(period.pk, numbers[name], unit.pk, Decimal(value + max(more, 5 - value)))
                for name in ("initiatives_recognised", "models_applied")
                for unit, value in zip(made.communes, (10, 20, 60), strict=True)
            ]
            needed(figures, bring(figures, by=IMPORTER))
        Target.objects.create(indicator_id=numbers["models_applied"], year=2026, value=Decimal(80))
        return made


@pytest.fixture
def here(world: Province, put_back: None, day: None) -> Province:
    return deepcopy(world)


def test_a_report_stands_as_its_period_ended(here: Province) -> None:
    programme = Programme.objects.get(code=CODE)
    first, second = (Ground([programme], here.city, named(code)) for code in ("2026-Q1", "2026-Q2"))
    then, now = (next(row for row in one.rows if row.indicator.code == "models_applied") for one in (first, second))
    assert (then.value, now.value) == (Decimal(96), Decimal(50))
    assert then.light.state == "done"
    steps = step_of(then), step_of(now)
    assert [one.change for one in steps if one] == [Decimal(6), Decimal(-46)]
    earlier, later = made(first), made(second)
    assert "Tăng 6 mô hình so với quý IV năm 2025 (90)" in earlier["results"].text
    assert "Giảm 46 mô hình so với quý I năm 2026 (96)" in later["results"].text
    assert [row[0]["text"] for row in later["units"].data["rows"]] == [one.name for one in here.communes]
    unknown = sum(row.value is None for row in second.rows)
    assert later["unknown"].text.startswith(f"Chưa có số liệu của {unknown} chỉ tiêu: ")


def test_the_page_gives_word_and_excel_to_those_who_read_the_figures(here: Province) -> None:
    client = Client()
    client.force_login(here.chief)
    page = client.get(reverse("indicators:programme", args=[CODE]) + "?year=2026").content.decode()
    assert "Báo cáo (Word)" in page
    url = reverse("indicators:programme-report", args=[CODE, "docx"])
    assert "2025-Q4.docx" in client.get(url)["Content-Disposition"], "the last period of the programme's last year"
    paper = Word(io.BytesIO(client.get(f"{url}?period=2026-Q2").content))
    text = "\n".join(one.text for one in paper.paragraphs)
    assert "quý II năm 2026" in text
    assert len(paper.inline_shapes) == 2
    assert any("Xã Cẩm Hà" in cell.text for table in paper.tables for cell in table.columns[0].cells)
    sheet = client.get(url.replace("docx", "xlsx") + "?period=2026-Q1").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(sheet))
    assert any(96 in row for row in book.get_sheet_by_index(0).to_python())
    for wrong in (f"{url}?period=2026-Q9", url.replace("docx", "pdf")):
        assert client.get(wrong).status_code == 404
    client.force_login(here.officer)
    assert client.get(f"{url}?year=2026").status_code == 200
    assert client.get(f"{url}?year=2026&unit={here.city.pk}").status_code == 404


def test_the_command_writes_the_report_of_the_city_and_of_one_unit(here: Province, tmp_path: Path) -> None:
    for unit, wanted in (("", "Sở Khoa học và Công nghệ"), ("xã bắc sơn", "Xã Bắc Sơn")):
        file = tmp_path / "bao-cao.docx"
        call_command("report", "programme", "--unit", unit, "--period", "2026-Q2", "-o", str(file))
        paper = Word(str(file))
        assert wanted.upper() in paper.tables[0].rows[0].cells[0].text
        assert any("07-CTr/TU" in one.text for one in paper.paragraphs)
    call_command(
        "report", "programme", "--period", "2026", "--programme", "ke-hoach-345", "-o", str(tmp_path / "a.xlsx")
    )
    for name, period in (("department-work", "2026-Q2"), ("pii-evidence", "2025"), ("statistics-year", "2025-TK")):
        call_command("report", name, "--period", period, "-o", str(file))
        assert "SỞ KHOA HỌC VÀ CÔNG NGHỆ" in Word(str(file)).tables[0].rows[0].cells[0].text
    with pytest.raises(Refused, match="Quý II năm 2026"):
        call_command("report", "pii-evidence", "--period", "2026-Q2", "-o", str(file))
    with pytest.raises(Refused, match="07-ctr-tu"):
        call_command("report", "programme", "--period", "2026", "--programme", "x", "-o", str(file))
