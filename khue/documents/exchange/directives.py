"""Directives in and out as a sheet: who ordered what from whom, until when, and how it stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.cells import between, choice, day, items, short, text
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
from khue.documents.actions.past_directives import PastDirective, enter_past
from khue.documents.exchange.standing import checked
from khue.documents.models import Directive, DirectiveUnit, Document
from khue.documents.models.sign import sign_key
from khue.documents.rules.directive import ASSIGN, may_assign, own_units, visible_to
from khue.documents.rules.directive_words import fields as fields_of_work
from khue.language.text import fold

State = Directive.State
STATES = [(each.value, each.label) for each in State if each != State.RECURRING]


def _areas() -> Iterable[tuple[str, object]]:
    return [(each.name, each.label) for each in fields_of_work().values()]


FIELDS = [
    Field("issuer", [gettext_lazy("Issuing unit")], short(320), required=True, meaning=gettext_lazy(
        "Who gave the order, by name or code; the document has to stand in its registers."
    ), example="Sở Khoa học và Công nghệ"),
    Field("sign", [gettext_lazy("Sign of the document")], short(80), required=True, meaning=gettext_lazy(
        "Number and sign of the document it stands in. Bring in the register first."
    ), example="87/KH-UBND"),
    Field("issued_on", [gettext_lazy("Date of the document")], day, meaning=gettext_lazy(
        "Needed when several documents bear the same sign."
    ), example=date(2024, 3, 15), kind="date"),
    Field("number", [gettext_lazy("Place in the document")], between(1, 9_999), meaning=gettext_lazy(
        "1 for its first directive, and so on; the next one when left empty."
    ), example=1, kind="number"),
    Field("content", [gettext_lazy("What is ordered")], text, required=True, meaning=gettext_lazy(
        "In the words of the document, as short as it can be."
    ), example="Xây dựng kế hoạch chuyển đổi số của đơn vị"),
    Field("lead", [gettext_lazy("Lead unit")], short(320), required=True, meaning=gettext_lazy(
        "The one unit that answers for it."
    ), example="Phòng Quản lý khoa học"),
    Field("supports", [gettext_lazy("Supporting units")], items, meaning=gettext_lazy(
        "A semicolon between them."
    )),
    Field("assigned_on", [gettext_lazy("Assigned on")], day, required=True, meaning=gettext_lazy(
        "The day of the order; the units are those of this day."
    ), example=date(2024, 3, 19), kind="date"),
    Field("due_on", [gettext_lazy("Deadline")], day, meaning=gettext_lazy(
        "As it is now, extensions included."
    ), example=date(2024, 6, 30), kind="date"),
    Field("first_due_on", [gettext_lazy("First deadline")], day, meaning=gettext_lazy(
        "Only if it was extended: the deadline before."
    ), kind="date"),
    Field("priority", [gettext_lazy("Priority")], choice(lambda: Directive.Priority.choices), meaning=gettext_lazy(
        "Normal when left empty."
    )),
    Field("field", [gettext_lazy("Field of work")], choice(_areas), meaning=gettext_lazy(
        "One of the fields of this site."
    )),
    Field("product", [gettext_lazy("Product expected")], short(300), meaning=gettext_lazy(
        "What is to come out of it."
    ), example="Kế hoạch"),
    Field("state", [gettext_lazy("State")], choice(lambda: STATES), required=True, meaning=gettext_lazy(
        "How it stands today."
    ), example=State.ACCEPTED.label),
    Field("percent", [gettext_lazy("Progress (%)")], between(0, 100), meaning=gettext_lazy(
        "0 to 100; what is reported done counts 100."
    ), kind="number"),
    Field("acknowledged_on", [gettext_lazy("Acknowledged on")], day, meaning=gettext_lazy(
        "When the lead unit said that it had it."
    ), kind="date"),
    Field("done_on", [gettext_lazy("Reported done on")], day, meaning=gettext_lazy(
        "Needed for what is reported done or accepted; it tells whether it was late."
    ), example=date(2024, 6, 25), kind="date"),
    Field("closed_on", [gettext_lazy("Closed on")], day, meaning=gettext_lazy(
        "Needed for what is accepted or withdrawn."
    ), example=date(2024, 6, 28), kind="date"),
]  # fmt: skip
_FACTS = ("content", "assigned_on", "due_on", "priority", "field", "product", "state", "percent", "done_on",
          "closed_on")  # fmt: skip


def may(by: Actor) -> Refusal | None:
    """Those who may assign in the name of a unit."""
    if not isinstance(by, User) or own_units(by, ASSIGN):
        return None
    return Refusal("may-not-assign", _("Only those who may assign directives bring in, or take out, such a list."))


def enter(rows: Sequence[Row], by: Actor) -> Iterator[Outcome]:
    """Enter directives that are not there yet, all in one write; those that are there are left as they are."""
    run = _Run(rows, by)
    new: list[Row] = []
    for row in rows:
        outcome = attempt(row, run.row)
        if isinstance(outcome, Change) and outcome.effect == "new":
            new.append(row)
        else:
            yield outcome
    enter_past([run.entries[row.number] for row in new], by=by)
    for row in new:
        entry = run.entries[row.number]
        yield Change(row.number, "new", f"{entry.directive.document} · {entry.directive}")


class _Run:
    """What one import knows while it goes through its rows."""

    def __init__(self, rows: Sequence[Row], by: Actor) -> None:
        self.by = by
        self.entries: dict[int, PastDirective] = {}
        self.units = UnitsInCells(
            (cell, row.values["assigned_on"])
            for row in rows
            for cell in (row.values["issuer"], row.values["lead"], *(row.values["supports"] or ()))
        )
        self.documents: dict[tuple[int, str], list[Document]] = {}
        keys = {sign_key(row.values["sign"]) for row in rows} - {""}
        for document in Document.objects.filter(sign_key__in=keys).select_related("unit").defer("text", "folded"):
            self.documents.setdefault((document.unit_id, document.sign_key), []).append(document)
        held = [document for found in self.documents.values() for document in found]
        self.numbered: dict[tuple[int, int], Directive] = {}
        self.worded: dict[tuple[int, int, str], Directive] = {}
        for one in Directive.objects.filter(document__in=held).select_related("lead", "document"):
            self._keep(one)
        self._allowed: dict[int, None] = {}

    def _keep(self, one: Directive) -> None:
        if one.number:
            self.numbered[one.document_id, one.number] = one
        self.worded.setdefault((one.document_id, one.lead_id, fold(one.content)), one)

    def row(self, row: Row) -> Change:
        """Find that the directive of a row is there, or make ready to enter it."""
        values = row.values
        issuer, lead = self._unit(row, "issuer"), self._unit(row, "lead")
        supports = [self._named(row, cell, "supports") for cell in values["supports"] or ()]
        self._allow(issuer)
        document = self._document(row, issuer)
        there = self._there(row, document, lead)
        if there is not None:
            return self._compare(row, there, lead)
        directive = Directive(document=document, issuer=issuer, lead=lead, **checked(FIELDS, row))
        self._keep(directive)
        entry = PastDirective(directive, [unit for unit in dict.fromkeys(supports) if unit != lead])
        self.entries[row.number] = entry
        return Change(row.number, "new", str(directive))

    def _unit(self, row: Row, key: str) -> Unit:
        return self._named(row, row.values[key], key)

    def _named(self, row: Row, cell: str, key: str) -> Unit:
        return self.units.find(cell, row.values["assigned_on"], column=label_of(FIELDS, key))

    def _allow(self, issuer: Unit) -> None:
        if isinstance(self.by, User) and issuer.pk not in self._allowed:
            require(may_assign(self.by, issuer))
        self._allowed[issuer.pk] = None

    def _document(self, row: Row, issuer: Unit) -> Document:
        found = self.documents.get((issuer.pk, sign_key(row.values["sign"])), [])
        wanted = row.values["issued_on"]
        found = [one for one in found if not wanted or one.issued_on in (None, wanted)]
        facts = {"sign": row.values["sign"], "unit": issuer.name, "count": len(found)}
        if not found:
            sentence = _("No register of %(unit)s has the document %(sign)s of that date. Bring it in first.")
            raise WrongCell(label_of(FIELDS, "sign"), sentence % facts)
        if len(found) > 1:
            sentence = _("%(unit)s holds %(count)s documents %(sign)s. Fill in the date of the document.")
            raise WrongCell(label_of(FIELDS, "issued_on"), sentence % facts)
        return found[0]

    def _there(self, row: Row, document: Document, lead: Unit) -> Directive | None:
        if row.values["number"]:
            return self.numbered.get((document.pk, row.values["number"]))
        return self.worded.get((document.pk, lead.pk, fold(row.values["content"])))

    def _compare(self, row: Row, there: Directive, lead: Unit) -> Change:
        """What is there keeps its history: it is changed where its acts are, never by a sheet."""
        if there._state.adding:
            raise WrongCell(label_of(FIELDS, "content"), _("Another row of this sheet says the same."))
        keys = differing(FIELDS, row, {name: getattr(there, name) for name in _FACTS})
        keys += [] if there.lead_id == lead.pk else ["lead"]
        if keys:
            sentence = _("It is there already and differs in: %(columns)s. Change it on its own page.")
            raise WrongCell(label_of(FIELDS, keys[0]), sentence % {"columns": labels_of(FIELDS, keys)})
        return Change(row.number, "same", str(there))


def export(by: Actor) -> Iterator[Mapping[str, Any]]:
    """The directives issued by the units for which `by` assigns; recurring ones by their occurrences."""
    directives = Directive.objects.exclude(state=State.RECURRING)
    if isinstance(by, User):
        issuers = own_units(by, ASSIGN)
        directives = visible_to(by).filter(issuer__in=issuers).exclude(state=State.RECURRING)
    supports: dict[int, list[str]] = {}
    for row in DirectiveUnit.objects.filter(directive__in=directives).select_related("unit").order_by("pk"):
        supports.setdefault(row.directive_id, []).append(unit_cell(row.unit))
    areas = {name: str(label) for name, label in _areas()}
    ordered = directives.select_related("document", "issuer", "lead").order_by("document_id", "number")
    for one in ordered.iterator(chunk_size=1000):
        yield {
            **{name: getattr(one, name) for name in (*_FACTS, "number", "first_due_on", "acknowledged_on")},
            "issuer": unit_cell(one.issuer), "sign": one.document.sign, "issued_on": one.document.issued_on,
            "lead": unit_cell(one.lead), "supports": "; ".join(supports.get(one.pk, [])),
            "priority": one.get_priority_display(), "field": areas.get(one.field, ""),
            "state": one.get_state_display(),
        }  # fmt: skip


DIRECTIVES = Exchange(
    name="directives",
    label=gettext_lazy("Directives"),
    purpose=gettext_lazy("Directives given before this system: done ones for the figures, running ones to follow."),
    fields=FIELDS,
    enter=enter,
    export=export,
    may=may,
    url_name="documents:directives",
    notes=[
        gettext_lazy("Nobody is written to. Running directives stand on the desks of their units from now on."),
        gettext_lazy("What is there already is compared only: it is changed on its own page, with a reason."),
        gettext_lazy("Names of units are read as of the day of the order."),
    ],
    order=40,
)
