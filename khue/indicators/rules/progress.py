"""A programme at a glance: every figure with its target, progress, forecast and light; always as many queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from khue.core.clock import today
from khue.core.periods import period
from khue.directory.models import Unit
from khue.indicators.formulas import Node, takes_away
from khue.indicators.models import Indicator, IndicatorVersion, Period, Programme, ReportSet, Target
from khue.indicators.rules.forecast import Bounds, Forecast, of_levels, of_sums
from khue.indicators.rules.lights import Light, light_of
from khue.indicators.rules.meanings import Meaning, Meanings, meanings_on
from khue.indicators.rules.reading import Figure, Key, Sums, asked_for, asked_of, figure, sums_of
from khue.indicators.rules.series import break_days, over_periods

BACK = 4
"""Years before the one that is looked at, for sparklines and forecasts."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A figure of the sparkline; `breaks` where the units that report are others than before."""

    period: Period
    value: Decimal | None
    breaks: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A figure that a formula is calculated from: what it means, and its value in the year."""

    version: IndicatorVersion
    value: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """How one indicator stands in a year."""

    indicator: Indicator
    version: IndicatorVersion
    target: Target | None
    value: Decimal | None
    why: str
    """Why there is no value."""
    newest: Figure | None
    """The newest period's figure, with how many units it is of."""
    newest_period: Period | None
    forecast: Forecast | None
    light: Light
    dots: list[Dot]
    node: Node | None = None
    """Its formula down to reported figures; None where it is reported itself."""
    pieces: Sequence[Piece] = ()
    """What the value was calculated from, where it is a formula."""

    @property
    def share(self) -> Decimal | None:
        """The value in per cent of its target, where the more the better."""
        if self.target is None or self.value is None or not self.target.value:
            return None
        return self.value / self.target.value * 100


@dataclass(frozen=True, slots=True)
class _Span:
    """What was read for all indicators at once."""

    meanings: Meanings
    periods: Mapping[str, list[Period]]
    """Kind of period -> its periods, oldest first."""
    sums: Mapping[Key, Sums]
    asked: dict[Key, int]
    breaks: list[date]
    kinds: Mapping[int, str]
    """Report set -> kind of period."""


def standings(programme: Programme, unit: Unit, year: int, *, until: date | None = None) -> list[Standing]:
    """Every indicator of a programme for `unit` with all below it, in the order of the programme.

    With `until` only periods that ended by that day count: the standing as a report on that period tells it.
    """
    indicators = list(programme.indicators.select_related("objective", "report_set"))
    span = _read(unit, year, until)
    over = date(year, 12, 31) < today() if until is None else until >= period(str(year)).last
    targets = targets_of([one.pk for one in indicators], unit, year)
    return [
        _standing(one, span.meanings.of[one.pk], span, targets.get(one.pk), (year, over))
        for one in indicators
        if one.pk in span.meanings.of
    ]


def _read(unit: Unit, year: int, until: date | None) -> _Span:
    kinds = dict(ReportSet.objects.values_list("pk", "every"))  # a formula may ask for figures of other programmes
    found = Period.objects.filter(kind__in=set(kinds.values()), year__range=(year - BACK, year), first__lte=today())
    if until is not None:
        found = found.filter(last__lte=until)
    periods: dict[str, list[Period]] = {}
    for one in found.order_by("last"):
        periods.setdefault(one.kind, []).append(one)
    numbers = [one.pk for rows in periods.values() for one in rows]
    newest = max((rows[-1].last for rows in periods.values()), default=date(year, 12, 14))
    meanings = meanings_on(newest)
    days = [one for rows in periods.values() for one in rows]
    breaks = break_days(min(one.first for one in days), newest) if days else []
    return _Span(meanings, periods, sums_of(unit, numbers, meanings), asked_of(unit, numbers), breaks, kinds)


def targets_of(indicators: Iterable[int], unit: Unit, year: int) -> dict[int, Target]:
    """The target of each indicator for `year`, else for the next year that has one: of the unit, or of the city for a
    unit without a unit above it."""
    whose = Q(unit=unit) if unit.parent_id else Q(unit=unit) | Q(unit=None)
    rows = Target.objects.filter(whose, indicator__in=list(indicators), year__gte=year).order_by("year")
    found: dict[int, Target] = {}
    for row in rows:
        found.setdefault(row.indicator_id, row)
    return found


