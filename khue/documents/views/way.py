"""A document's way through the office, as its page draws it."""

from khue.core.river import StepMark
from khue.flow.models import Case
from khue.flow.rules import MoveOffer
from khue.flow.shelf.law import cite
from khue.flow.shelf.values import Process

LONGEST = 12


def usual_way(process: Process, start: str) -> list[str]:
    """The steps from `start` along the main moves to an end."""
    names = [start]
    while len(names) < LONGEST and not process.steps[names[-1]].terminal:
        forward = [
            one for one in process.moves_from(names[-1]) if one.primary and one.target and one.target not in names
        ]
        if not forward:
            break
        names.append(max(forward, key=lambda move: move.name == "submit").target)
    return names


def steps_of(case: Case) -> list[StepMark]:
    """The steps the case has passed, where it stands, and its usual way from there."""
    process, holding = case.definition, case.holding
    passed = list(dict.fromkeys(record.to_step for record in case.records.all()))
    done = [name for name in passed if name != case.step]
    if case.step in passed:
        done = passed[: passed.index(case.step)]
    names = [*done, *usual_way(process, case.step)]
    here = len(done)
    return [
        StepMark(
            label=str(process.steps[name].staff),
            state="done" if place < here or case.closed_at else "here" if place == here else "ahead",
            holder=str(holding.holder) if holding and place == here else "",
            detail=str(process.steps[name].next) if place == here and not case.closed_at else "",
            basis=cite(process.steps[name].basis),
        )
        for place, name in enumerate(names)
    ]


def plain_offers(offers: list[MoveOffer], own_forms: set[str]) -> list[MoveOffer]:
    """The moves that need nothing but themselves and a comment; the others have forms of their own on the page."""
    return [offer for offer in offers if offer.name not in own_forms and offer.form is None]
