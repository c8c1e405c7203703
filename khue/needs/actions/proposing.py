"""From needs to a proposed mission: the draft is prefilled with what they say, and each stays linked to it."""

from collections.abc import Collection

from django.db import transaction

from khue.accounts.models import User
from khue.needs.actions.intake import act
from khue.needs.actions.proposals import draft_from_needs
from khue.needs.models import Need, Proposal


@transaction.atomic
def propose(needs: Collection[Need], reasons: str, *, by: User) -> Proposal:
    """Make one draft of a proposal out of `needs`; their authors are told why. All or none.

    Raises:
        Refused: `proposal.no-need`, or what the process and `draft_from_needs` say.
    """
    taken = [act(one, "propose", by=by, comment=reasons) for one in sorted(needs, key=lambda one: one.pk)]
    return draft_from_needs(taken, by=by)
