"""Entering a sheet: rehearsed in a transaction that is taken back, or done wholly or not at all."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction

from khue.core.actors import Actor
from khue.core.exchange import Change, Exchange, Problem
from khue.core.progress import untold
from khue.core.refusals import require
from khue.journal.actions import record
from khue.office.sheets import DryRun

Tell = Callable[[int], None]
"""Is told now and then how many rows are done."""


@dataclass(slots=True)
class Report:
    """What entering a sheet does, row by row."""

    total: int
    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.problems

    def count(self, effect: str) -> int:
        """How many rows have this effect: `new`, `changed`, `same`."""
        return sum(change.effect == effect for change in self.changes)

    @property
    def doing(self) -> int:
        """Rows that enter or change something."""
        return self.count("new") + self.count("changed")


def rehearse(exchange: Exchange, sheet: DryRun, *, by: Actor, tell: Tell = untold) -> Report:
    """What `apply` would do. Everything is really entered, and taken back. Raises `Refused` as `exchange.may` says."""
    with transaction.atomic():
        report = _enter(exchange, sheet, by, tell)
        transaction.set_rollback(True)
    return report


def apply(exchange: Exchange, sheet: DryRun, *, by: Actor, name: str = "", tell: Tell = untold) -> Report:
    """Enter the sheet; with any problem nothing of it stays. Raises `Refused` as `exchange.may` says."""
    with transaction.atomic():
        report = _enter(exchange, sheet, by, tell)
        if report.problems:
            transaction.set_rollback(True)
        elif report.doing:
            record(
                f"imports:{exchange.name}",
                "sheet.entered",
                by=by,
                name=name,
                new=report.count("new"),
                changed=report.count("changed"),
                same=report.count("same"),
            )
    return report


def _enter(exchange: Exchange, sheet: DryRun, by: Actor, tell: Tell) -> Report:
    require(exchange.may(by))
    report = Report(len(sheet.rows) + len({problem.row for problem in sheet.problems}))
    report.problems = list(sheet.problems)
    for done, outcome in enumerate(exchange.enter(sheet.rows, by), 1):
        if isinstance(outcome, Problem):
            report.problems.append(outcome)
        else:
            report.changes.append(outcome)
        tell(done)
    report.problems.sort(key=lambda problem: problem.row)
    report.changes.sort(key=lambda change: change.row)
    return report
