"""Who may turn a document into directives, and what a proposal still lacks before it can be assigned."""

from datetime import date

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import may_in
from khue.core.refusals import Refusal
from khue.documents.models import Document, Proposal, ProposalUnit
from khue.documents.rules.directive_words import sure_from
from khue.documents.rules.visibility import may_see
from khue.language.marked import gone
from khue.language.source import SourceText

EXTRACT = "document:extract"


def may_extract(user: User, document: Document) -> Refusal | None:
    """Clerks, officers and heads of the unit that holds the document choose its directives."""
    if (unseen := may_see(user, document)) is not None:
        return unseen
    if document.secret:
        return Refusal(
            "document-secret", _("This document bears a mark of secrecy, so its text and directives stay out of here.")
        )
    if document.main_file is not None and document.main_file.disposed_at is not None:
        return Refusal(
            "document-destroyed",
            _("The content of this document was destroyed with its case file. %(reason)s")
            % {"reason": document.main_file.removal_reason},
        )
    if may_in(user, document.unit_id, EXTRACT):
        return None
    return Refusal(
        "directives-not-yours",
        _("Only clerks, officers and heads of %(unit)s choose the directives of this document.")
        % {"unit": document.unit},
    )


def may_change(proposal: Proposal) -> Refusal | None:
    """A proposal that was assigned or merged away is settled."""
    if proposal.state == Proposal.State.ASSIGNED:
        return Refusal("proposal-assigned", _("This one has already been assigned; change the directive itself."))
    if proposal.state == Proposal.State.MERGED:
        return Refusal("proposal-merged", _("This one was merged into another; undo to have it back."))
    return None


def may_accept(proposal: Proposal, units: list[ProposalUnit], today: date) -> Refusal | None:
    """To be assigned it needs content, exactly one kind of lead that the directory knows, and a deadline to come."""
    leads = [unit for unit in units if unit.part == ProposalUnit.Part.LEAD]
    if not proposal.content.strip():
        return Refusal("proposal-empty", _("The content is empty. Write what is to be done."))
    if not leads:
        return Refusal("proposal-no-lead", _("No lead unit is named. Choose who is to do it."))
    unknown = [unit.name for unit in units if unit.unit_id is None and not unit.group]
    if unknown:
        return Refusal(
            "proposal-unknown-unit",
            _("“%(name)s” is not in the directory. Choose a unit or create it.") % {"name": unknown[0]},
        )
    if proposal.due_on is not None and proposal.due_on < today:
        return Refusal(
            "proposal-due-past",
            _("The deadline %(day)s has passed. Give a later one, or leave it empty.")
            % {"day": proposal.due_on.strftime("%d/%m/%Y")},
        )
    return None


def gone_by(proposal: Proposal, document: Document) -> str:
    """A day before the document's own that the words name like a deadline, as printed; nothing is due by it.

    Empty when there is none or the proposal has a deadline.
    """
    if proposal.due_on is not None or proposal.recurs or document.issued_on is None:
        return ""
    found = gone(SourceText(proposal.content, (), "txt"), document.issued_on)
    return found.text if found else ""


def is_sure(proposal: Proposal, document: Document) -> bool:
    """Whether it may be accepted without a look at it alone: read with confidence, and no day in it is doubtful."""
    return proposal.confidence >= sure_from() and not gone_by(proposal, document)
