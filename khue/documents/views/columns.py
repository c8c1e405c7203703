"""The columns that Decree 30/2020/NĐ-CP, appendix IV, asks of each register; the page and the sheet share them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from khue.documents.models import Acknowledgement, Citation, Document, Recipient
from khue.documents.rules.shelf import types
from khue.language.signs import TYPES
from khue.language.text import fold
from khue.office.excel import Column as SheetColumn

Look = Literal["text", "number", "date", "title", "sign"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a register. `sort` is the order the database can give by it; empty where it cannot.

    `needs` names the rows beside the document that the value is made of, so that no list asks for others.
    """

    label: str | Promise
    value: Callable[[Document], Any]
    look: Look = "text"
    sort: str = ""
    meaning: str | Promise = ""
    needs: Literal["", "recipients", "replies"] = ""
    term: str = ""
    """Its name in the glossary."""

    def sheet(self) -> SheetColumn[Document]:
        """The same column of an Excel sheet."""
        kinds: dict[Look, Any] = {"text": "text", "number": "number", "date": "date", "title": "text", "sign": "text"}
        return SheetColumn(str(self.label), self.value, kinds[self.look], str(self.meaning))


def type_and_subject(document: Document) -> str:
    """`Kế hoạch: …`; a letter has its abstract only, and so has an abstract that says the type itself."""
    subject = document.subject or str(_("(no abstract yet)"))
    if not document.type or fold(subject).startswith(f"{fold(TYPES.get(document.type, document.type))} "):
        return subject
    return f"{types().get(document.type, document.type)}: {subject}"


def _recipients(document: Document, *parts: str) -> list[Recipient]:
    return [one for one in document.recipients.all() if not parts or one.part in parts]


def _names(document: Document) -> str:
    names = [one.name for one in _recipients(document, Recipient.Part.ACTION, Recipient.Part.COPY)]
    return "; ".join(names) or document.addressees


def _forwarded_on(document: Document) -> date | None:
    sent = [one.sent_at for one in _recipients(document) if one.sent_at]
    return localtime(min(sent)).date() if sent else None


def _receipts(document: Document) -> str:
    """How many recipients with an account have acknowledged."""
    counted = [one for one in _recipients(document) if one.unit_id or one.user_id]
    said = sum(any(word.of == Acknowledgement.Of.RECEIPT for word in one.acknowledgements.all()) for one in counted)
    return f"{said}/{len(counted)}" if counted else ""


def _keeper(document: Document) -> str:
    kept = [one.name for one in _recipients(document, Recipient.Part.KEEP)]
    return "; ".join(kept) or document.unit.name


def _handler(document: Document) -> str:
    names = [one.name for one in _recipients(document)]
    return "; ".join(names)


def _progress(document: Document) -> str:
    return str(document.case.step_now.staff) if document.case else ""


def _reply(document: Document) -> str:
    replies = [one.document.sign for one in document.cited_by.all() if one.kind == Citation.Kind.REPLY]
    return "; ".join(sign for sign in replies if sign)


def _identity(document: Document) -> str:
    day = f"{document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    return " · ".join(part for part in (document.sign, day, document.issuer_name) if part)


ARRIVED = Column(_("Date of arrival"), lambda one: one.arrived_on, "date", "arrived_on")
NUMBER = Column(_("Arrival number"), lambda one: one.arrival_number, "number", "arrival_number", term="arrival-number")
SIGN = Column(_("Number and sign"), lambda one: one.sign, "sign", "sign_key", term="number-and-sign")
DATE = Column(_("Date of the document"), lambda one: one.issued_on, "date", "issued_on")
TITLE = Column(_("Type and abstract"), type_and_subject, "title", "sort_subject", term="subject")
FORWARDED = Column(_("Date forwarded"), _forwarded_on, "date", needs="recipients")
RECEIPT = Column(
    _("Receipt"),
    _receipts,
    meaning=_("How many of the recipients in the system have acknowledged"),
    needs="recipients",
)
NOTE = Column(_("Note"), lambda one: one.note)

INCOMING: Sequence[Column] = (
    ARRIVED,
    NUMBER,
    Column(_("Issuing body"), lambda one: one.issuer_name, "text", "sort_issuer"),
    SIGN,
    DATE,
    TITLE,
    Column(_("Unit or person receiving"), _handler, needs="recipients"),
    FORWARDED,
    RECEIPT,
    NOTE,
)
OUTGOING: Sequence[Column] = (
    SIGN,
    DATE,
    TITLE,
    Column(_("Signer"), lambda one: one.signer),
    Column(_("Recipients"), _names, needs="recipients", term="recipient"),
    Column(_("Unit keeping the file copy"), _keeper, needs="recipients"),
    Column(_("Copies"), lambda one: one.copies, "number"),
    FORWARDED,
    RECEIPT,
    NOTE,
)
FOLLOW_UP: Sequence[Column] = (
    NUMBER,
    Column(_("Type, number, date and author"), _identity, "title", "sort_subject"),
    Column(_("Unit or person in charge"), _handler, needs="recipients"),
    Column(_("Deadline"), lambda one: one.due_on, "date", "due_on"),
    Column(_("Progress"), _progress),
    Column(_("Number of the reply"), _reply, needs="replies"),
    NOTE,
)
ALL: Sequence[Column] = (
    Column(_("Kind of register"), lambda one: str(one.get_direction_display())),
    SIGN,
    DATE,
    TITLE,
    Column(_("Issuing body"), lambda one: one.issuer_name, "text", "sort_issuer"),
    Column(_("State"), _progress),
)
IN_FILE: Sequence[Column] = (
    SIGN,
    DATE,
    TITLE,
    Column(_("Issuing body"), lambda one: one.issuer_name, "text", "sort_issuer"),
    Column(_("Pages"), lambda one: one.pages, "number"),
    NOTE,
)
