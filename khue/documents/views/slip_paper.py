"""The disposition slip as a Word file, to be printed and kept with the paper (Decree 30/2020/NĐ-CP, appendix IV)."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.directory.search import place_name
from khue.documents.models import Direction, Disposition, Document
from khue.documents.views.document import find
from khue.office.vietnamese import in_vietnamese
from khue.office.word import Block, Heading, OfficialPaper, Paragraph, Signature, official

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GAP = "…" * 27
EMPTY_LINES = 3
"""Dotted lines left for writing by hand where nobody has written yet."""


@require_GET
@in_vietnamese()
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The slip of an incoming document with what was written on it so far."""
    document = find(request, pk)
    if document.direction != Direction.IN:
        raise Http404
    response = HttpResponse(official(paper(document)), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="phieu-giai-quyet-{document.arrival_number or pk}.docx"'
    return response


def paper(document: Document) -> OfficialPaper:
    """Three levels of comment, each line dated, below the facts of the register."""
    lines = list(document.dispositions.select_related("lead", "person", "by").prefetch_related("supports"))
    blocks: list[Block] = [Paragraph(fact) for fact in _facts(document)]
    for level in Disposition.Level:
        blocks.append(Heading(_("Comment: %(level)s") % {"level": str(level.label).lower()}))
        blocks += _comments([line for line in lines if line.level == level])
    unit = document.unit
    return OfficialPaper(
        layout="state", parent_body=unit.parent.name if unit.parent else "", body=unit.name, number="", sign="",
        place=place_name(), issued_on=document.arrived_on, subject="",
        type_name=_("DISPOSITION SLIP OF AN INCOMING DOCUMENT"), blocks=blocks, signature=Signature(post="", name=""),
    )  # fmt: skip


def _facts(document: Document) -> Iterable[str]:
    arrived = f"{document.arrived_on:%d/%m/%Y}" if document.arrived_on else "…"
    issued = f"{document.issued_on:%d/%m/%Y}" if document.issued_on else "…"
    yield _("Arrival number: %(number)s; date of arrival: %(day)s.") % {
        "number": document.arrival_number or "…", "day": arrived,
    }  # fmt: skip
    yield _("Document %(sign)s of %(day)s, issued by %(issuer)s") % {
        "sign": document.sign or "…", "day": issued, "issuer": document.issuer_name or "……",
    }  # fmt: skip
    yield _("About: %(subject)s") % {"subject": document.subject}


def _comments(lines: list[Disposition]) -> Iterable[Block]:
    if not lines:
        yield from [Paragraph(GAP)] * EMPTY_LINES
    for line in lines:
        yield Paragraph(line.comment)
        yield from (Paragraph(order) for order in _orders(line))
        signed = {"day": f"{line.written_on:%d/%m/%Y}", "name": line.by.full_name}
        yield Paragraph(_("Written on %(day)s, %(name)s") % signed, italic=True)


def _orders(line: Disposition) -> Iterable[str]:
    if line.lead:
        yield _("In charge:") + f" {line.lead.name}."
    if supports := [unit.name for unit in line.supports.all()]:
        yield _("Together with:") + f" {'; '.join(supports)}."
    if line.person:
        yield _("Person:") + f" {line.person.full_name}."
    if line.due_on:
        yield _("Due") + f" {line.due_on:%d/%m/%Y}."
