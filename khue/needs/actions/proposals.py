"""Writing a proposal: begun from needs or from nothing, kept while one types, sent, withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.core.yearly_numbers import next_number
from khue.directory.models import Place, Unit
from khue.directory.search import department
from khue.documents.models import Directive
from khue.flow.actions import move, open_case
from khue.flow.actions.opening import version_on
from khue.flow.answers import checked
from khue.flow.models import Data
from khue.flow.shelf.words import words
from khue.journal.actions import record
from khue.matching.actions import changed
from khue.needs.actions.proposal_answers import ENDED, give_back
from khue.needs.models import Need, Proposal, Round
from khue.needs.rules.proposal_forms import LONGEST_TITLE, PROCESS, answers_from, form_name, form_of, missing_in
from khue.needs.rules.proposals import may_edit, may_write


@dataclass(frozen=True, slots=True)
class Origin:
    """What a proposal comes from: needs, a leader's order, a collecting round."""

    needs: Sequence[Need] = ()
    directive: Directive | None = None
    round: Round | None = None


@transaction.atomic
def start(
    *,
    unit: Unit,
    type: str,  # noqa: A002 - the contract's word for it
    title: str,
    by: Actor,
    year: int | None = None,
    origin: Origin | None = None,
) -> Proposal:
    """Begin a proposal of `unit`, prefilled with what its origin says. Raises Refused: `proposal.not-yours`,
    `proposal.no-title`, `proposal.no-type`."""
    require(may_write(by, unit))
    require(_title_refused(title))
    if type not in words("types"):
        raise Refused(Refusal("proposal.no-type", _("Choose what kind of mission it is.")))
    found = origin or Origin()
    first = found.needs[0] if found.needs else None
    author = by if isinstance(by, User) else None
    made = Proposal.objects.create(
        unit=unit, type=type, title=title.strip()[:LONGEST_TITLE], year=year or _plan_year(found),
        answers=_known_answers(type, found),
        field=first.field if first else "", place=first.places.first() if first else None,
        directive=found.directive or (first.directive if first else None),
        round=found.round or (first.round if first else None), author=author, changed_by=author,
    )  # fmt: skip
    made.needs.set(found.needs)
    record(made.dossier, "proposal.started", by=by, title=made.title, unit=unit.name)
    return made


def _known_answers(type_: str, origin: Origin) -> Data:
    """What the origin says, as far as the form of the type asks for it."""
    form = version_on(PROCESS, today()).definition.forms[form_name(type_)]
    said = answers_from(origin.needs, directive=origin.directive, round_=origin.round)
    return {field.name: said[field.name] for field in form.fields if field.name in said}


def draft_from_needs(
    needs: Sequence[Need],
    *,
    by: Actor,
    unit: Unit | None = None,
    type: str = "technology-topic",  # noqa: A002 - the contract's word for it
) -> Proposal:
    """A draft out of needs, in the name of `unit` (the department), prefilled with what they say. Raises Refused:
    `proposal.no-need`, and what `start` does."""
    if not needs:
        raise Refused(Refusal("proposal.no-need", _("Choose the needs that the proposal answers.")))
    title = needs[0].title
    return start(unit=unit or department(), type=type, title=title, by=by, origin=Origin(needs))


def _plan_year(origin: Origin) -> int:
    return origin.round.year if origin.round else today().year + 1


def _title_refused(title: str) -> Refusal | None:
    if title.strip():
        return None
    return Refusal(
        "proposal.no-title", _("Give the proposal a name, such as “Growing safe vegetables on saline land”.")
    )


def locked(proposal: Proposal) -> Proposal:
    """The proposal as it is now, locked until the transaction ends."""
    return (
        Proposal.objects.select_for_update(of=("self",)).select_related("unit", "case__process_version")
        .get(pk=proposal.pk)
    )  # fmt: skip


