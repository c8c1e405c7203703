"""Second opinions about a proposal: asked of a body or a person, given once."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.accounts.rules import holders
from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Person, Unit
from khue.journal.actions import record
from khue.needs.actions.proposals import act, locked
from khue.needs.models import Proposal, SecondOpinion
from khue.needs.rules.proposal_forms import version_of
from khue.needs.rules.proposals import WRITE, may_answer, may_handle
from khue.notices.actions import notify, saying


@transaction.atomic
def ask(
    proposal: Proposal,
    *,
    question: str,
    by: Actor,
    unit: Unit | None = None,
    person: Person | None = None,
    due_on: date | None = None,
) -> SecondOpinion:
    """Ask a body or a person what they think of a proposal, by `due_on` or within the days of the review of procedure;
    until the answer is there, or that day has passed, the review is not through.

    Raises Refused: `opinion.nobody`, `opinion.no-question`, `opinion.due-past`, `proposal.not-open`.
    """
    current = locked(proposal)
    require(may_handle(by, current) or _wrong(question, unit, person, due_on))
    if current.case is None or current.case.closed_at is not None:
        raise Refused(Refusal("proposal.not-open", _("Only about a proposal that is being handled.")))
    within = version_of(current).definition.provisions.get("review-within")
    if due_on is None and within is not None and isinstance(within.value, int):
        due_on = today() + timedelta(days=within.value)
    made = SecondOpinion.objects.create(
        proposal=current, unit=unit, person=person, question=question.strip(), due_on=due_on, asked_at=now(),
        asked_by=by if isinstance(by, User) else None,
    )  # fmt: skip
    whom = str(person or unit)
    if current.state == Proposal.State.REVIEWING:
        act(current, "ask-opinion", by=by, comment=question)
    record(current.dossier, "proposal.opinion-asked", by=by, whom=whom, due=due_on.isoformat() if due_on else "")
    notify(
        holders(WRITE, unit) if unit else User.objects.filter(person=person),
        key=f"opinion:{made.pk}",
        subject=saying(gettext_lazy("An opinion is asked about «%(title)s»"), title=current.title),
        body=made.question,
        url=current.get_absolute_url(),
        dossier=current.dossier,
        by=by,
    )
    return made


def _wrong(question: str, unit: Unit | None, person: Person | None, due_on: date | None) -> Refusal | None:
    if (unit is None) == (person is None):
        return Refusal("opinion.nobody", _("Choose one body or one person to ask."))
    if not question.strip():
        return Refusal("opinion.no-question", _("Write what you want to know."))
    if due_on is not None and due_on < today():
        return Refusal("opinion.due-past", _("Choose today or a later day for the answer."))
    return None


@transaction.atomic
def give(opinion: SecondOpinion, *, text: str, by: Actor) -> SecondOpinion:
    """Write what one thinks. Raises Refused: `opinion.given`, `opinion.not-yours`, `opinion.empty`."""
    current = SecondOpinion.objects.select_for_update(of=("self",)).select_related("proposal", "unit", "person").get(
        pk=opinion.pk
    )  # fmt: skip
    require(may_answer(by, current))
    if not text.strip():
        raise Refused(Refusal("opinion.empty", _("Write your opinion first.")))
    current.text, current.given_at = text.strip(), now()
    current.save(update_fields=["text", "given_at"])
    proposal = current.proposal
    record(proposal.dossier, "proposal.opinion-given", by=by, whom=str(current.person or current.unit))
    notify(
        User.objects.filter(pk=current.asked_by_id or 0),
        key=f"opinion-given:{current.pk}",
        subject=saying(gettext_lazy("The opinion on «%(title)s» is there"), title=proposal.title),
        body=current.text,
        url=proposal.get_absolute_url(),
        dossier=proposal.dossier,
        by=by,
    )
    opinion.refresh_from_db()
    return current
