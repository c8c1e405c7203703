"""Programme and indicator pages: targets with lights, courses with breaks, what would close a gap."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from khue.accounts.models import User
from khue.core.actors import IMPORTER
from khue.core.clock import at
from khue.indicators.actions.bringing import Figure, bring, needed
from khue.indicators.actions.periods import named
from khue.indicators.actions.taking_over import Past, take_over
from khue.indicators.models import Indicator, Observation, Programme, Target, UnitReport
from khue.indicators.rules.progress import standings
from khue.indicators.rules.ranking import ranked
from khue.indicators.tests.province import Province, province

pytestmark = pytest.mark.usefixtures("put_back")
CODE = "07-ctr-tu"
DAY = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with at(DAY):
        yield


@pytest.fixture(scope="module")
def built(kept: None) -> Province:
    """Three communes with figures of three quarters; 10, 20 and 60 models in the newest."""
    with at(DAY):
        made = province()
        for code in ("2025-Q3", "2025-Q4", "2026-Q1"):
            period = named(code)
            figures = [
                Figure(period.pk, number(name), unit.pk, Decimal(value))
                for name in ("initiatives_recognised", "models_applied")
                for unit, value in zip(made.communes, (10, 20, 60), strict=True)
            ]
            needed(figures, bring(figures, by=IMPORTER))
    return made


def number(code: str) -> int:
    return Indicator.objects.get(code=code).pk


def promise(code: str, value: int, year: int = 2026) -> Target:
    return Target.objects.create(indicator_id=number(code), year=year, value=Decimal(value))


def get(user: User, url: str) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_sums_targets_and_lights_of_the_city(here: Province) -> None:
    promise("initiatives_recognised", 300)
    promise("models_applied", 80)
    rows = {one.indicator.code: one for one in standings(Programme.objects.get(code=CODE), here.city, 2026)}
    recognised, models = rows["initiatives_recognised"], rows["models_applied"]
    assert (recognised.value, recognised.light.state) == (Decimal(90), "on-time")
    assert recognised.forecast is not None
    assert recognised.forecast.value == Decimal(360)
    assert (models.value, models.light.state) == (Decimal(90), "done")
    page = get(here.chief, reverse("indicators:programme", args=[CODE]) + "?year=2025")
    assert "07-CTr/TU" in page


def test_a_day_in_the_address_counts_only_what_had_ended_by_then(here: Province) -> None:
    promise("models_applied", 100, year=2025)
    address = reverse("indicators:programme", args=[CODE])
    whole, third = (get(here.chief, f"{address}?until={day}") for day in ("2025-12-31", "2025-09-14"))
    assert ("<strong>180</strong>" in whole, "<strong>180</strong>" in third) == (True, False)
    assert "<strong>90</strong>" in third
    assert "14/09/2025" in third
    assert 'value="2025-09-14" selected' in third
    assert "until=2025-09-14&amp;light=good" in third, "the day stays in the addresses of the page"
    assert "period=2025-Q3" in third, "and the report is that of the period"
    assert "05/09/2025" in get(here.chief, f"{address}?until=2025-09-05"), "any day may be asked for"
    assert 'value="2025-12-31" selected' in get(here.chief, f"{address}?until=hôm qua"), "no day: everything so far"


def test_a_commune_reads_its_own_figures_and_no_others(here: Province) -> None:
    page = get(here.officer, reverse("indicators:indicator", args=["models_applied"]))
    assert "An Bình" in page
    assert "Bắc Sơn" not in page
    client = Client()
    client.force_login(here.officer)
    url = reverse("indicators:indicator", args=["models_applied"])
    assert client.get(f"{url}?unit={here.communes[1].pk}").status_code == 404
    assert client.get(f"{url}?unit={here.city.pk}").status_code == 404


def test_units_are_ranked_and_those_that_would_close_the_gap_are_named(here: Province) -> None:
    promise("initiatives_recognised", 365)
    page = get(here.chief, reverse("indicators:indicator", args=["initiatives_recognised"]))
    assert "Bù phần còn thiếu" in page
    assert page.index("Xã Cẩm Hà") < page.rindex("Xã An Bình")
    parts = re.findall(r'class="chip" href="#([a-z-]+)"', page)
    assert parts == ["course-chart", "gap", "units", "periods", "meaning"]
    assert [f'id="{part}"' in page for part in parts] == [True] * 5, "each leads to a part of the page"
    told = page.partition('class="tiles"')[2].partition('class="page-parts"')[0]
    assert [word in told for word in ("90", "ít nhất 365", "360", "chậm")] == [True] * 4, "the first screen says it"


def test_the_figure_of_a_formula_that_would_close_the_gap_is_named(here: Province) -> None:
    period = named("2026-Q1")
    figures = [
        Figure(period.pk, number("initiatives_submitted"), unit.pk, Decimal(value))
        for unit, value in zip(here.communes, (20, 40, 90), strict=True)
    ]
    needed(figures, bring(figures, by=IMPORTER))
    promise("initiatives_share", 80)
    page = get(here.chief, reverse("indicators:indicator", args=["initiatives_share"]))
    row = page[page.index('id="gap"') :].partition("</tbody>")[0]
    assert [word in row for word in ("được công nhận", ">90<", ">120<", ">+30<", "đề nghị công nhận")] == [True] * 4 + [
        False
    ]


def test_pictures_and_sheets(here: Province) -> None:
    client = Client()
    client.force_login(here.chief)
    for kind, start in (("png", b"\x89PNG"), ("svg", b"<svg")):
        answer = client.get(reverse("indicators:indicator-picture", args=["models_applied", kind]))
        assert answer.content.startswith(start)
    period, models = named("2026-Q1"), number("models_applied")
    Observation.objects.filter(period=period, indicator=models).update(value=Decimal(125_000))
    ranks = {one.place for one in ranked(Indicator.objects.get(pk=models), period, below=here.city)}
    assert ranks == {1}, "equal figures share their place"
    for code, told in (("models_applied", True), ("initiatives_recognised", False)):
        promise(code, 300)
        course = client.get(reverse("indicators:indicator-picture", args=[code, "svg"])).content.decode()
        assert ("số giao năm 2026" in course) is told, "a quarter is not held against the sum of a year"
    drawn = client.get(reverse("indicators:indicator-picture", args=["models_applied", "svg"])).content.decode()
    assert ">300.000<" in drawn, "thousands are parted as people here do"
    assert "300,000" not in drawn
    assert client.get(reverse("indicators:indicator-picture", args=["models_applied", "exe"])).status_code == 404
    assert client.get(reverse("indicators:indicator-excel", args=["models_applied"])).status_code == 200
    assert client.get(reverse("indicators:programme-excel", args=[CODE])).status_code == 200


def test_empty_pages_and_definitions(here: Province) -> None:
    for name, code in (("programme", "ke-hoach-345"), ("definitions", "ke-hoach-345"), ("definitions", CODE)):
        assert get(here.chief, reverse(f"indicators:{name}", args=[code]))
    assert "trên 50 %" in get(here.chief, reverse("indicators:definitions", args=["ke-hoach-345"]))
    assert "07-CTr/TU" in get(here.officer, reverse("indicators:programmes"))


def test_reports_sent_before_the_system_came_are_taken_over(here: Province) -> None:
    cycle = here.cycle("2025-Q4")
    figures = [Figure(cycle.period_id, number("ocop_products"), here.communes[0].pk, Decimal(12))]
    take_over(cycle, [Past(here.communes[0].pk, date(2025, 12, 30), figures)], by=IMPORTER)
    report = UnitReport.objects.get(cycle=cycle, unit=here.communes[0])
    assert (report.state, report.late) == ("approved", True)
    again = take_over(cycle, [Past(here.communes[0].pk, date(2025, 12, 20), figures)], by=IMPORTER)
    assert again.total == 0