@transaction.atomic
def save_draft(
    proposal: Proposal,
    *,
    by: Actor,
    answers: Mapping[str, Any],
    revision: int | None = None,
    title: str | None = None,
    field: str | None = None,
    place: Place | None = None,
    year: int | None = None,
) -> Proposal:
    """Keep a draft as it stands; nothing is required yet. With `revision`, what somebody else kept meanwhile is left
    alone. Raises Refused: `proposal.sent`, `proposal.kept-meanwhile`, `flow.answer`."""
    current = locked(proposal)
    require(may_edit(by, current))
    if revision is not None and revision != current.revision:
        raise Refused(_kept_meanwhile(current))
    current.answers = checked(form_of(current), answers, draft=True)
    if title is not None:
        require(_title_refused(title))
        current.title = title.strip()[:LONGEST_TITLE]
    current.field = current.field if field is None else field
    current.place, current.year = place or current.place, year or current.year
    if isinstance(by, User) and by.pk != current.changed_by_id:
        record(current.dossier, "proposal.worked-on", by=by)
        current.changed_by = by
    current.revision += 1
    current.changed_at = now()
    current.save()
    proposal.refresh_from_db()
    return current


def _kept_meanwhile(current: Proposal) -> Refusal:
    who = current.changed_by.full_name if current.changed_by else ""
    sentence = _("%(who)s changed this draft meanwhile. Copy what you wrote here, reload the page and put it in again.")
    return Refusal("proposal.kept-meanwhile", sentence % {"who": who})


@transaction.atomic
def discard(proposal: Proposal, *, by: Actor) -> None:
    """Throw a draft away. Raises Refused: `proposal.sent`."""
    current = locked(proposal)
    require(may_edit(by, current))
    record(current.dossier, "proposal.discarded", by=by, title=current.title)
    give_back(current, reason=_("The draft of the proposal «%(title)s» was thrown away.") % {"title": current.title})
    current.delete()


@transaction.atomic
def send(proposal: Proposal, *, by: Actor) -> Proposal:
    """Send a complete proposal to the department: it gets its number and its case, on the version in force today.

    Raises Refused: `proposal.sent`, `proposal.incomplete`."""
    current = locked(proposal)
    require(may_edit(by, current))
    lacks = missing_in(current)
    if lacks:
        sentence = _("Answer these questions of «%(title)s» first: %(questions)s.")
        told = {"title": current.title, "questions": ", ".join(lacks)}
        raise Refused(Refusal("proposal.incomplete", sentence % told))
    form = form_of(current)
    asked = {field.name for field in form.fields}  # a draft may have been begun on the form of an earlier version
    current.answers = checked(form, {name: value for name, value in current.answers.items() if name in asked})
    current.number = next_number(Proposal, current.year)
    current.state, current.submitted_at, current.changed_at = Proposal.State.SUBMITTED, now(), now()
    current.case = open_case(
        PROCESS, title=current.title, url=current.get_absolute_url(), dossier=current.dossier,
        parties={"proposer": current.unit, "department": department()}, by=by,
    )  # fmt: skip
    current.save()
    record(current.dossier, "proposal.sent", by=by, code=current.code)
    changed("proposal", current.pk)
    proposal.refresh_from_db()
    return current


@transaction.atomic
def act(proposal: Proposal, verb: str, *, by: Actor, comment: str = "") -> Proposal:
    """Move the case of a proposal; what it says of itself follows. Raises Refused as `khue.flow.actions.move` does."""
    current = locked(proposal)
    if current.case is None:
        raise Refused(Refusal("proposal.not-sent", _("This is a draft; send it first.")))
    move(current.case, verb, by=by, comment=comment)
    current.case.refresh_from_db()
    current.state = Proposal.State(current.case.step)
    current.changed_at = now()
    current.save(update_fields=["state", "changed_at"])
    changed("proposal", current.pk)
    if current.state in ENDED:
        give_back(current, reason=_("The proposal came to nothing: %(reason)s") % {"reason": comment.strip()})
    proposal.refresh_from_db()
    return current


def withdraw(proposal: Proposal, *, by: Actor, reason: str) -> Proposal:
    """The proposing unit takes its proposal back. Raises Refused: `flow.not-yours`, `flow.wrong-step`,
    `flow.comment-missing`."""
    return act(proposal, "withdraw", by=by, comment=reason)
