"""Who sees and keeps case files."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import everywhere, units_where
from khue.core.refusals import Refusal
from khue.directory.models import Unit
from khue.documents.models import CaseFile, Document
from khue.documents.rules.visibility import may_see

KEEP_FILES = ("document:register", "document:draft")


def files_visible_to(user: User) -> QuerySet[CaseFile]:
    """Files of the person's own units; overseers see all. The documents in a file have rules of their own."""
    if everywhere(user, "document:see"):
        return CaseFile.objects.all()
    return CaseFile.objects.filter(unit__in=units_where(user, "document:see"))


def may_open_file(by: User, unit: Unit) -> Refusal | None:
    """Clerks, officers and heads open files in their own unit."""
    if unit.pk in units_where(by, *KEEP_FILES):
        return None
    return Refusal("files-not-yours", _("Only people of %(unit)s keep its files.") % {"unit": unit.name})


def may_change_file(by: User, case_file: CaseFile) -> Refusal | None:
    """Nobody changes a file that is frozen or destroyed."""
    if case_file.destroyed_at is not None:
        return Refusal("case-file-destroyed", _("This file was destroyed; nothing in it can change."))
    if case_file.frozen_at is not None:
        return Refusal(
            "case-file-frozen",
            _("This file is frozen (%(reason)s); nothing in it can change.") % {"reason": case_file.frozen_reason},
        )
    return may_open_file(by, case_file.unit)


def may_file(by: User, case_file: CaseFile, document: Document) -> Refusal | None:
    """A person files documents that they may see."""
    return may_change_file(by, case_file) or may_see(by, document)
