"""Case files: opening, filing documents, closing, freezing."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.documents.models import CaseFile, Document, Filing
from khue.documents.rules.filing import may_change_file, may_file, may_open_file
from khue.journal.actions import record


@transaction.atomic
def open_case_file(*, unit: Unit, by: User, **facts: Any) -> CaseFile:
    """Open a file in the unit's list of files.

    Raises:
        Refused: `files-not-yours`, `case-file-code-used`.
    """
    require(may_open_file(by, unit))
    case_file = CaseFile(unit=unit, **facts)
    _save(case_file)
    record(case_file.dossier, "casefile.opened", by=by, acting_for=unit.name, title=case_file.title)
    return case_file


@transaction.atomic
def change_case_file(case_file: CaseFile, *, by: User, **facts: Any) -> CaseFile:
    """Correct the description of a file, or close it with `ended_on`."""
    case_file = CaseFile.objects.select_for_update().get(pk=case_file.pk)
    require(may_change_file(by, case_file))
    changed = sorted(name for name, value in facts.items() if getattr(case_file, name) != value)
    for name, value in facts.items():
        setattr(case_file, name, value)
    _save(case_file)
    record(case_file.dossier, "casefile.changed", by=by, fields=", ".join(changed))
    return case_file


def _save(case_file: CaseFile) -> None:
    try:
        with transaction.atomic():
            case_file.save()
    except IntegrityError as taken:
        sentence = _("Number %(code)s is used already in the list of files of %(year)d.")
        facts = {"code": case_file.notation, "year": case_file.year}
        raise Refused(Refusal("case-file-code-used", sentence % facts)) from taken


@transaction.atomic
def file_documents(case_file: CaseFile, documents: Iterable[Document], *, by: User) -> int:
    """Put documents at the end of a file; those that are in it already stay where they are. Returns how many were put.

    Raises:
        Refused: `case-file-frozen`, `files-not-yours`, `document-not-yours`.
    """
    case_file = CaseFile.objects.select_for_update().get(pk=case_file.pk)
    kept = set(case_file.filings.values_list("document_id", flat=True))
    last = case_file.filings.aggregate(last=Max("ordinal"))["last"] or 0
    put = 0
    for document in documents:
        require(may_file(by, case_file, document))
        if document.pk in kept:
            continue
        put += 1
        Filing.objects.create(case_file=case_file, document=document, ordinal=last + put, by=by)
        record(document.dossier, "document.filed", by=by, file=str(case_file))
    return put


@transaction.atomic
def unfile(filing: Filing, *, by: User) -> None:
    """Take a document out of a file; the document itself stays registered."""
    case_file = CaseFile.objects.select_for_update().get(pk=filing.case_file_id)
    require(may_change_file(by, case_file))
    record(filing.document.dossier, "document.unfiled", by=by, file=str(case_file))
    filing.delete()


@transaction.atomic
def freeze(case_file: CaseFile, *, by: User, reason: str) -> CaseFile:
    """Hold a file as it is (Decree 30/2020 appendix VI, on recall): nothing is added, taken out or changed."""
    case_file = CaseFile.objects.select_for_update().get(pk=case_file.pk)
    require(may_change_file(by, case_file))
    if not reason.strip():
        raise Refused(Refusal("reason-missing", _("Say why; the reason stays in the journal.")))
    case_file.frozen_at, case_file.frozen_reason = now(), reason.strip()
    case_file.save()
    record(case_file.dossier, "casefile.frozen", by=by, reason=case_file.frozen_reason)
    return case_file


@transaction.atomic
def close_case_file(case_file: CaseFile, *, by: User, ended_on: date) -> CaseFile:
    """Close a file on the day its matter ended; the term for handing it to the archive counts from then."""
    return change_case_file(case_file, by=by, ended_on=ended_on)
