"""The council to identify about proposals, what follows from it, the recommendation, the review of the procedure."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.refusals import Refusal, require
from khue.councils.actions import SubjectSpec, form
from khue.councils.models import Council, Subject
from khue.directory.models import Unit
from khue.directory.search import department
from khue.flow.answers import checked
from khue.flow.models import Data
from khue.journal.actions import record
from khue.needs.actions.proposals import act, locked
from khue.needs.models import Proposal
from khue.needs.rules.proposal_forms import version_of
from khue.needs.rules.proposal_records import find
from khue.needs.rules.proposal_review import KIND, may_form
from khue.needs.rules.proposals import may_handle


@transaction.atomic
def form_council(proposals: Sequence[Proposal], *, title: str, by: Actor, host: Unit | None = None) -> Council:
    """Bring proposals before a new council, under the rules that they were opened under. Raises Refused:
    `proposal.search-unsigned`, `proposal.two-versions`, `proposal.wrong-state`, and what `councils.form` refuses."""
    current = [locked(one) for one in sorted(proposals, key=lambda one: one.pk)]
    for one in current:
        require(may_handle(by, one))
    require(may_form(current))
    specs = [SubjectSpec(one.dossier, one.title, one.get_absolute_url(), one.type) for one in current]
    council = form(
        KIND, version=version_of(current[0]), title=title, host=host or department(), subjects=specs, by=by
    )  # fmt: skip
    for one in current:
        if one.state == Proposal.State.SEARCHING:
            act(one, "bring-to-council", by=by)
        record(one.dossier, "proposal.before-council", by=by, council=council.title)
    return council


@transaction.atomic
def concluded(council: Council, *, by: Actor) -> None:
    """What follows when the council is concluded: each proposal goes on with its recommendation, or ends with the
    count and the council's reasons; one without a valid result waits for another vote."""
    for subject in council.subjects.all():
        proposal = find(subject.dossier)
        if proposal is None or proposal.state != Proposal.State.IN_COUNCIL:
            continue
        if subject.outcome == Subject.Outcome.PASSED:
            _recommend(proposal, subject)
            act(proposal, "pass", by=by)
        elif subject.outcome == Subject.Outcome.FAILED:
            act(proposal, "reject", by=by, comment=_reasons(subject))


def _recommend(proposal: Proposal, subject: Subject) -> None:
    """What the council said in words; where it changed nothing, what was proposed."""
    products = [row.get("name", "") for row in proposal.answers.get("products") or []]
    proposed = {
        "name": proposal.title, "objective": proposal.answers.get("objective", ""),
        "products": "\n".join(name for name in products if name), "way": proposal.answers.get("way", ""),
    }  # fmt: skip
    said = {name: value for name, value in subject.recommendation.items() if value}
    form_ = version_of(proposal).definition.forms["recommendation"]
    known = {field.name for field in form_.fields}
    Proposal.objects.filter(pk=proposal.pk).update(
        recommendation={name: value for name, value in {**proposed, **said}.items() if name in known and value}
    )


def _reasons(subject: Subject) -> str:
    """What the proposer is told when the council is against it."""
    told = {"yes": subject.counted.get("yes", 0), "all": subject.counted.get("of", 0)}
    sentence = _("The council did not recommend it: %(yes)s of %(all)s ballots were in favour.") % told
    reasons = str(subject.recommendation.get("reasons", "")) or subject.council.conclusion
    return f"{sentence} {reasons}".strip()


@transaction.atomic
def save_recommendation(proposal: Proposal, answers: Mapping[str, Any], *, by: Actor) -> Proposal:
    """Write the council's recommendation as its reviewers and secretary complete it. Raises Refused:
    `proposal.wrong-state`, `flow.answer`."""
    current = locked(proposal)
    require(may_handle(by, current) or _wrong_state(current))
    said: Data = checked(version_of(current).definition.forms["recommendation"], answers)
    current.recommendation = said
    current.save(update_fields=["recommendation"])
    record(current.dossier, "proposal.recommendation-written", by=by)
    proposal.refresh_from_db()
    return current


def _wrong_state(proposal: Proposal) -> Refusal | None:
    if proposal.state in (Proposal.State.COMPLETING, Proposal.State.REVIEWING):
        return None
    sentence = _("The recommendation is completed after the council; the proposal is at «%(state)s».")
    return Refusal("proposal.wrong-state", sentence % {"state": proposal.get_state_display()})


@transaction.atomic
def hand_in(proposal: Proposal, answers: Mapping[str, Any], *, by: Actor) -> Proposal:
    """Complete the recommendation and hand it in for the review of the procedure."""
    save_recommendation(proposal, answers, by=by)
    return act(proposal, "hand-in-recommendation", by=by)
