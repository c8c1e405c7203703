"""What indicators mean on a day, with their formulas written out down to reported figures."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from khue.directory.models import valid_on
from khue.indicators.formulas import Formula, Name, Node, calculate, flatten, read
from khue.indicators.models import Indicator, IndicatorVersion, Part

FORMULA = IndicatorVersion.Kind.FORMULA
Clauses = dict[int, set[int]]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One indicator on a day. `clauses`: the reported figures that it needs, one of every clause."""

    version: IndicatorVersion
    node: Node | None
    clauses: tuple[frozenset[int], ...]

    @property
    def indicator(self) -> Indicator:
        """Whose meaning it is."""
        return self.version.indicator

    @property
    def leaves(self) -> frozenset[int]:
        """Numbers of the figures behind it: its parts, or itself."""
        parts = frozenset().union(*self.clauses)
        return parts if self.node is not None else frozenset({self.version.indicator_id})

    def complete(self, there: Collection[int]) -> bool:
        """Whether a unit with these figures counts."""
        return all(clause & set(there) for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class Meanings:
    """Every indicator on a day, by number."""

    of: Mapping[int, Meaning]
    codes: Mapping[int, str]
    names: Mapping[str, str]
    """Code -> name, for reasons."""
    sets: Mapping[int, int | None]
    """Indicator -> the set that it is reported with."""
    across: Mapping[int, str]
    """Indicator -> how it is put together across units: sum, mean, count, ratio."""

    def calculate(self, meaning: Meaning, values: Mapping[int, Decimal]) -> tuple[Decimal | None, str]:
        """What its formula gives for these figures by number; where nothing, why."""
        given = {self.codes[leaf]: value for leaf, value in values.items()}
        result = calculate(meaning.node or Name(self.codes[meaning.version.indicator_id]), given, self.names)
        return result.value, result.why


def meanings_on(day: date, indicators: Collection[int] | None = None) -> Meanings:
    """What indicators (these, or all) mean on `day`: two queries."""
    versions = list(IndicatorVersion.objects.filter(valid_on(day)).select_related("indicator"))
    formulas = formulas_on(day, versions)
    codes = {one.indicator_id: one.indicator.code for one in versions}
    names = {one.indicator.code: one.name for one in versions}
    wanted = versions if indicators is None else [one for one in versions if one.indicator_id in indicators]
    sets = {one.indicator_id: one.indicator.report_set_id for one in versions}
    across = {one.indicator_id: one.across for one in versions}
    parts = _parts([one.pk for one in wanted if one.kind == FORMULA])
    of = {one.indicator_id: _meaning(one, formulas, parts.get(one.pk, {})) for one in wanted}
    return Meanings(of, codes, names, sets, across)


def _parts(versions: Collection[int]) -> dict[int, Clauses]:
    """Formula -> clause -> the figures it asks for."""
    found: dict[int, Clauses] = {}
    rows = Part.objects.filter(version__in=versions).order_by("version", "clause")
    for version, clause, leaf in rows.values_list("version_id", "clause", "leaf_id"):
        found.setdefault(version, {}).setdefault(clause, set()).add(leaf)
    return found


def _meaning(version: IndicatorVersion, formulas: Mapping[str, Formula | None], clauses: Clauses) -> Meaning:
    if version.kind != FORMULA:
        return Meaning(version, None, (frozenset({version.indicator_id}),))
    needed = tuple(frozenset(leaves) for leaves in clauses.values())
    return Meaning(version, flatten(version.indicator.code, formulas), needed)


def formulas_on(day: date, versions: Iterable[IndicatorVersion]) -> dict[str, Formula | None]:
    """Every indicator with its formula in force on `day`; None for those that are reported or counted. Where one
    begins later, its first meaning: a formula may be older than a figure it names."""
    found: dict[str, tuple[date, Formula | None]] = {}
    for one in sorted(versions, key=lambda one: one.valid_from):
        if one.valid_from <= day or one.indicator.code not in found:
            found[one.indicator.code] = (one.valid_from, read(one.formula) if one.formula else None)
    return {code: formula for code, (_since, formula) in found.items()}
