"""The register of arrivals in and out as a sheet, without files (Decree 30/2020/NĐ-CP, appendix IV)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.accounts.scope import units_where
from khue.core.actors import Actor
from khue.core.cells import between, choice, day, short
from khue.core.clock import today
from khue.core.exchange import (
    Change,
    Exchange,
    Field,
    Outcome,
    Row,
    WrongCell,
    attempt,
    differing,
    label_of,
    labels_of,
)
from khue.core.refusals import Refusal, require
from khue.directory.cells import UnitsInCells, unit_cell
from khue.directory.models import Unit
from khue.documents.actions.incoming import correct
from khue.documents.actions.past_register import enter_past
from khue.documents.models import Direction, Document, Secrecy, Urgency
from khue.documents.models.sign import sign_key
from khue.documents.rules.registering import REGISTER, duplicate_refusal, may_register
from khue.documents.rules.visibility import visible_to
from khue.language.text import fold

FIELDS = [
    Field("unit", [gettext_lazy("Register of")], short(320), required=True, meaning=gettext_lazy(
        "The body whose register it is, by name or code."
    ), example="Sở Khoa học và Công nghệ"),
    Field("arrival_number", [gettext_lazy("Arrival number")], between(1, 99_999), required=True, meaning=gettext_lazy(
        "As it stands in the book of that year."
    ), example=125, kind="number"),
    Field("arrived_on", [gettext_lazy("Date of arrival")], day, required=True, meaning=gettext_lazy(
        "Its year says which book."
    ), example=date(2024, 3, 18), kind="date"),
    Field("sign", [gettext_lazy("Number and sign")], short(80), meaning=gettext_lazy(
        "As it is printed."
    ), example="87/KH-UBND"),
    Field("issued_on", [gettext_lazy("Date of the document")], day, meaning=gettext_lazy(
        "The date printed on it."
    ), example=date(2024, 3, 15), kind="date"),
    Field("issuer_name", [gettext_lazy("Issuing body")], short(200), required=True, meaning=gettext_lazy(
        "Who issued it."
    ), example="UBND Thành phố"),
    Field("type", [gettext_lazy("Type of document")], short(10), meaning=gettext_lazy(
        "The abbreviation, such as KH, QĐ, TB; empty for a letter."
    ), example="KH"),
    Field("subject", [gettext_lazy("Abstract")], short(500), required=True, meaning=gettext_lazy(
        "What it is about."
    ), example="Kế hoạch chuyển đổi số năm 2024"),
    Field("signer", [gettext_lazy("Signer")], short(120), meaning=gettext_lazy("Who signed it.")),
    Field("urgency", [gettext_lazy("Urgency")], choice(lambda: Urgency.choices), meaning=gettext_lazy(
        "The mark on it; empty is normal."
    )),
    Field("secrecy", [gettext_lazy("Secrecy")], choice(lambda: Secrecy.choices), meaning=gettext_lazy(
        "The mark on it; empty is none. Of a secret document only the facts of the register are kept."
    )),
    Field("addressees", [gettext_lazy("Unit or person that received it")], short(1000), meaning=gettext_lazy(
        "To whom it was forwarded, as the book says."
    ), example="Phòng Quản lý khoa học"),
    Field("pages", [gettext_lazy("Pages")], between(1, 32_000), meaning=gettext_lazy("How many."), kind="number"),
    Field("due_on", [gettext_lazy("Reply or resolution due")], day, meaning=gettext_lazy(
        "When it sets one."
    ), kind="date"),
    Field("note", [gettext_lazy("Remark")], short(500), meaning=gettext_lazy("Anything else in the book.")),
    Field("duplicate_reason", [gettext_lazy("Why registered twice")], short(500), meaning=gettext_lazy(
        "Only for a document that stands in the register already under another number."
    )),
]  # fmt: skip
_FACTS = ("sign", "issued_on", "issuer_name", "type", "subject", "signer", "urgency", "addressees", "pages", "due_on",
          "note")  # fmt: skip
Key = tuple[int, int, bool, int]
"""Unit, year, secret, arrival number."""


def may(by: Actor) -> Refusal | None:
    """Those who keep a register somewhere."""
    if not isinstance(by, User) or units_where(by, *REGISTER):
        return None
    return Refusal("register-not-yours", _("Only those who keep a register bring in, or take out, registers."))


def enter(rows: Sequence[Row], by: Actor) -> Iterator[Outcome]:
    """Enter numbers that are not in the register yet, all in one write; correct those that are."""
    run = _Run(rows, by)
    new: list[tuple[Row, Document]] = []
    for row in rows:
        outcome = attempt(row, run.row)
        if isinstance(outcome, Change) and outcome.effect == "new":
            new.append((row, run.documents[row.number]))
        else:
            yield outcome
    enter_past([document for _row, document in new], by=by)
    for row, document in new:
        yield Change(row.number, "new", f"{document.arrival_number}/{document.register_year} · {document}")


class _Run:
    """What one import knows while it goes through its rows."""

    def __init__(self, rows: Sequence[Row], by: Actor) -> None:
        self.by = by
        self.documents: dict[int, Document] = {}
        self.units = UnitsInCells((row.values["unit"], row.values["arrived_on"]) for row in rows)
        years = {row.values["arrived_on"].year for row in rows}
        there = Document.objects.filter(direction=Direction.IN, register_year__in=years).select_related("unit")
        self.held: dict[Key, Document] = {_key(document): document for document in there}
        self.by_sign: dict[tuple[int, str], list[Document]] = {}
        keys = {sign_key(row.values["sign"] or "") for row in rows} - {""}
        for document in Document.objects.filter(sign_key__in=keys):
            self.by_sign.setdefault((document.unit_id, document.sign_key), []).append(document)
        self._allowed: set[int] = set()

    def row(self, row: Row) -> Change:
        """Correct the document of a row, or make ready to enter it."""
        values = row.values
        if values["arrived_on"] > today():
            raise WrongCell(label_of(FIELDS, "arrived_on"), _("The date of arrival is still to come. Check it."))
        unit = self.units.find(values["unit"], values["arrived_on"], column=label_of(FIELDS, "unit"))
        self._allow(unit)
        secret = bool(values["secrecy"])
        key = (unit.pk, values["arrived_on"].year, secret, values["arrival_number"])
        if key in self.held:
            return self._correct(row, self.held[key])
        document = self._document(row, unit)
        self._twice(document)
        self.held[key] = self.documents[row.number] = document
        if document.sign_key:
            self.by_sign.setdefault((unit.pk, document.sign_key), []).append(document)
        return Change(row.number, "new", str(document))

    def _allow(self, unit: Unit) -> None:
        if unit.pk not in self._allowed:
            require(may_register(self.by, unit))
            self._allowed.add(unit.pk)

    def _document(self, row: Row, unit: Unit) -> Document:
        given = {name: row.values[name] for name in _FACTS if row.values[name] not in (None, "")}
        return Document(
            unit=unit, direction=Direction.IN, arrived_on=row.values["arrived_on"],
            arrival_number=row.values["arrival_number"], secrecy=row.values["secrecy"] or Secrecy.NONE,
            duplicate_reason=row.values["duplicate_reason"] or "", typed_fields=sorted(given), **given,
        ).prepare()  # fmt: skip

    def _twice(self, document: Document) -> None:
        """Refuse what stands in the register under another number, unless the sheet says why."""
        if document.duplicate_reason or not document.sign_key:
            return
        for one in self.by_sign.get((document.unit_id, document.sign_key), []):
            bodies = {fold(one.issuer_name), fold(document.issuer_name)} - {""}
            if len(bodies) < 2 and len({one.issued_on, document.issued_on} - {None}) < 2:
                refusal = duplicate_refusal([one], self.by)
                raise WrongCell(label_of(FIELDS, "duplicate_reason"), refusal.sentence if refusal else "")

    def _correct(self, row: Row, document: Document) -> Change:
        what = f"{document.arrival_number}/{document.register_year} · {document}"
        if document._state.adding:
            sentence = _("Another row of this sheet has the number %(number)s of the same year already.")
            raise WrongCell(label_of(FIELDS, "arrival_number"), sentence % {"number": document.arrival_number})
        if row.values["arrived_on"] != document.arrived_on:
            sentence = _("Number %(number)s is taken by “%(what)s”, which arrived on %(day)s.")
            facts = {"number": document.arrival_number, "what": document, "day": f"{document.arrived_on:%d/%m/%Y}"}
            raise WrongCell(label_of(FIELDS, "arrival_number"), sentence % facts)
        changed = differing(FIELDS, row, {name: getattr(document, name) for name in _FACTS})
        if changed:
            correct(document, by=self.by, changed={name: row.values[name] for name in changed})
        return Change(row.number, "changed" if changed else "same", what, labels_of(FIELDS, changed))


def _key(document: Document) -> Key:
    return (document.unit_id, document.register_year or 0, document.secret, document.arrival_number or 0)


def export(by: Actor) -> Iterator[Mapping[str, Any]]:
    """The registers of arrivals that `by` keeps, book by book."""
    documents = Document.objects.filter(direction=Direction.IN)
    if isinstance(by, User):
        documents = visible_to(by).filter(direction=Direction.IN, unit__in=units_where(by, *REGISTER))
    ordered = documents.select_related("unit").order_by("unit__sort_name", "register_year", "arrival_number", "pk")
    for one in ordered.defer("text", "folded").iterator(chunk_size=1000):
        yield {
            **{name: getattr(one, name) for name in _FACTS},
            "unit": unit_cell(one.unit), "arrival_number": one.arrival_number, "arrived_on": one.arrived_on,
            "urgency": one.get_urgency_display() if one.urgency else "",
            "secrecy": one.get_secrecy_display() if one.secret else "", "duplicate_reason": one.duplicate_reason,
        }  # fmt: skip


DOCUMENTS = Exchange(
    name="documents",
    label=gettext_lazy("Register of arrivals"),
    purpose=gettext_lazy("The books of incoming documents of years past, number by number, without files."),
    fields=FIELDS,
    enter=enter,
    export=export,
    may=may,
    url_name="documents:documents",
    also_at=["documents:register den"],
    notes=[
        gettext_lazy("A number that is in its register already is corrected; an empty cell changes nothing."),
        gettext_lazy("Nobody is told and nothing is put on a desk: these documents were dealt with before."),
        gettext_lazy("Numbers that the book leaves out are noted; the running register goes on after the last one."),
    ],
    order=30,
)
