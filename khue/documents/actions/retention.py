"""What was decided when the retention of a case file was over: it is destroyed, or kept longer."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.documents.models import CaseFile, Document, Draft, DraftVersion, Extraction, Reading
from khue.documents.rules.retention import decision_refusal, documents_going, may_decide
from khue.files.actions import dispose
from khue.files.models import File
from khue.journal.actions import record
from khue.language.keeping import kept_until


@transaction.atomic
def destroy(case_file: CaseFile, *, by: User, decision: str, decided_on: date) -> CaseFile:
    """Destroy a file by a decision: the content of its documents goes, unless another file that is kept holds them.

    Rows, names, numbers, hashes, registers and journal stay.

    Raises:
        Refused: what `may_decide` and `decision_refusal` say.
    """
    case_file = _decidable(case_file, by, decision, decided_on)
    # Locked in one order: of two files with a document in common, the later one sees that the other is gone.
    inside = Document.objects.filter(filings__case_file=case_file).order_by("pk").select_for_update(of=["self"])
    total = len(inside)
    going = list(documents_going(case_file))
    case_file.destroyed_at, case_file.decision, case_file.decided_on = now(), decision.strip(), decided_on
    case_file.save()
    facts = {"decision": case_file.decision, "day": f"{decided_on:%d/%m/%Y}"}
    told = _("Case file %(code)s of %(year)d was destroyed by decision %(decision)s of %(day)s")
    _empty(going, by=by, reason=told % {"code": case_file.notation, "year": case_file.year, **facts})
    record(case_file.dossier, "casefile.destroyed", by=by, **facts, gone=len(going), kept=total - len(going))
    return case_file


@transaction.atomic
def keep_longer(
    case_file: CaseFile, *, by: User, decision: str, decided_on: date, retention: str, reason: str
) -> CaseFile:
    """Give a file whose retention is over a longer one.

    Raises:
        Refused: `retention-too-short`, `reason-missing`, and what `may_decide` and `decision_refusal` say.
    """
    case_file = _decidable(case_file, by, decision, decided_on)
    until = kept_until(retention, case_file.ended_on)
    if not retention.strip() or (until is not None and until < today()):
        raise Refused(Refusal("retention-too-short", _("Write a retention that is not over yet.")))
    if not reason.strip():
        raise Refused(Refusal("reason-missing", _("Say why; the reason stays in the journal.")))
    old, case_file.retention = case_file.retention, retention.strip()
    case_file.save()
    record(
        case_file.dossier, "casefile.kept-longer", by=by, old=old, new=case_file.retention, reason=reason.strip(),
        decision=decision.strip(), day=f"{decided_on:%d/%m/%Y}",
    )  # fmt: skip
    return case_file


def _decidable(case_file: CaseFile, by: User, decision: str, decided_on: date) -> CaseFile:
    case_file = CaseFile.objects.select_for_update().get(pk=case_file.pk)
    require(may_decide(by, case_file))
    require(decision_refusal(case_file, decision, decided_on))
    return case_file


def _empty(documents: Iterable[Document], *, by: User, reason: str) -> None:
    """Destroy what the documents say: their files, and the text that was read, pasted or written here."""
    pks = [document.pk for document in documents]
    for file in File.objects.filter(dossier_kind="document", dossier_id__in=pks, disposed_at=None):
        dispose(file, by=by, reason=reason)
    Document.objects.filter(pk__in=pks, reading=Reading.WAITING).update(reading=Reading.NONE)
    Document.objects.filter(pk__in=pks).update(text="")
    Extraction.objects.filter(document__in=pks).update(text="", lines=[])
    Draft.objects.filter(document__in=pks).update(body="")
    versions = list(DraftVersion.objects.filter(draft__document__in=pks))
    for version in versions:
        version.content["body"] = ""
    DraftVersion.objects.bulk_update(versions, ["content"])
