"""What is wrong with figures that are brought in: asked of the database for all of them at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import for_department
from khue.core.actors import Actor, SystemActor
from khue.core.refusals import Refusal
from khue.indicators.rules.checking import told
from khue.indicators.rules.scope import MANAGE

MOST = 1000
"""So many faults are named; the rest would not be read."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with the figure at `place`."""

    place: int
    code: str
    sentence: str


def may_bring(by: Actor) -> Refusal | None:
    """The system itself, and those of the department who run programmes."""
    if isinstance(by, SystemActor) or (isinstance(by, User) and for_department(by, MANAGE)):
        return None
    return Refusal("figures.not-yours", _("Figures are brought in by those who run the programmes in the department."))


FAULTS = """
    WITH judged AS (
        SELECT stage.*, unit.name AS unit, unit.valid_from AS unit_from, unit.valid_to AS unit_to,
               period.label AS period, period.last, indicator.code, version.id AS version, version.kind, version.name,
               version.least, version.most, version.decimals, category.dimension_id,
               count(*) OVER (
                   PARTITION BY stage.period_id, stage.indicator_id, stage.unit_id, stage.category_id
               ) AS twice
        FROM indicators_stage AS stage
        LEFT JOIN directory_unit AS unit ON unit.id = stage.unit_id
        LEFT JOIN indicators_period AS period ON period.id = stage.period_id
        LEFT JOIN indicators_indicator AS indicator ON indicator.id = stage.indicator_id
        LEFT JOIN indicators_category AS category ON category.id = stage.category_id
        LEFT JOIN indicators_indicatorversion AS version
          ON version.indicator_id = stage.indicator_id AND version.valid_from <= period.last
         AND (version.valid_to IS NULL OR version.valid_to >= period.last)
    ), found AS (
        SELECT *, CASE
            WHEN unit IS NULL OR period IS NULL OR code IS NULL THEN 'unknown'
            WHEN version IS NULL THEN 'not-followed'
            WHEN kind = 'formula' THEN 'formula'
            WHEN dimension_id IS NULL AND category_id <> 1 THEN 'unknown'
            WHEN dimension_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM indicators_indicatorversion_breakdowns AS broken
                WHERE broken.indicatorversion_id = version AND broken.dimension_id = judged.dimension_id
            ) THEN 'breakdown'
            WHEN unit_to < last THEN 'unit-ended'
            WHEN unit_from > last THEN 'unit-began'
            WHEN twice > 1 THEN 'twice'
            WHEN value IN ('NaN', 'Infinity', '-Infinity') OR abs(value) >= 1e18 THEN 'too-large'
            WHEN value <> round(value, decimals) THEN 'decimals'
            WHEN value < least THEN 'least'
            WHEN value > most THEN 'most'
        END AS fault
        FROM judged
    )
    SELECT place, fault, coalesce(unit, '') AS unit, unit_from, unit_to, coalesce(period, '') AS period,
           coalesce(name, code, '') AS name, value, least, most, decimals
    FROM found WHERE fault IS NOT NULL ORDER BY place LIMIT %s
"""


def faults() -> list[Wrong]:
    """What is wrong with the figures in `indicators_stage`, by their place; at most `MOST`."""
    with connection.cursor() as cursor:
        cursor.execute(FAULTS, [MOST])
        names = [column[0] for column in cursor.description or ()]
        return [_wrong(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _wrong(row: Mapping[str, Any]) -> Wrong:
    return Wrong(row["place"], row["fault"], _SENTENCES[row["fault"]](row))


def _since(row: Mapping[str, Any]) -> str:
    sentence = _("%(unit)s begins on %(day)s, after %(period)s; give the unit that was there.")
    return sentence % {**row, "day": f"{row['unit_from']:%d/%m/%Y}"}


def _until(row: Mapping[str, Any]) -> str:
    sentence = _("%(unit)s ended on %(day)s, before the end of %(period)s; give the unit that came after it.")
    return sentence % {**row, "day": f"{row['unit_to']:%d/%m/%Y}"}


def _bounded(row: Mapping[str, Any], bound: str, sentence: str) -> str:
    return f"{row['name']}: " + sentence % {"value": told(row["value"]), bound: told(row[bound])}


_SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "unknown": lambda _row: _("The unit, the period, the indicator or the breakdown is not known."),
    "not-followed": lambda row: _("“%(name)s” is not followed in %(period)s.") % row,
    "formula": lambda row: _("“%(name)s” is calculated; bring in the figures that it is made of.") % row,
    "breakdown": lambda row: _("“%(name)s” is not broken down in this way.") % row,
    "unit-ended": _until,
    "unit-began": _since,
    "twice": lambda row: _("“%(name)s” of %(unit)s in %(period)s stands there twice.") % row,
    "too-large": lambda row: _("“%(name)s”: the figure is too large.") % row,
    "decimals": lambda row: _("“%(name)s”: at most %(decimals)s digits after the comma.") % row,
    "least": lambda row: _bounded(row, "least", _("%(value)s is less than %(least)s, the least there can be.")),
    "most": lambda row: _bounded(row, "most", _("%(value)s is more than %(most)s, the most there can be.")),
}
