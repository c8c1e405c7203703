"""Assigning while the person waits, or, where it takes longer, in a job that shows how far it is."""

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from khue.accounts.models import User
from khue.core.clock import today
from khue.core.progress import Progress
from khue.core.refusals import Refused, require
from khue.documents.actions.directive_assign import assign
from khue.documents.models import Assigning, Directive, Extraction, Proposal
from khue.documents.rules.assignees import shares
from khue.documents.rules.directive import may_assign
from khue.documents.rules.extraction import may_extract

AT_ONCE = 400
"""So many directives are assigned while the person waits, which takes about a second."""
RECURRING = 20
"""A recurring directive costs as much as so many others: it is opened, repeated, and has its first occurrence."""
State = Assigning.State


@transaction.atomic
def start(extraction: Extraction, *, by: User) -> list[Directive] | Assigning:
    """Assign what is accepted: the directives, or the work under way when there are many; a second call joins it.

    Raises:
        Refused: what `directive_assign.assign` refuses.
    """
    taken = Extraction.objects.select_for_update(of=["self"]).select_related("document__unit").get(pk=extraction.pk)
    require(may_extract(by, taken.document))
    require(may_assign(by, taken.document.unit))
    going_on = under_way(taken)
    if going_on is not None:
        return going_on
    total, effort = _measured(taken)
    if effort <= AT_ONCE:
        return assign(taken, by=by)
    taken.assignings.filter(state=State.WORKING).update(state=State.BROKEN)
    begun = Assigning.objects.create(extraction=taken, total=total, by=by)
    job = app.configure_task("documents.finish_assigning", queueing_lock=f"assigning:{begun.pk}")
    transaction.on_commit(lambda: job.defer(assigning_id=begun.pk))
    return begun


def under_way(extraction: Extraction) -> Assigning | None:
    """The work that is going on, if any."""
    found = extraction.assignings.filter(state=State.WORKING).first()
    return None if found is None or found.given_up else found


def _measured(extraction: Extraction) -> tuple[int, int]:
    """How many directives it would be, and how much work."""
    total = effort = 0
    for proposal in extraction.proposals.filter(state=Proposal.State.ACCEPTED).prefetch_related("units__unit"):
        count = len(shares(list(proposal.units.all()), proposal.spread, extraction.document.unit, today()))
        total += count
        effort += count * (RECURRING if proposal.recurs else 1)
    return total, effort


def finish(assigning: Assigning) -> Assigning:
    """Do what waits. Whatever breaks it off, nothing is assigned and the page says so."""
    try:
        with Progress(assigning) as tell:
            made = assign(assigning.extraction, by=assigning.by, tell=tell)
    except Refused as refused:
        assigning.state, assigning.problem = State.REFUSED, str(refused)
    except Exception:
        assigning.state = State.BROKEN
        assigning.problem = _("The assignment was broken off; nothing was assigned. Try again.")
        assigning.save(update_fields=["state", "problem"])
        raise
    else:
        assigning.state, assigning.done = State.DONE, len(made)
        assigning.units = len({directive.lead_id for directive in made})
    assigning.save(update_fields=["state", "problem", "done", "units"])
    return assigning
