"""Bringing in figures by the hundred thousand: old series, or what another system counted. All or nothing."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import connection, transaction
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.indicators.models import Category, Observation
from khue.indicators.rules.bringing import Wrong, faults, may_bring
from khue.journal.actions import record

State = Observation.State


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure to bring in, by numbers of its period, indicator, unit and category."""

    period: int
    indicator: int
    unit: int
    value: Decimal | None
    category: int = Category.TOTAL
    note: str = ""
    proof: str = ""


@dataclass(slots=True)
class Brought:
    """What bringing in did, or what stands in the way: then nothing was written."""

    total: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    wrong: list[Wrong] = field(default_factory=list)
    """By the place of the figure in what was given, from 0."""


STAGE = """
    CREATE TEMPORARY TABLE indicators_stage (
        place integer, period_id integer, indicator_id integer, unit_id bigint, category_id smallint,
        value numeric, note text, proof text
    ) ON COMMIT DROP
"""
COPY = "COPY indicators_stage FROM STDIN"
SAME = "there.value IS NOT DISTINCT FROM stage.value AND there.note = stage.note AND there.proof = stage.proof"
JOIN = """
    there.period_id = stage.period_id AND there.indicator_id = stage.indicator_id
    AND there.unit_id = stage.unit_id AND there.category_id = stage.category_id
"""
CHANGE = f"""
    UPDATE indicators_observation AS there
    SET value = stage.value, note = stage.note, proof = stage.proof, state = %(state)s, author_id = %(author)s,
        at = %(at)s, revision = there.revision + 1
    FROM indicators_stage AS stage WHERE {JOIN} AND NOT ({SAME} AND there.state = %(state)s)
"""
ENTER = f"""
    INSERT INTO indicators_observation (
        period_id, indicator_id, unit_id, category_id, value, state, author_id, at, proof, note,
        override, mark, revision
    )
    SELECT period_id, indicator_id, unit_id, category_id, value, %(state)s, %(author)s, %(at)s, proof, note, '', '', 1
    FROM indicators_stage AS stage
    WHERE NOT EXISTS (SELECT 1 FROM indicators_observation AS there WHERE {JOIN})
    ORDER BY period_id, indicator_id, unit_id, category_id
"""
"""In the order of the index: the pages that are written next to each other are the same ones."""


def bring(figures: Iterable[Figure], *, by: Actor, state: str = State.APPROVED) -> Brought:
    """Enter `figures`, replacing those that are there; the sums above them follow in the same transaction.

    Nothing is written when anything is wrong: `wrong` names each by its place, and the reason. Nobody is told.

    Raises:
        Refused: `figures.not-yours`, `figures.too-large` (a value that no column holds).
    """
    require(may_bring(by))
    with transaction.atomic():
        total = stage(figures)
        wrong = faults()
        brought = Brought(total, wrong=wrong) if wrong else _enter(total, by, state)
        _forget()
    if not wrong and (brought.new or brought.changed):
        record("imports:observations", "figures.brought-in", by=by, new=brought.new, changed=brought.changed)
    return brought


def stage(figures: Iterable[Figure]) -> int:
    """Copy figures into a table of this transaction; returns how many."""
    connection.ensure_connection()
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.cursor.copy(COPY) as copy:
            for place, one in enumerate(figures):
                copy.write_row(
                    (
                        place,
                        one.period,
                        one.indicator,
                        one.unit,
                        one.category,
                        one.value,
                        one.note[:400],
                        one.proof[:300],
                    )
                )
                count += 1
        cursor.execute("ANALYZE indicators_stage")
    return count


def _enter(total: int, by: Actor, state: str) -> Brought:
    given = {"state": state, "author": by.actor_id, "at": now()}
    with closing(connection.cursor()) as cursor:
        cursor.execute(CHANGE, given)
        changed = cursor.rowcount
        cursor.execute(ENTER, given)
        new = cursor.rowcount
    return Brought(total, new, changed, total - new - changed)


def _forget() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE indicators_stage")


def needed(figures: Sequence[Figure], brought: Brought) -> None:
    """Raise Refused `figures.wrong` with the first reasons, where `bring` found anything wrong."""
    if brought.wrong:
        first = "\n".join(one.sentence for one in brought.wrong[:FEW])
        sentence = _("%(count)s of %(total)s figures cannot be brought in; nothing was entered:\n%(first)s")
        told = {"count": len(brought.wrong), "total": len(figures), "first": first}
        raise Refused(Refusal("figures.wrong", sentence % told))


FEW = 10