def _kind(meaning: Meaning, span: _Span) -> str:
    sets = [span.meanings.sets.get(leaf) for leaf in meaning.leaves]
    return next((span.kinds[one] for one in sets if one is not None and one in span.kinds), "")


def _standing(
    indicator: Indicator, meaning: Meaning, span: _Span, target: Target | None, when: tuple[int, bool]
) -> Standing:
    """`when`: the year, and whether it is over."""
    year, over = when
    periods = span.periods.get(_kind(meaning, span), [])
    told = [(one, _figure(meaning, one, span)) for one in periods]
    this_year = [one for one in periods if one.year == year]
    in_order = [span.sums[(one.pk, indicator.pk)] for one in this_year if (one.pk, indicator.pk) in span.sums]
    given = over_periods(in_order, span.meanings, indicator.pk, is_formula=meaning.node is not None)
    value, why = span.meanings.calculate(meaning, given) if given else (None, "")
    newest = next((pair for pair in reversed(told) if pair[1].units and pair[0].year == year), None)
    forecast = _forecast(meaning, told, year, span.meanings)
    return Standing(
        indicator, meaning.version, target, value, why, newest[1] if newest else None, newest[0] if newest else None,
        None if over else forecast, light_of(_due(target, year), value, forecast, over=over),
        _dots(told, span.breaks), meaning.node, _pieces(meaning, given, span.meanings),
    )  # fmt: skip


def _pieces(meaning: Meaning, given: Mapping[int, Decimal], meanings: Meanings) -> list[Piece]:
    if meaning.node is None:
        return []
    known = [leaf for leaf in sorted(meaning.leaves) if leaf in given and leaf in meanings.of]
    return [Piece(meanings.of[leaf].version, given[leaf]) for leaf in known]


def _due(target: Target | None, year: int) -> Target | None:
    """The target that is judged in `year`: one of a later year is only shown."""
    return target if target is not None and target.year == year else None


def _figure(meaning: Meaning, period: Period, span: _Span) -> Figure:
    sums = span.sums.get((period.pk, meaning.version.indicator_id), Sums())
    return figure(span.meanings, meaning, sums, asked_for(meaning, period.pk, span.asked, span.meanings))


def _dots(told: list[tuple[Period, Figure]], breaks: list[date]) -> list[Dot]:
    return [
        Dot(period, found.value, any(period.first <= day <= period.last for day in breaks)) for period, found in told
    ]


IN_A_YEAR = {"month": 12, "quarter": 4}


def _forecast(meaning: Meaning, told: list[tuple[Period, Figure]], year: int, meanings: Meanings) -> Forecast | None:
    """From the figures there are; a year that is over, or that has one period only, is forecast as it is."""
    known = [(period, found.value) for period, found in told if found.value is not None]
    if not any(period.year == year for period, _value in known):
        return None
    periods = IN_A_YEAR.get(known[0][0].kind, 1)
    left = periods - max(period.number for period, _value in known if period.year == year)
    if meaning.version.over_time == IndicatorVersion.OverTime.SUM and meaning.node is None:
        years: dict[int, dict[int, Decimal]] = {}
        for period, value in known:
            years.setdefault(period.year, {})[period.number] = value
        return of_sums(years, year, periods)
    return of_levels([value for _period, value in known], left, _bounds(meaning, meanings))


def _bounds(meaning: Meaning, meanings: Meanings) -> Bounds:
    """What its definition says; a formula that takes nothing away from figures of 0 and more cannot fall below 0."""
    version = meaning.version
    if meaning.node is None or version.least is not None:
        return Bounds(version.least, version.most)
    parts = [meanings.of.get(leaf) for leaf in meaning.leaves]
    positive = all(one and one.version.least is not None and one.version.least >= 0 for one in parts)
    return Bounds(Decimal(0) if positive and not takes_away(meaning.node) else None, version.most)
