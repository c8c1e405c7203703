"""A document's way through the office, as its page draws it."""

from khue.core.river import StepMark
from khue.flow.models import Case
from khue.flow.rules import MoveOffer
from khue.flow.shelf.law import cite
from khue.flow.shelf.values import Process

LONGEST = 12


def usual_way(process: Process) -> list[str]:
    """The steps from the start along the main moves to an end."""
    names = [process.start]
    while len(names) < LONGEST and not process.steps[names[-1]].terminal:
        forward = [
            one for one in process.moves_from(names[-1]) if one.primary and one.target and one.target not in names
        ]
        if not forward:
            break
        names.append(forward[0].target)
    return names


def steps_of(case: Case) -> list[StepMark]:
    """The usual way of the process with where the case stands; a step beside the way stands where the case left it."""
    process = case.definition
    names = usual_way(process)
    passed = [record.to_step for record in case.records.all()]
    if case.step not in names:
        last = max((names.index(name) for name in passed if name in names), default=0)
        names = [*names[: last + 1], case.step, *names[last + 1 :]]
        if process.steps[case.step].terminal:
            names = names[: names.index(case.step) + 1]
    here, holding = names.index(case.step), case.holding
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
