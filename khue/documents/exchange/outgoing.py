"""The register of outgoing documents of years past in and out as a sheet (Decree 30/2020/NĐ-CP, appendix IV)."""

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
from khue.core.exchange import Change, Exchange, Field, Outcome, Row, WrongCell, differing, judge, label_of, labels_of
from khue.core.refusals import Refusal, require
from khue.directory.cells import UnitsInCells, unit_cell
from khue.directory.models import Unit
from khue.documents.actions.past_outgoing import enter_issued
from khue.documents.exchange.books import Books
from khue.documents.models import Direction, Document, Family, NumberSeries, Secrecy, Urgency
from khue.documents.rules.numbering import may_keep_numbers, printed_sign
from khue.documents.rules.visibility import visible_to

NUMBER = "document:number"
_FAMILIES = [(each.value, each.label) for each in Family if each != Family.PRESS]
FIELDS = [
    Field("unit", [gettext_lazy("Register of")], short(320), required=True, meaning=gettext_lazy(
        "The body whose register it is, by name or code."
    ), example="Sở Khoa học và Công nghệ"),
    Field("serial", [gettext_lazy("Number")], between(1, 99_999), required=True, meaning=gettext_lazy(
        "The number alone, as it stands in the book of that year or term."
    ), example=125, kind="number"),
    Field("sign", [gettext_lazy("Number and sign")], short(80), meaning=gettext_lazy(
        "As it was printed; made by the rules of the series when left empty."
    ), example="125/KH-SKHCN"),
    Field("issued_on", [gettext_lazy("Date of the document")], day, required=True, meaning=gettext_lazy(
        "The date printed on it; it says which book."
    ), example=date(2024, 3, 15), kind="date"),
    Field("type", [gettext_lazy("Type of document")], short(10), meaning=gettext_lazy(
        "The abbreviation, such as KH, QĐ, TB; empty for a letter."
    ), example="KH"),
    Field("family", [gettext_lazy("Made under")], choice(lambda: _FAMILIES), meaning=gettext_lazy(
        "State document when left empty."
    )),
    Field("council", [gettext_lazy("Council")], short(40), meaning=gettext_lazy(
        "Its sign, when a council with numbers of its own issued it."
    )),
    Field("own", [gettext_lazy("Numbered by itself")], choice(lambda: [(1, _("yes")), (0, _("no"))]),
          meaning=gettext_lazy("Whether this type had numbers of its own that year; as today when left empty.")),
    Field("subject", [gettext_lazy("Abstract")], short(500), required=True, meaning=gettext_lazy(
        "What it is about."
    ), example="Kế hoạch chuyển đổi số năm 2024"),
    Field("signer", [gettext_lazy("Signer")], short(120), meaning=gettext_lazy("Who signed it.")),
    Field("addressees", [gettext_lazy("Sent to")], short(1000), meaning=gettext_lazy("Who received it.")),
    Field("copies", [gettext_lazy("Copies")], between(1, 32_000), meaning=gettext_lazy("How many."), kind="number"),
    Field("pages", [gettext_lazy("Pages")], between(1, 32_000), meaning=gettext_lazy("How many."), kind="number"),
    Field("urgency", [gettext_lazy("Urgency")], choice(lambda: Urgency.choices), meaning=gettext_lazy(
        "The mark on it; empty is normal."
    )),
    Field("secrecy", [gettext_lazy("Secrecy")], choice(lambda: Secrecy.choices), meaning=gettext_lazy(
        "The mark on it; empty is none. Of a secret document only the facts of the register are kept."
    )),
    Field("note", [gettext_lazy("Remark")], short(500), meaning=gettext_lazy("Anything else in the book.")),
]  # fmt: skip
_FACTS = ("type", "subject", "signer", "addressees", "copies", "pages", "urgency", "note")
_COMPARED = ("sign", "issued_on", *_FACTS)


def may(by: Actor) -> Refusal | None:
    """Those who give numbers somewhere."""
    if not isinstance(by, User) or units_where(by, NUMBER):
        return None
    return Refusal("series-not-yours", _("Only clerks who give numbers bring in, or take out, outgoing registers."))


def enter(rows: Sequence[Row], by: Actor) -> Iterator[Outcome]:
    """Enter numbers that no document has yet, all in one write; what is there already is compared and left."""
    run = _Run(rows, by)
    new: list[tuple[Row, Document]] = []
    for row in rows:
        outcome = judge(row, run.row)
        if row.number in run.documents and isinstance(outcome, Change):
            new.append((row, run.documents[row.number]))
        else:
            yield outcome
    enter_issued(run.books.filled(), by=by)
    for row, document in new:
        yield Change(row.number, "new", f"{document.sign} · {document.subject}")


