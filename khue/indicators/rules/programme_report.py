"""What a periodic report on a programme stands on: how every target stood when the period ended, and who reported."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from khue.directory.models import Unit
from khue.indicators.models import COUNTED, Period, Programme, UnitReport
from khue.indicators.rules.progress import Dot, Standing, standings
from khue.indicators.rules.reading import UnitFigure, by_unit
from khue.indicators.rules.series import Point, series

COLUMNS = 3
"""Indicators beside each other in the table of units; more cannot be read on an upright page."""
PERIODS = 4
"""Periods beside each other in the table of a unit without units below it."""
BACK = 2
"""Years drawn before the one of the report."""


@dataclass(frozen=True, slots=True)
class Called:
    """A set of figures that was called for in the period: `reported` of `asked` units sent it."""

    label: str
    asked: int
    reported: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit's own figures, in the order of the columns, and the state of its report."""

    unit: Unit
    state: str
    values: list[Decimal | None]


@dataclass(frozen=True, slots=True)
class ProgrammeReport:
    """The figures of one report, all of them as they stood on the last day of the period."""

    programme: Programme
    unit: Unit
    period: Period
    rows: list[Standing]
    called: list[Called]
    columns: list[Standing]
    """Of the table of units; empty where the unit has none below it that report."""
    units: list[UnitRow]
    drawn: Standing | None
    points: list[Point]
    """The course of `drawn`."""

    @property
    def figures(self) -> int:
        """Indicators of which there is a figure of the very period."""
        return sum(one.newest_period is not None and one.newest_period.last == self.period.last for one in self.rows)


def report_of(programme: Programme, unit: Unit, period: Period) -> ProgrammeReport:
    """The report on `programme` for `unit` with all below it, on `period`."""
    rows = standings(programme, unit, period.year, until=period.last)
    columns = _columns(rows)
    units = _units(columns, unit)
    if all(one.unit == unit for one in units):
        columns, units = [], []
    drawn = _drawn(rows)
    points = series(drawn.indicator, unit, since=period.year - BACK) if drawn else []
    known = [one for one in points if one.period.last <= period.last]
    return ProgrammeReport(
        programme, unit, period, rows, _called(programme, unit, period), columns, units, drawn, known
    )


def best_programme(unit: Unit, period: Period) -> ProgrammeReport | None:
    """The report on the programme that has most figures of the period; None while there is no programme."""
    found = [report_of(one, unit, period) for one in Programme.objects.order_by("code")]
    return max(found, key=lambda one: one.figures, default=None)


def _called(programme: Programme, unit: Unit, period: Period) -> list[Called]:
    """Per set: one query."""
    below = Unit.objects.within([unit.pk]).values("pk")
    rows = UnitReport.objects.filter(cycle__period=period, cycle__report_set__programme=programme, unit__in=below)
    sent = Count("pk", filter=Q(state__in=COUNTED))
    counted = rows.values("cycle__report_set__label").annotate(asked=Count("pk"), sent=sent)
    ordered = counted.order_by("cycle__report_set__code")
    return [Called(row["cycle__report_set__label"], row["asked"], row["sent"]) for row in ordered]


def _columns(rows: list[Standing]) -> list[Standing]:
    """The figures that most units give, all of one period."""
    known = [one for one in rows if one.newest is not None]
    known.sort(key=lambda one: -(one.newest.units if one.newest else 0))
    return [one for one in known if one.newest_period == known[0].newest_period][:COLUMNS]


def _units(columns: list[Standing], unit: Unit) -> list[UnitRow]:
    found: dict[int, list[UnitFigure | None]] = {}
    units: dict[int, Unit] = {}
    for place, one in enumerate(columns):
        for figure in by_unit(one.indicator, one.newest_period, below=unit) if one.newest_period else []:
            units[figure.unit.pk] = figure.unit
            found.setdefault(figure.unit.pk, [None] * len(columns))[place] = figure
    rows = [
        UnitRow(units[pk], next((one.state for one in row if one), ""), [one.value if one else None for one in row])
        for pk, row in found.items()
    ]
    return sorted(rows, key=lambda row: row.unit.sort_name)


def _drawn(rows: list[Standing]) -> Standing | None:
    """The first indicator that has a course, one with a target before others."""
    with_course = [one for one in rows if sum(dot.value is not None for dot in one.dots) > 1]
    judged = [one for one in with_course if one.light.state]
    return next(iter(judged or with_course), None)


@dataclass(frozen=True, slots=True)
class Step:
    """The newest figure and the one of the period before; both as they are printed, so that they can be subtracted."""

    now: Decimal
    before: Decimal | None
    """None where there is none, or other units gave it."""
    period: Period
    period_before: Period | None
    breaks: bool

    @property
    def change(self) -> Decimal | None:
        """By how much it grew; negative where it fell."""
        return None if self.before is None else self.now - self.before


def step_of(row: Standing) -> Step | None:
    """The newest figure of the year against the period before it; None without a figure."""
    places = [n for n, dot in enumerate(row.dots) if dot.period == row.newest_period and dot.value is not None]
    if not places or row.newest_period is None:
        return None
    now, before = row.dots[places[-1]], row.dots[places[-1] - 1] if places[-1] else None
    value, there = printed(now, row), printed(before, row) if before is not None and not now.breaks else None
    return Step(value, there, now.period, before.period if before else None, now.breaks) if value is not None else None


def printed(dot: Dot, row: Standing) -> Decimal | None:
    """A figure of the course, rounded as its indicator is reported."""
    return None if dot.value is None else round(dot.value, row.version.decimals)


def last_periods(rows: list[Standing]) -> list[Period]:
    """The newest periods of the kind that most indicators are reported in, oldest first."""
    courses = Counter(tuple(dot.period for dot in one.dots[-PERIODS:]) for one in rows if one.dots)
    return list(courses.most_common(1)[0][0]) if courses else []
