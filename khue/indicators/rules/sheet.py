"""A unit's report as its page shows it: every figure with what it was before, and what was promised."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from khue.directory.models import valid_on
from khue.indicators.models import Category, Indicator, IndicatorVersion, Observation, Period, Target, UnitReport

Key = tuple[int, int]
"""Numbers of an indicator and a category."""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure to report, with what stands beside it."""

    indicator: Indicator
    version: IndicatorVersion
    category: Category
    observation: Observation | None
    last: Decimal | None
    """The period before."""
    last_year: Decimal | None
    """The same period of the year before."""
    target: Target | None
    """Of the unit, else of the city."""

    @property
    def key(self) -> Key:
        """What tells it from the other lines."""
        return self.indicator.pk, self.category.pk

    @property
    def is_total(self) -> bool:
        """Whether it is the whole figure, not part of a breakdown."""
        return self.category.pk == Category.TOTAL

    @property
    def value(self) -> Decimal | None:
        """What is written there now."""
        return self.observation.value if self.observation else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that a unit reports in a period."""

    report: UnitReport
    period: Period
    before: Period | None
    year_before: Period | None
    lines: tuple[Line, ...]

    def line(self, key: Key) -> Line | None:
        """The line of an indicator and a category."""
        return next((line for line in self.lines if line.key == key), None)


def sheet_of(report: UnitReport) -> Sheet:
    """The lines of `report` (take it from `reports.for_action`), in a constant number of queries."""
    period = report.cycle.period
    before, year_before = neighbours(period)
    versions = versions_of(report.cycle.report_set_id, period)
    spans = [one.pk for one in (period, before, year_before) if one]
    indicators = [version.indicator_id for version in versions]
    rows = Observation.objects.filter(period__in=spans, indicator__in=indicators, unit=report.unit_id)
    figures = {
        (row.period_id, row.indicator_id, int(row.category_id or 0)): row for row in rows.select_related("author")
    }
    targets = _targets(indicators, report.unit_id, period.year)
    total = Category.objects.get(pk=Category.TOTAL)
    lines = [
        _line(version, category, figures, (period, before, year_before), targets)
        for version in versions
        for category in (total, *_categories(version))
    ]
    return Sheet(report, period, before, year_before, tuple(lines))


def versions_of(report_set: int, period: Period) -> list[IndicatorVersion]:
    """What the indicators of a set mean in a period, those that units report or the system counts."""
    versions = IndicatorVersion.objects.filter(valid_on(period.last), indicator__report_set=report_set)
    versions = versions.exclude(kind="formula").select_related("indicator__programme", "indicator__objective")
    versions = versions.prefetch_related("breakdowns__categories")
    return list(versions.order_by("indicator__number", "indicator"))


def neighbours(period: Period) -> tuple[Period | None, Period | None]:
    """The period of the same kind before, and the same one of the year before."""
    wanted = Q(year=period.year - 1, number=period.number) | Q(last__lt=period.first)
    found = list(Period.objects.filter(wanted, kind=period.kind, year__gte=period.year - 1).order_by("last"))
    year_before = next((one for one in found if (one.year, one.number) == (period.year - 1, period.number)), None)
    return (found[-1] if found else None), year_before


def _categories(version: IndicatorVersion) -> list[Category]:
    return [category for dimension in version.breakdowns.all() for category in dimension.categories.all()]


def _targets(indicators: list[int], unit: int, year: int) -> dict[int, Target]:
    rows = Target.objects.filter(Q(unit=unit) | Q(unit=None), indicator__in=indicators, year__gte=year)
    found: dict[int, Target] = {}
    for row in sorted(rows, key=lambda row: (row.unit_id is None, row.year)):
        found.setdefault(row.indicator_id, row)
    return found


def _line(
    version: IndicatorVersion,
    category: Category,
    figures: Mapping[tuple[int, int, int], Observation],
    spans: tuple[Period, Period | None, Period | None],
    targets: Mapping[int, Target],
) -> Line:
    at = [figures.get((one.pk, version.indicator_id, category.pk)) if one else None for one in spans]
    now, last, last_year = at
    return Line(
        indicator=version.indicator,
        version=version,
        category=category,
        observation=now,
        last=last.value if last else None,
        last_year=last_year.value if last_year else None,
        target=targets.get(version.indicator_id) if category.pk == Category.TOTAL else None,
    )
