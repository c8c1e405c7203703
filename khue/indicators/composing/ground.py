"""The figures that a report stands on, as they stood when its period ended; what no block asks for is not read."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, Q

from khue.directory.models import Unit
from khue.indicators.models import COUNTED, Period, Programme, ReportSet, UnitReport
from khue.indicators.rules.progress import Standing, standings
from khue.indicators.rules.reading import UnitFigure, by_unit
from khue.indicators.rules.series import Point, series

BACK = 2
"""Years drawn before the one of the report."""


@dataclass(frozen=True, slots=True)
class Called:
    """A set of figures that was called for in the period: `reported` of `asked` units sent it."""

    report_set: ReportSet
    asked: int
    reported: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit's own figures by the number of the indicator, and the state of its report."""

    unit: Unit
    state: str
    values: dict[int, Decimal | None]


class Ground:
    """What is known of `programmes` for `unit` with all below it, in `period`."""

    def __init__(
        self, programmes: Sequence[Programme], unit: Unit, period: Period, sets: Sequence[str] = (), *,
        whose: Unit | None = None,
    ) -> None:  # fmt: skip
        self.programmes = list(programmes)
        self.unit = unit
        self.whose = whose or unit
        """Whose figures of programmes are told: the unit's that reports, or those of the whole city."""
        self.period = period
        self.sets = frozenset(sets)

    @property
    def programme(self) -> Programme | None:
        """The one that the report is about, where it is about one."""
        return self.programmes[0] if self.programmes else None

    @cached_property
    def rows(self) -> list[Standing]:
        """Every indicator, in the order of its programme."""
        found = [
            row
            for one in self.programmes
            for row in standings(one, self.whose, self.period.year, until=self.period.last)
        ]
        return [row for row in found if not self.sets or self._of_set(row)]

    def _of_set(self, row: Standing) -> bool:
        return row.indicator.report_set is not None and row.indicator.report_set.code in self.sets

    @property
    def figures(self) -> int:
        """Indicators of which there is a figure of the very period."""
        return sum(one.newest_period is not None and one.newest_period.last == self.period.last for one in self.rows)

    def row(self, code: str) -> Standing | None:
        """How the indicator of that code stands."""
        return next((one for one in self.rows if one.indicator.code == code), None)

    @cached_property
    def called(self) -> list[Called]:
        """Per set: two queries."""
        below = Unit.objects.within([self.whose.pk]).values("pk")
        rows = UnitReport.objects.filter(cycle__period=self.period, unit__in=below)
        rows = rows.filter(cycle__report_set__programme__in=self.programmes)
        if self.sets:
            rows = rows.filter(cycle__report_set__code__in=self.sets)
        sent = Count("pk", filter=Q(state__in=COUNTED))
        counted = rows.values("cycle__report_set").annotate(asked=Count("pk"), sent=sent)
        sets = ReportSet.objects.in_bulk([row["cycle__report_set"] for row in counted])
        found = [Called(sets[row["cycle__report_set"]], row["asked"], row["sent"]) for row in counted]
        return sorted(found, key=lambda one: one.report_set.code)

    @cached_property
    def known(self) -> list[Standing]:
        """The indicators with a newest figure, those that most units give first, all of one period."""
        known = sorted(
            (one for one in self.rows if one.newest), key=lambda one: -(one.newest.units if one.newest else 0)
        )
        return [one for one in known if one.newest_period == known[0].newest_period]

    def columns(self, most: int, only: Sequence[str] = ()) -> list[Standing]:
        """Indicators that stand beside each other in a table of units."""
        if only:
            return [one for code in only if (one := self.row(code)) is not None][:most]
        return self.known[:most]

    def units(self, columns: Sequence[Standing]) -> list[UnitRow]:
        """The units below that gave these figures, or were asked; empty where there is only the unit itself."""
        found: dict[int, dict[int, UnitFigure]] = {}
        units: dict[int, Unit] = {}
        for one in columns:
            period = one.newest_period
            for figure in by_unit(one.indicator, period, below=self.whose) if period else []:
                units[figure.unit.pk] = figure.unit
                found.setdefault(figure.unit.pk, {})[one.indicator.pk] = figure
        if set(units) <= {self.whose.pk}:
            return []
        rows = [
            UnitRow(
                units[pk], next((one.state for one in row.values()), ""), {key: one.value for key, one in row.items()}
            )
            for pk, row in found.items()
        ]
        return sorted(rows, key=lambda row: row.unit.sort_name)

    @cached_property
    def has_units(self) -> bool:
        """Whether units below gave figures."""
        return bool(self.units(self.columns(1)))

    @cached_property
    def drawn(self) -> Standing | None:
        """The first indicator that has a course, one with a target before others."""
        with_course = [one for one in self.rows if sum(dot.value is not None for dot in one.dots) > 1]
        judged = [one for one in with_course if one.light.state]
        return next(iter(judged or with_course), None)

    def points(self, row: Standing) -> list[Point]:
        """The course of an indicator up to the end of the period."""
        found = series(row.indicator, self.whose, since=self.period.year - BACK)
        return [one for one in found if one.period.last <= self.period.last]
