"""Needs as a sheet: what a unit collected in Excel is sent as if each row had been written on the page."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.accounts.scope import parts_where
from khue.core.actors import Actor
from khue.core.cells import choice, items, short, text
from khue.core.clock import today
from khue.core.exchange import Change, Exchange, Field, Outcome, Row, WrongCell, attempt, label_of
from khue.core.refusals import Refusal
from khue.directory.cells import UnitsInCells, unit_cell
from khue.directory.maps import communes
from khue.directory.models import Place, Unit
from khue.language.text import fold
from khue.needs.actions.writing import Words, begin, save, send
from khue.needs.models import Need, Round
from khue.needs.rules.needs import may_write, missing, visible_to
from khue.needs.rules.rounds import is_open, round_asking
from khue.needs.rules.rounds import visible_to as visible_rounds
from khue.needs.rules.scope import WRITE

EXAMPLE = "Nước tưới vùng rau ven sông bị nhiễm mặn vào mùa khô. Khoảng 40 ha rau phải bỏ vụ."

FIELDS = [
    Field("unit", [gettext_lazy("Unit")], short(320), meaning=gettext_lazy(
        "Whose need it is, by name or code; your own unit when left empty."
    ), example="Ủy ban nhân dân phường Láng"),
    Field("round", [gettext_lazy("Round")], short(40), meaning=gettext_lazy(
        "The code of the collecting round; the one that waits for your unit's answer when left empty."
    )),
    Field("problem", [gettext_lazy("Problem")], text, required=True, meaning=gettext_lazy(
        "What the problem is, in plain words; the first sentence becomes its title."
    ), example=EXAMPLE),
    Field("places", [gettext_lazy("Where")], items, meaning=gettext_lazy(
        "Wards and communes, a semicolon between them; your own when left empty."
    ), example="Phường Láng"),
    Field("affected", [gettext_lazy("Whom it hurts")], short(300), required=True, meaning=gettext_lazy(
        "Who, and about how many."
    ), example="Khoảng 600 hộ trồng rau"),
    Field("urgency", [gettext_lazy("Urgency")], choice(lambda: Need.Urgency.choices), meaning=gettext_lazy(
        "How soon something has to happen; “can wait a year” when left empty."
    ), example=Need.Urgency.SOON.label),
    Field("tried", [gettext_lazy("What was tried")], text, meaning=gettext_lazy(
        "What has been done about it, and why it was not enough."
    )),
    Field("hoped", [gettext_lazy("What is hoped for")], text, meaning=gettext_lazy(
        "What would be there if it were solved."
    )),
    Field("contact", [gettext_lazy("Contact")], short(200), meaning=gettext_lazy(
        "Whom the department may call; your address when left empty."
    )),
]  # fmt: skip


def may(by: Actor) -> Refusal | None:
    """People who write needs: each need has an author who is answered."""
    if not isinstance(by, User):
        sentence = _(
            "A need has an author who is answered: bring the sheet in on its page, or name the author with --by."
        )
        return Refusal("need.no-account", sentence)
    return may_write(by)


def enter(rows: Sequence[Row], by: Actor) -> Iterator[Outcome]:
    """Send each row as a need; what the unit has sent in the same words is there already."""
    assert isinstance(by, User)  # noqa: S101 - see `may`
    run = _Run(rows, by)
    for row in rows:
        yield attempt(row, run.row)


class _Run:
    """What one import knows while it goes through its rows."""

    def __init__(self, rows: Sequence[Row], by: User) -> None:
        self.by, self.day = by, today()
        self.units = UnitsInCells((row.values["unit"], self.day) for row in rows if row.values["unit"])
        own = [part.unit_id for part in parts_where(by, WRITE)]
        self.own = {unit.pk: unit for unit in Unit.objects.filter(pk__in=own).select_related("place")}
        self.home = self.own[own[0]]
        self.rounds = {fold(found.code): found for found in visible_rounds(by)}
        self.places: dict[str, list[Place]] = {}
        for place in communes():
            for name in {fold(str(place)), fold(place.name)}:
                self.places.setdefault(name, []).append(place)
        self.said: dict[tuple[int | None, str], Need] = {
            (need.unit_id, fold(need.problem)): need
            for need in Need.objects.filter(unit__in=own).exclude(state=Need.State.DRAFT)
        }

    def row(self, row: Row) -> Change:
        """Send the need of one row."""
        unit = self._unit(row)
        key = (unit.pk, fold(row.values["problem"]))
        if (there := self.said.get(key)) is not None:
            return Change(row.number, "same", f"{there.code} {there.title}")
        places = self._places(row, unit)
        self._whole(row, places)
        words = Words(
            **{name: row.values[name] or None for name in ("problem", "affected", "urgency", "tried", "hoped")},
            contact=row.values["contact"] or None,
        )
        draft = begin(by=self.by, unit=unit, round=self._round(row, unit), words=words, places=places)
        sent = send(save(draft, Words(), by=self.by), by=self.by)
        self.said[key] = sent
        return Change(row.number, "new", f"{sent.code} {sent.title}")

    def _unit(self, row: Row) -> Unit:
        if not row.values["unit"]:
            return self.home
        column = label_of(FIELDS, "unit")
        unit = self.units.find(row.values["unit"], self.day, column=column)
        if unit.pk not in self.own:
            sentence = _("You do not write needs for %(unit)s. Choose your own unit in the header.")
            raise WrongCell(column, sentence % {"unit": unit.name})
        return self.own[unit.pk]

    def _round(self, row: Row, unit: Unit) -> Round | None:
        if not row.values["round"]:
            return round_asking(unit)
        found = self.rounds.get(fold(row.values["round"]))
        column = label_of(FIELDS, "round")
        if found is None:
            sentence = _("No collecting round that asks you has the code “%(code)s”.")
            raise WrongCell(column, sentence % {"code": row.values["round"]})
        if refusal := is_open(found):
            raise WrongCell(column, refusal.sentence)
        return found

    def _places(self, row: Row, unit: Unit) -> list[Place]:
        column = label_of(FIELDS, "places")
        if not row.values["places"]:
            return [unit.place] if unit.place is not None else []
        return [self._place(name, column) for name in row.values["places"]]

    def _place(self, name: str, column: str) -> Place:
        found = self.places.get(fold(name), [])
        if len(found) == 1:
            return found[0]
        if not found:
            sentence = _("No commune of today is called “%(name)s”. Write it as on the map, such as Xã Sóc Sơn.")
            raise WrongCell(column, sentence % {"name": name})
        raise WrongCell(column, _("“%(name)s” may be: %(names)s. Write its kind too.") % {
            "name": name, "names": ", ".join(str(place) for place in found),
        })  # fmt: skip

    def _whole(self, row: Row, places: Sequence[Place]) -> None:
        if fold(row.values["problem"]) == fold(EXAMPLE):
            sentence = _("This is the example of the template. Delete the row, or write your unit's own need over it.")
            raise WrongCell(label_of(FIELDS, "problem"), sentence)
        gaps = missing(
            row.values["problem"], row.values["affected"], places=len(places), elsewhere=not self.places
        )  # fmt: skip
        for key, sentence in gaps.items():
            raise WrongCell(label_of(FIELDS, key), sentence)


def export(by: Actor) -> Iterator[Mapping[str, Any]]:
    """The needs that one's units sent, or all that one may see."""
    needs = Need.objects.exclude(state=Need.State.DRAFT)
    if isinstance(by, User):
        needs = visible_to(by).exclude(state=Need.State.DRAFT)
    ordered = needs.select_related("unit", "round").prefetch_related("places").order_by("year", "number")
    for one in ordered.iterator(chunk_size=1000):
        yield {
            **{name: getattr(one, name) for name in ("problem", "affected", "tried", "hoped", "contact")},
            "unit": unit_cell(one.unit), "round": one.round.code if one.round else "",
            "places": "; ".join(str(place) for place in one.places.all()), "urgency": one.get_urgency_display(),
        }  # fmt: skip


NEEDS = Exchange(
    name="needs",
    label=gettext_lazy("Needs"),
    purpose=gettext_lazy("Problems that your unit collected in Excel; each row is sent to the department as a need."),
    fields=FIELDS,
    enter=enter,
    export=export,
    may=may,
    url_name="needs:needs",
    notes=[
        gettext_lazy("Each need gets a number and an answer, as if it had been written on the page."),
        gettext_lazy("A sheet with a wrong row sends nothing; what was sent in the same words is not sent twice."),
    ],
    order=60,
    personal=True,
)
