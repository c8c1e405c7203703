"""A case on its way, as a page shows it: the steps it took, where it is, what is still ahead."""

from dataclasses import dataclass
from datetime import datetime

from khue.flow.drawing.svg import deadline_words
from khue.flow.models import Case, Holding, name_of
from khue.flow.rules import parties_of
from khue.flow.shelf.law import cite
from khue.flow.shelf.values import Basis, Process, Step


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step of the way. `state` is done, here or ahead."""

    state: str
    label: str
    holder: str = ""
    detail: str = ""
    basis: str = ""
    verified: bool = True
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything the component says."""

    case: Case
    process: Process
    step: Step
    holding: Holding | None
    holder: str
    steps: list[PathStep]
    gone: tuple[str, ...]
    basis: str
    verified: bool
    """False as soon as the step, its deadline or the process rests on what nobody has verified."""


def progress_of(case: Case) -> Progress:
    """Where `case` is. Queries: its records, its holdings and its parties (each once, unless prefetched)."""
    process, step = case.definition, case.step_now
    gone = _gone(case)
    holding = case.holding
    bases = [step.basis, *([step.deadline.basis] if step.deadline else [])]
    return Progress(
        case=case,
        process=process,
        step=step,
        holding=holding,
        holder=name_of(holding.holder) if holding else "",
        steps=_steps(case, gone, holding),
        gone=tuple(name for name, _at in gone),
        basis="; ".join(dict.fromkeys(cite(Basis(basis.instrument, basis.article)) for basis in bases)),
        verified=process.verified and all(basis.verified for basis in bases),
    )


def _steps(case: Case, gone: list[tuple[str, datetime]], holding: Holding | None) -> list[PathStep]:
    process, parties = case.definition, parties_of(case)
    taken = [PathStep("done", str(process.steps[name].staff), at=at) for name, at in gone]
    here = _told(case.step_now, "done" if case.closed_at else "here", str(holding.holder) if holding else "")
    ahead = []
    for name in [] if case.closed_at else _ahead(process, case.step):
        step = process.steps[name]
        row = parties.get(step.holder.party) if step.holder else None
        ahead.append(_told(step, "ahead", str(row.unit or row.user) if row else ""))
    return [*taken, here, *ahead]


def _told(step: Step, state: str, holder: str) -> PathStep:
    verified = step.basis.verified and (step.deadline is None or step.deadline.basis.verified)
    return PathStep(
        state,
        str(step.staff),
        holder,
        deadline_words(step),
        cite(Basis(step.basis.instrument, step.basis.article)),
        verified,
    )


def _gone(case: Case) -> list[tuple[str, datetime]]:
    """The steps before this one, in order; after a return only the way that led to where it is now."""
    way: list[tuple[str, datetime]] = []
    for record in sorted(case.records.all(), key=lambda row: row.pk):
        known = [number for number, (name, _at) in enumerate(way) if name == record.to_step]
        if known and record.from_step != record.to_step:
            del way[known[0] :]
        if not way or way[-1][0] != record.to_step:
            way.append((record.to_step, record.at))
    return [(name, at) for name, at in way if name != case.step and name in case.definition.steps]


def _ahead(process: Process, step: str) -> list[str]:
    """The shortest way by main moves to a good end, or by any move where no main one leads there."""
    for main_only in (True, False):
        ways = {step: [step]}
        queue = [step]
        while queue:
            name = queue.pop(0)
            for move in process.moves_from(name):
                if move.target and move.target not in ways and (move.primary or not main_only):
                    ways[move.target] = [*ways[name], move.target]
                    queue.append(move.target)
        ends = [way for name, way in ways.items() if process.steps[name].terminal == "done"]
        if ends:
            return min(ends, key=len)[1:]
    return []
