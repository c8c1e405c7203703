"""What an officer does to proposed directives before assigning them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.documents.actions.extraction import named_unit
from khue.documents.actions.proposal_changes import Change, changing, put_units
from khue.documents.actions.reading_directives import heard
from khue.documents.models import Extraction, Proposal, ProposalUnit
from khue.documents.rules.directive_words import field_of, product_of
from khue.documents.rules.extraction import is_sure, may_accept

State = Proposal.State
EDGE = " \t\n;,.:-–•+"


@dataclass(frozen=True, slots=True)
class Named:
    """An assignee as chosen on the page: the words, and the unit or group they mean, if known."""

    part: str
    name: str
    unit_id: int | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What the card's form says."""

    content: str
    due_on: date | None = None
    due_text: str = ""
    recurs: str = ""
    priority: str = "normal"
    field: str = ""
    product: str = ""
    spread: str = Proposal.Spread.EACH
    units: tuple[Named, ...] = ()


def accept(proposal: Proposal, *, version: int, by: User) -> Proposal:
    """Choose it for assignment. Raises Refused when something is missing (see `rules.extraction.may_accept`)."""
    with changing(proposal.extraction, "accept", by) as change:
        return _accept(change, proposal.pk, version)


def _accept(change: Change, pk: int, version: int | None) -> Proposal:
    proposal = change.take(pk, version)
    require(may_accept(proposal, list(proposal.units.all()), today()))
    proposal.state = State.ACCEPTED
    return proposal


def accept_sure(extraction: Extraction, *, by: User) -> int:
    """Choose every proposal that the reader is sure of and that lacks nothing; returns how many."""
    waiting = extraction.proposals.filter(state=State.PROPOSED)
    with changing(extraction, "accept-sure", by) as change:
        complete = [
            proposal.pk
            for proposal in waiting.prefetch_related("units")
            if is_sure(proposal, extraction.document)
            and may_accept(proposal, list(proposal.units.all()), today()) is None
        ]
        for pk in complete:
            _accept(change, pk, None)
    return len(complete)


def reject(proposal: Proposal, *, version: int, by: User) -> Proposal:
    """Leave it out: it is no directive, or not for here."""
    with changing(proposal.extraction, "reject", by) as change:
        taken = change.take(proposal.pk, version)
        taken.state = State.REJECTED
    return taken


def reopen(proposal: Proposal, *, version: int, by: User) -> Proposal:
    """Put an accepted or rejected one back among those to look at."""
    with changing(proposal.extraction, "reopen", by) as change:
        taken = change.take(proposal.pk, version)
        taken.state = State.PROPOSED
    return taken


def correct(proposal: Proposal, correction: Correction, *, version: int, by: User) -> Proposal:
    """Write what the officer changed. An accepted one that now lacks something goes back to be looked at."""
    with changing(proposal.extraction, "correct", by) as change:
        taken = change.take(proposal.pk, version)
        taken.content = correction.content.strip()
        taken.due_on, taken.due_text = correction.due_on, correction.due_text.strip()
        taken.recurs, taken.priority, taken.field = correction.recurs, correction.priority, correction.field
        taken.product, taken.spread = correction.product.strip(), correction.spread
        units = [ProposalUnit(part=n.part, name=n.name, unit_id=n.unit_id, group=n.group) for n in correction.units]
        put_units(taken, units)
        if taken.state == State.ACCEPTED and may_accept(taken, units, today()) is not None:
            taken.state = State.PROPOSED
    return taken


def choose_unit(extraction: Extraction, words: str, unit: Unit, *, by: User) -> int:
    """Let `words` mean `unit` in every open proposal where nobody knew what they meant; returns in how many."""
    unknown = {"units__name": words, "units__unit": None, "units__group": ""}
    waiting = extraction.proposals.filter(state__in=[State.PROPOSED, State.ACCEPTED], **unknown)
    with changing(extraction, "choose", by) as change:
        chosen = list(waiting.values_list("pk", flat=True).distinct())
        for pk in chosen:
            change.take(pk).units.filter(name=words, unit=None, group="").update(unit=unit)
    return len(chosen)