class _Run:
    """What one import knows while it goes through its rows."""

    def __init__(self, rows: Sequence[Row], by: Actor) -> None:
        self.by = by
        self.documents: dict[int, Document] = {}
        self.units = UnitsInCells((row.values["unit"], row.values["issued_on"]) for row in rows)
        self.books = Books()
        self._allowed: set[int] = set()

    def row(self, row: Row) -> Change:
        """Find that the number of a row is held, or make ready to enter its document."""
        values = row.values
        if values["issued_on"] > today():
            raise WrongCell(label_of(FIELDS, "issued_on"), _("The date of the document is still to come. Check it."))
        unit = self.units.find(values["unit"], values["issued_on"], column=label_of(FIELDS, "unit"))
        series = self._series(row, unit)
        holder = self.books.holder(series, values["serial"])
        sign = values["sign"] or self._printed(series, row)
        if not sign.lstrip("0").startswith(str(values["serial"])):
            sentence = _("The sign “%(sign)s” does not begin with the number %(number)s.")
            raise WrongCell(label_of(FIELDS, "sign"), sentence % {"sign": sign, "number": values["serial"]})
        if holder is not None:
            return self._compare(row, holder, sign)
        given = {name: values[name] for name in _FACTS if values[name] not in (None, "")}
        document = Document(
            serial=values["serial"], sign=sign, issued_on=values["issued_on"], family=series.family,
            secrecy=values["secrecy"] or Secrecy.NONE, typed_fields=sorted(given), **given,
        )  # fmt: skip
        self.books.put(series, document)
        self.documents[row.number] = document
        return Change(row.number, "new", sign)

    def _printed(self, series: NumberSeries, row: Row) -> str:
        values = row.values
        return printed_sign(series, values["serial"], type=values["type"] or "", year=values["issued_on"].year)

    def _series(self, row: Row, unit: Unit) -> NumberSeries:
        values = row.values
        series = self.books.find(
            unit, family=values["family"] or Family.STATE, type=values["type"] or "", council=values["council"] or "",
            secret=bool(values["secrecy"]), on=values["issued_on"], own=values["own"], sign=values["sign"] or "",
        )  # fmt: skip
        if unit.pk not in self._allowed:
            require(may_keep_numbers(self.by, series))
            self._allowed.add(unit.pk)
        return series

    def _compare(self, row: Row, holder: Document, sign: str) -> Change:
        """A number is given once: the row is the document that has it, word for word, or it is refused."""
        if holder._state.adding:
            sentence = _("Another row of this sheet has the number %(number)s of the same year already.")
            raise WrongCell(label_of(FIELDS, "serial"), sentence % {"number": row.values["serial"]})
        said = Row(row.number, {**row.values, "sign": sign})
        keys = differing(FIELDS, said, {name: getattr(holder, name) for name in _COMPARED})
        if keys:
            sentence = _(
                "Number %(number)s is used already by %(sign)s, “%(subject)s”; this row differs in: %(columns)s."
            )
            facts = {"number": row.values["serial"], "sign": holder.sign, "subject": holder.subject}
            raise WrongCell(label_of(FIELDS, "serial"), sentence % {**facts, "columns": labels_of(FIELDS, keys)})
        return Change(row.number, "same", f"{holder.sign} · {holder.subject}")


def export(by: Actor) -> Iterator[Mapping[str, Any]]:
    """The outgoing registers whose numbers `by` gives, book by book."""
    documents = Document.objects.filter(direction=Direction.OUT, serial__isnull=False)
    if isinstance(by, User):
        documents = visible_to(by).filter(
            direction=Direction.OUT, serial__isnull=False, unit__in=units_where(by, NUMBER)
        )
    ordered = documents.select_related("unit", "series").order_by(
        "unit__sort_name", "series__period", "series", "serial"
    )
    for one in ordered.defer("text", "folded").iterator(chunk_size=1000):
        assert one.series is not None  # noqa: S101 - what has a serial has a series
        yield {
            **{name: getattr(one, name) for name in (*_COMPARED, "serial")},
            "unit": unit_cell(one.unit), "council": one.series.council, "own": _("yes") if one.series.type else "",
            "family": one.get_family_display() if one.family != Family.STATE else "",
            "urgency": one.get_urgency_display() if one.urgency else "",
            "secrecy": one.get_secrecy_display() if one.secret else "",
        }  # fmt: skip


OUTGOING = Exchange(
    name="outgoing",
    label=gettext_lazy("Register of outgoing documents"),
    purpose=gettext_lazy("The books of outgoing documents of years past with their numbers, without files."),
    fields=FIELDS,
    enter=enter,
    export=export,
    may=may,
    url_name="documents:documents",
    notes=[
        gettext_lazy("A number that a document has already is refused, unless the row says the same."),
        gettext_lazy("Numbers that the book leaves out are set aside; the series goes on after the highest one."),
        gettext_lazy(
            "A yearly series that is missing is opened. A series by term is opened on the page of series first."
        ),
        gettext_lazy("Nobody is told and nothing is sent: these documents went out before."),
    ],
    order=35,
)
