"""What the steps of `mission-identify` ask for; a case without a proposal (a story of the shelf) is not held back."""

from collections.abc import Mapping
from typing import Any

from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.flow import guards
from khue.flow.models import Case
from khue.needs.models import Proposal
from khue.needs.rules.proposal_review import may_recommend
from khue.needs.rules.proposal_search import may_go_to_council
from khue.needs.rules.proposals import may_handle


def _proposal(case: Case) -> Proposal | None:
    return Proposal.objects.select_related("case__process_version").filter(case=case).first()


@guards.register("search-signed")
def search_signed(case: Case, *, by: Actor, data: Mapping[str, Any] | None) -> Refusal | None:
    """The duplicate search (C0) is signed before the council."""
    proposal = _proposal(case)
    return may_go_to_council(proposal) if proposal is not None else None


@guards.register("procedure-reviewed")
def procedure_reviewed(case: Case, *, by: Actor, data: Mapping[str, Any] | None) -> Refusal | None:
    """Nothing in the checklist of the procedure is wrong."""
    proposal = _proposal(case)
    return may_recommend(proposal) if proposal is not None else None


@guards.register("no-part-in-proposal")
def no_part_in_proposal(case: Case, *, by: Actor, data: Mapping[str, Any] | None) -> Refusal | None:
    """Nobody handles a proposal in which they have a part."""
    proposal = _proposal(case)
    refusal = may_handle(by, proposal) if proposal is not None else None
    return refusal if refusal is not None and refusal.code == "proposal.conflict" else None