def split(proposal: Proposal, *, at: int, version: int, by: User) -> tuple[Proposal, Proposal]:
    """Make two of it: the words before offset `at` of the document's text, and those from there on.

    Raises:
        Refused: `split-outside` when one of the two would be empty.
    """
    with changing(proposal.extraction, "split", by) as change:
        first = change.take(proposal.pk, version)
        text = change.extraction.text
        spans = trimmed(text, first.start, at), trimmed(text, at, first.end)
        if not first.start < at < first.end or None in spans:
            raise Refused(Refusal("split-outside", _("Put the cursor between two words of this directive first.")))
        units = list(first.units.all())
        second = change.new(_copy(first))
        for part, span in ((first, spans[0]), (second, spans[1])):
            part.start, part.end = span  # type: ignore[misc]
            part.content = text[part.start : part.end]
            part.state = State.PROPOSED
        put_units(second, units)
    return first, second


def _copy(proposal: Proposal) -> Proposal:
    return Proposal(
        start=proposal.start, end=proposal.end, content=proposal.content, due_text=proposal.due_text,
        due_on=proposal.due_on, recurs=proposal.recurs, priority=proposal.priority, field=proposal.field,
        product=proposal.product, spread=proposal.spread, confidence=proposal.confidence, by_hand=True,
    )  # fmt: skip


def merge(proposal: Proposal, *, version: int, by: User) -> Proposal:
    """Take the next proposal of the text into this one. Raises Refused `merge-last` when there is none after it."""
    with changing(proposal.extraction, "merge", by) as change:
        first = change.take(proposal.pk, version)
        following = (
            change.extraction.proposals.filter(state__in=[State.PROPOSED, State.ACCEPTED], start__gte=first.start)
            .exclude(pk=first.pk)
            .order_by("start", "end", "pk")
            .first()
        )
        if following is None:
            raise Refused(Refusal("merge-last", _("There is no directive after this one to merge with.")))
        second = change.take(following.pk)
        text = change.extraction.text
        untouched = all(one.content == text[one.start : one.end] for one in (first, second))
        start, end = first.start, max(first.end, second.end)
        first.content = text[start:end] if untouched else f"{first.content.rstrip(EDGE)}; {second.content}"
        first.end = end
        first.due_on, first.due_text = first.due_on or second.due_on, first.due_text or second.due_text
        put_units(first, _united(list(first.units.all()), list(second.units.all())))
        first.state, second.state = State.PROPOSED, State.MERGED
    return first


def _united(units: list[ProposalUnit], more: list[ProposalUnit]) -> list[ProposalUnit]:
    """`units`, and those of `more` that are not among them, as supporting ones when there is a lead already."""
    known = {(unit.unit_id, unit.group, unit.name) for unit in units}
    extra = [unit for unit in more if (unit.unit_id, unit.group, unit.name) not in known]
    if any(unit.part == ProposalUnit.Part.LEAD for unit in units):
        for unit in extra:
            unit.part = ProposalUnit.Part.SUPPORT
    return units + extra


def add(extraction: Extraction, *, start: int, end: int, by: User) -> Proposal:
    """Make a proposal of a passage that the officer marked, with the units and the deadline that its words name.

    Raises:
        Refused: `passage-empty` outside the text.
    """
    with changing(extraction, "add", by) as change:
        text = change.extraction.text
        span = trimmed(text, start, end)
        if span is None:
            raise Refused(Refusal("passage-empty", _("Mark the words of the directive in the text first.")))
        words = text[span[0] : span[1]]
        day = extraction.document.speaks_on
        found = heard(words, day)
        proposal = Proposal(
            start=span[0], end=span[1], content=words, field=field_of(words), product=product_of(words), by_hand=True,
            due_on=found.due_on, due_text=found.due_text[:200], recurs=found.recurs,
        )  # fmt: skip
        change.new(proposal)
        known: dict[str, ProposalUnit] = {}
        put_units(proposal, [named_unit(name, part, day or today(), known) for name, part in found.assignees])
    return proposal


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without white space and punctuation at its ends; None when nothing is left or it is outside."""
    start, end = max(start, 0), min(end, len(text))
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return (start, end) if start < end else None
