"""Turning the text that was read out of a document's file into proposals."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from khue.accounts.models import User
from khue.core.actors import READER
from khue.core.clock import now, today
from khue.core.refusals import require
from khue.documents import readings
from khue.documents.actions.proposal_changes import put_units
from khue.documents.actions.reading_directives import Found, directives_of, source_of
from khue.documents.models import Document, Extraction, Proposal, ProposalUnit
from khue.documents.rules.assignees import resolve
from khue.documents.rules.directive_words import field_of, product_of
from khue.documents.rules.extraction import may_extract
from khue.files.models import Version
from khue.files.reading import why_unread
from khue.journal.actions import record
from khue.language.extract import extract


def main_version(document: Document) -> Version | None:
    """The newest content of the document's main file; None when it has none."""
    return document.main_file.versions.order_by("-number").first() if document.main_file else None


@transaction.atomic
def open_extraction(document: Document, *, by: User) -> Extraction:
    """The document's extraction; its proposals are made the first time that its text is there.

    Raises:
        Refused: what `may_extract` says.
    """
    require(may_extract(by, document))
    there = Extraction.objects.select_related("document__unit").filter(document=document).first()
    if there is not None and there.state == Extraction.State.READ:
        return there  # without a lock: an assignment may be holding it for a while
    Extraction.objects.bulk_create([Extraction(document=document)], ignore_conflicts=True)
    extraction = (
        Extraction.objects.select_for_update(of=["self"]).select_related("document__unit").get(document=document)
    )
    if extraction.state != Extraction.State.READ:
        _take_text(extraction)
    return extraction


def _take_text(extraction: Extraction) -> None:
    version = main_version(extraction.document)
    if version is not None and version.text_state == Version.Text.READ:
        _read(extraction, version.text, version.lines, list(version.warnings))
    elif version is not None and (problem := why_unread(version)):
        extraction.state, extraction.problem = Extraction.State.FAILED, problem
        extraction.save()
    elif version is None and extraction.document.text:
        _read(extraction, extraction.document.text, [], [])


def _read(extraction: Extraction, text: str, lines: list[list[object]], warnings: list[str]) -> None:
    day = extraction.document.speaks_on
    read = extract(source_of(text, lines), day)
    found = directives_of(read, day)
    extraction.text, extraction.lines, extraction.warnings = text, lines, [*warnings, *read.warnings]
    extraction.state, extraction.read_at, extraction.problem = Extraction.State.READ, now(), ""
    extraction.save()
    propose(extraction, found)
    readings.tell(extraction.document, read)
    record(extraction.document.dossier, "document.directives-found", by=READER, count=len(found))


def propose(extraction: Extraction, found: Iterable[Found]) -> list[Proposal]:
    """Write what the reader found as proposals, with units resolved as they were on the document's day."""
    day = extraction.document.speaks_on or today()
    known: dict[str, ProposalUnit] = {}
    return [_propose(extraction, one, day, known) for one in found]


def _propose(extraction: Extraction, found: Found, day: date, known: dict[str, ProposalUnit]) -> Proposal:
    content = extraction.text[found.start : found.end]
    proposal = Proposal.objects.create(
        extraction=extraction, start=found.start, end=found.end, content=content, due_text=found.due_text[:200],
        due_on=found.due_on, recurs=found.recurs, priority=found.priority, field=field_of(content),
        product=product_of(content), confidence=found.confidence,
    )  # fmt: skip
    put_units(proposal, [named_unit(name, part, day, known) for name, part in found.assignees])
    return proposal


def named_unit(name: str, part: str, day: date, known: dict[str, ProposalUnit]) -> ProposalUnit:
    """The unit or group that a name means; `known` remembers names asked before."""
    if name not in known:
        unit, group = resolve(name, day)
        known[name] = ProposalUnit(name=name[:300], unit=unit, group=group)
    same = known[name]
    return ProposalUnit(part=part, name=same.name, unit=same.unit, group=same.group)
