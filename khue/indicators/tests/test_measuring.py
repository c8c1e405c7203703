"""Figures that the system counts: filled in, explained by the very records, never over what a person wrote."""

from datetime import date
from decimal import Decimal

import pytest

from khue.core.actors import CALENDAR
from khue.core.clock import at
from khue.directory.models import Unit
from khue.indicators import measures
from khue.indicators.actions import cycles, reporting
from khue.indicators.actions.measuring import refresh
from khue.indicators.actions.reporting import Entry
from khue.indicators.measures import Measure, of_rows
from khue.indicators.models import Cycle, Observation
from khue.indicators.rules.sheet import sheet_of
from khue.indicators.tests.province import Province

pytestmark = pytest.mark.usefixtures("put_back")
IN_TIME = date(2025, 9, 16)


def test_what_is_counted_can_be_listed_and_parts_of_a_unit_count_for_it(here: Province) -> None:
    """Units stand in for records here: each belongs to the unit above it."""
    village = Unit.objects.create(
        name="Thôn Một", kind="division", parent=here.communes[0], valid_from=date(2025, 7, 1)
    )
    for number in range(2):
        Unit.objects.create(name=f"Tổ {number}", kind="division", parent=village, valid_from=date(2025, 8, number + 1))

    def begun(span):
        return Unit.objects.filter(valid_from__range=(span.first, span.last), kind="division")

    measure = of_rows("Đơn vị mới", begun, unit="parent", columns=(("Tên", lambda unit: unit.name),))
    period = here.cycle().period
    units = [unit.pk for unit in here.communes]
    assert measure.count(period, units) == {here.communes[0].pk: 3}
    assert len(list(measure.records(period, here.communes[0].pk).rows)) == 3
    assert measure.count(period, [*units, village.pk]) == {here.communes[0].pk: 1, village.pk: 2}


def test_the_same_measure_twice_is_a_mistake() -> None:
    there = measures.named("needs.sent")
    assert isinstance(there, Measure)
    with pytest.raises(ValueError, match="twice"):
        measures.register("needs.sent", there)
    assert {"needs.answered", "missions.accepted", "directives.on_time"} <= measures.names()


def test_filled_in_when_asked_and_again_until_sent(here: Province) -> None:
    with at(IN_TIME):
        report = here.report(here.cycle())
        line = next(one for one in sheet_of(report).lines if one.version.measure == "needs.sent")
        assert line.observation is not None
        assert line.value == 0
        assert line.observation.author is None
        Observation.objects.filter(pk=line.observation.pk).update(value=9)
        assert refresh([report], by=CALENDAR) == 1
        assert Observation.objects.get(pk=line.observation.pk).value == 0
        mine = Entry("needs_sent", Decimal(4), override="Gửi bản giấy", seen=line.observation.revision + 1)
        reporting.save_draft(report, [mine], by=here.officer)
        assert refresh([report], by=CALENDAR) == 0
        assert Observation.objects.get(pk=line.observation.pk).value == 4


def test_the_calendar_calls_for_periods_that_ended_once(here: Province) -> None:
    with at(IN_TIME):
        opened = cycles.open_due()
        assert {cycle.period.code for cycle in opened} == {"2025-Q3"}
        assert cycles.open_due() == []
    with at(date(2025, 12, 15)):
        cycles.open_due()
    codes = set(Cycle.objects.values_list("report_set__code", "period__code"))
    assert {("ke-hoach-345-city-year", "2025"), ("07-ctr-tu-city-quarter", "2025-Q4")} <= codes
