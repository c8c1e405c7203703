"""When the retention of a case file is over, and what may be decided then."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.documents.models import CaseFile, Document, Filing
from khue.documents.rules.filing import may_change_file
from khue.language.keeping import kept_for_good


def retention_over() -> Q:
    """Files whose last day of retention has passed and on which nobody has decided yet."""
    return Q(keep_until__lt=today(), destroyed_at=None)


def may_decide(by: User, case_file: CaseFile) -> Refusal | None:
    """Who may change a file records what was decided when its retention is over.

    Where the words name no period, people judge whether it is: any closed file of that kind may be decided on.
    """
    return may_change_file(by, case_file) or _not_over(case_file)


def _not_over(case_file: CaseFile) -> Refusal | None:
    if kept_for_good(case_file.retention):
        return Refusal("retention-for-good", _("This file is kept for good; it is not destroyed."))
    if case_file.ended_on is None:
        return Refusal("retention-not-over", _("This file is still open; its retention counts from the day it ends."))
    if case_file.keep_until is not None and case_file.keep_until >= today():
        sentence = _("This file is kept until %(day)s; it cannot be decided on before.")
        return Refusal("retention-not-over", sentence % {"day": f"{case_file.keep_until:%d/%m/%Y}"})
    return None


def decision_refusal(case_file: CaseFile, decision: str, decided_on: date) -> Refusal | None:
    """A decision has a number, and its day lies after the end of the retention and not in the future."""
    end = case_file.keep_until or case_file.ended_on
    if not decision.strip():
        return Refusal("decision-missing", _("Write the number and sign of the decision."))
    if decided_on > today():
        return Refusal("decision-in-the-future", _("The day of the decision is still to come. Check it."))
    if end is not None and decided_on <= end:
        sentence = _("The decision was made before the retention was over (%(day)s). Check its day.")
        return Refusal("decision-before-the-end", sentence % {"day": f"{end:%d/%m/%Y}"})
    return None


def documents_going(case_file: CaseFile) -> QuerySet[Document]:
    """Documents of the file that lie in no other file that is still kept."""
    elsewhere = Filing.objects.filter(document=OuterRef("pk"), case_file__destroyed_at=None)
    inside = Filing.objects.filter(document=OuterRef("pk"), case_file=case_file)
    return Document.objects.filter(Exists(inside), ~Exists(elsewhere.exclude(case_file=case_file)))
