"""Registers of initiatives in and out as a sheet: what a unit recognised or refused on paper."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.accounts.scope import for_department
from khue.core import exchange
from khue.core.actors import Actor
from khue.core.cells import SEPARATOR, between, choice, day, number, short, text, whole
from khue.core.clock import today
from khue.core.exchange import Change, Exchange, Field, Outcome, Row, WrongCell, judge, label_of
from khue.directory.cells import UnitsInCells, unit_cell
from khue.directory.models import Unit
from khue.flow.shelf.words import label_in, words
from khue.initiatives.actions.past import Shares, enter_past, past
from khue.initiatives.models import DECIDED, WHOLE, Initiative
from khue.initiatives.rules.initiatives import DECIDE, HANDLE, may_enter, units_of, visible_to
from khue.language.text import fold

State = Initiative.State
MOST_NUMBER, MOST_MONEY, LONGEST_NAME = 100_000, 10**15, 120

FIELDS = [
    Field("unit", [gettext_lazy("Unit"), "Đơn vị công nhận"], short(320), meaning=gettext_lazy(
        "Which decided on it, by name or code; your own unit when left empty."
    ), example="Ủy ban nhân dân phường Láng"),
    Field("number", [gettext_lazy("Number in the register"), "Số vào sổ"], between(1, MOST_NUMBER), kind="number",
          meaning=gettext_lazy("The next one of the year of filing when left empty."), example=12),
    Field("title", [gettext_lazy("Name of the initiative"), "Tên sáng kiến"], short(300), required=True,
          meaning=gettext_lazy("As on the certificate."), example="Hẹn giờ trả kết quả một cửa bằng mã QR"),
    Field("field", [gettext_lazy("Field"), "Lĩnh vực"],
          choice(lambda: [(name, str(word)) for name, word in words("fields").items()]),
          meaning=gettext_lazy("One of the fields of the city; may be left empty.")),
    Field("authors", [gettext_lazy("Authors of the initiative"), "Tác giả"], text, required=True,
          meaning=gettext_lazy("Name and share in per cent, a semicolon between authors; one alone needs no share."),
          example="Nguyễn Thị Hạnh 60; Trần Đức Minh 40"),
    Field("first_applied_on", [gettext_lazy("First applied on"), "Ngày áp dụng lần đầu"], day, required=True,
          meaning=gettext_lazy("Of the first application or trial."), example=date(2026, 1, 12), kind="date"),
    Field("filed_on", [gettext_lazy("Filed on"), "Ngày nộp đơn"], day, required=True,
          meaning=gettext_lazy("On this day it counts as filed."), example=date(2026, 3, 2), kind="date"),
    Field("decision_sign", [gettext_lazy("Decision"), "Số quyết định"], short(60), required=True,
          meaning=gettext_lazy("Number and sign."), example="234/QĐ-UBND"),
    Field("decided_on", [gettext_lazy("Day of the decision"), "Ngày quyết định"], day, required=True,
          meaning=gettext_lazy("On this day it counts as recognised."), example=date(2026, 4, 20), kind="date"),
    Field("certificate", [gettext_lazy("Certificate"), "Số giấy chứng nhận"], between(1, MOST_NUMBER), kind="number",
          meaning=gettext_lazy("The next one of the year of the decision when left empty.")),
    Field("reasons", [gettext_lazy("Why it was refused"), "Lý do từ chối"], text, meaning=gettext_lazy(
        "Only of one that was refused; empty means recognised."
    )),
    Field("money", [gettext_lazy("Benefit of a year"), "Lợi ích một năm (đồng)"], whole,
          meaning=gettext_lazy("Whole đồng."), kind="number"),
]  # fmt: skip


def enter(rows: Sequence[Row], by: Actor) -> Iterator[Outcome]:
    """Enter what is not there yet, all in one write; what stands there with the same decision stays as it is."""
    assert isinstance(by, User)  # noqa: S101 - see `may_enter`
    run = _Run(rows, by)
    for row in rows:
        yield judge(row, run.row)
    enter_past(run.new, by=by)


class _Run:
    """What one import knows while it goes through its rows."""

    def __init__(self, rows: Sequence[Row], by: User) -> None:
        self.all = for_department(by, HANDLE)
        self.own = units_of(by, HANDLE, DECIDE)
        self.home = Unit.objects.filter(pk__in=self.own).order_by("path").first()
        self.units = UnitsInCells((row.values["unit"], row.values["decided_on"]) for row in rows if row.values["unit"])
        signs = {row.values["decision_sign"] for row in rows}
        years = {row.values[name].year for row in rows for name in ("filed_on", "decided_on")}
        there = Initiative.objects.exclude(state=State.DRAFT)
        self.there = {
            (one[0], fold(one[1]), one[2]): 0
            for one in there.filter(decision_sign__in=signs).values_list("unit_id", "title", "decision_sign")
        }
        taken = there.filter(year__in=years).values_list("unit_id", "year", "number")
        given = there.filter(certificate_year__in=years).values_list("unit_id", "certificate_year", "certificate")
        self.taken = {"number": set(taken), "certificate": set(given)}
        self.new: list[Initiative] = []

    def row(self, row: Row) -> Change:
        """Make ready to enter the initiative of one row. Raises `WrongCell`."""
        said, unit = row.values, self._unit(row)
        key = (unit.pk, fold(said["title"]), said["decision_sign"])
        if (other := self.there.get(key)) is not None:
            if other:
                sentence = _("Row %(row)s of this sheet is the same initiative.") % {"row": other}
                raise WrongCell(label_of(FIELDS, "title"), sentence)
            return Change(row.number, "same", said["title"])
        _in_order(said)
        authors = authors_in(said["authors"])
        for column, on in (("number", "filed_on"), ("certificate", "decided_on")):
            self._free(unit, column, said[column], said[on].year)
        if said["money"] is not None and not 0 <= said["money"] < MOST_MONEY:
            raise WrongCell(label_of(FIELDS, "money"), _("Write the money in whole đồng, not below 0."))
        self.there[key] = row.number
        names = ("title", "first_applied_on", "filed_on", "decision_sign", "decided_on", "number", "certificate")
        texts: dict[str, Any] = {name: said[name] or "" for name in ("field", "reasons")}
        columns: dict[str, Any] = {name: said[name] for name in (*names, "money")}
        self.new.append(past(unit=unit, authors=authors, **columns, **texts))
        return Change(row.number, "new", said["title"])

    def _unit(self, row: Row) -> Unit:
        column = label_of(FIELDS, "unit")
        if not row.values["unit"]:
            if self.home is None:
                raise WrongCell(column, _("Write whose register this is."))
            return self.home
        unit = self.units.find(row.values["unit"], row.values["decided_on"], column=column)
        if not self.all and unit.pk not in self.own:
            sentence = _("You do not handle initiatives of %(unit)s. Bring in the register of your own unit.")
            raise WrongCell(column, sentence % {"unit": unit.name})
        return unit

    def _free(self, unit: Unit, column: str, given: int | None, year: int) -> None:
        if given is None:
            return
        key = (unit.pk, year, given)
        if key in self.taken[column]:
            sentence = _("Number %(number)s of %(year)s is taken in %(unit)s; leave it empty for the next one.")
            told = {"number": given, "year": year, "unit": unit.name}
            raise WrongCell(label_of(FIELDS, column), sentence % told)
        self.taken[column].add(key)


def _in_order(said: Mapping[str, Any]) -> None:
    """First applied, filed, decided: in this order, and not in days to come."""
    for earlier, later in (("first_applied_on", "filed_on"), ("filed_on", "decided_on")):
        if said[later] < said[earlier]:
            sentence = _("This day lies before “%(column)s”.") % {"column": label_of(FIELDS, earlier)}
            raise WrongCell(label_of(FIELDS, later), sentence)
    if said["decided_on"] > today():
        raise WrongCell(label_of(FIELDS, "decided_on"), _("This day is still to come."))


def authors_in(cell: str) -> Shares:
    """The authors that a cell names, `Hạnh 60; Minh 40`. Raises `WrongCell`: no share, or not 100 per cent."""
    column = label_of(FIELDS, "authors")
    named = [part.strip().rstrip("%").strip() for part in cell.split(SEPARATOR) if part.strip()]
    if len(named) == 1 and not named[0][-1:].isdigit():
        return [(named[0][:LONGEST_NAME], WHOLE)]
    found = []
    for part in named:
        name, _blank, share = part.rpartition(" ")
        try:
            percent: Decimal = number(2)(share)
        except ValueError as wrong:
            sentence = _("Write the share in per cent behind each author, as in “Hạnh 60; Minh 40”.")
            raise WrongCell(column, sentence) from wrong
        if not name.strip(" :,-–") or percent <= 0:
            raise WrongCell(column, _("Each author needs a name and a share above 0."))
        found.append((name.strip(" :,-–")[:LONGEST_NAME], percent))
    total = sum((share for _name, share in found), Decimal(0))
    if total != WHOLE:
        sentence = _("The shares of the authors add up to %(total)s %%; they must add up to exactly 100 %%.")
        raise WrongCell(column, sentence % {"total": f"{total.normalize():f}".replace(".", ",")})
    return found


def export(by: Actor) -> Iterable[Mapping[str, Any]]:
    """What was decided, as `enter` reads it."""
    seen = visible_to(by) if isinstance(by, User) else Initiative.objects.all()
    rows = (
        seen.filter(state__in=DECIDED).select_related("unit").prefetch_related("authors").order_by("decided_on", "pk")
    )
    for one in rows.iterator(chunk_size=1000):
        shares = [f"{each.name} {each.share.normalize():f}".replace(".", ",") for each in one.authors.all()]
        yield {
            **{name: getattr(one, name) for name in (
                "number", "title", "first_applied_on", "decision_sign", "decided_on", "certificate", "reasons", "money"
            )},
            "unit": unit_cell(one.unit), "field": label_in("fields", one.field), "authors": "; ".join(shares),
            "filed_on": localtime(one.submitted_at).date() if one.submitted_at else None,
        }  # fmt: skip


INITIATIVES = Exchange(
    name="initiatives",
    label=gettext_lazy("Registers of initiatives"),
    purpose=gettext_lazy("What a unit recognised or refused on paper, so that its figures count and others find it."),
    fields=FIELDS,
    enter=enter,
    export=export,
    may=may_enter,
    url_name="initiatives:initiatives",
    notes=[
        gettext_lazy("Figures of reports that are still open follow: filed and recognised, by their days."),
        gettext_lazy("A sheet with a wrong row enters nothing; what is there with the same decision stays as it is."),
    ],
    order=62,
    personal=True,
)


def register_all() -> None:
    """Called once, when the app starts."""
    exchange.register(INITIATIVES)
