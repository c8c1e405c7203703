"""Missions of the past in and out as a sheet: what was done, by whom, when, for how much, how it was rated."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.cells import between, choice, day, short, text, whole
from khue.core.clock import today
from khue.core.exchange import Change, Exchange, Field, Outcome, Row, WrongCell, differing, judge, label_of, labels_of
from khue.directory.cells import unit_cell
from khue.directory.models import Unit
from khue.directory.search import resolve_many
from khue.flow.shelf.words import words
from khue.language.text import fold
from khue.missions.actions.past.entering import correct_past, enter_past
from khue.missions.models import Mission
from khue.missions.rules.visibility import may_keep, visible_to

State, Rating = Mission.State, Mission.Rating
PAST = [(each.value, each.label) for each in (State.CLOSED, State.TERMINATED, State.FAILED, State.RUNNING)]
FIRST_YEAR, MOST_MONEY = 1945, 10**15


def _words(group: str) -> Any:
    return choice(lambda: [(name, str(word)) for name, word in words(group).items()])


FIELDS = [
    Field("code", [gettext_lazy("Code of the mission"), "Mã số"], short(60), meaning=gettext_lazy(
        "As the contract or the old list has it; it tells missions apart."
    ), example="01C-02/05-2021-3"),
    Field("title", [gettext_lazy("Name of the mission"), "Tên đề tài", "Tên nhiệm vụ"], short(500), required=True,
          meaning=gettext_lazy("In full."), example="Xây dựng mô hình trồng rau thủy canh tại huyện Gia Lâm"),
    Field("type", [gettext_lazy("Type of mission"), "Loại"], _words("types"), meaning=gettext_lazy(
        "Empty is a science and technology topic."
    ), example="Đề tài khoa học và công nghệ"),
    Field("field", [gettext_lazy("Field"), "Lĩnh vực"], _words("fields"), meaning=gettext_lazy(
        "One of the fields of the city; may be left empty."
    )),
    Field("host_name", [gettext_lazy("Lead organisation"), "Cơ quan chủ trì", "Tổ chức chủ trì"], short(250),
          meaning=gettext_lazy("As written then; it is put to the directory afterwards."),
          example="Viện Nghiên cứu Rau quả"),
    Field("investigator_name", [gettext_lazy("Principal investigator"), "Chủ nhiệm"], short(160),
          meaning=gettext_lazy("With title and degree."), example="TS. Nguyễn Văn Minh"),
    Field("year", [gettext_lazy("First year"), "Năm bắt đầu", "Năm"], between(FIRST_YEAR, 2100), required=True,
          meaning=gettext_lazy("When it began."), example=2021, kind="number"),
    Field("last_year", [gettext_lazy("Last year"), "Năm kết thúc"], between(FIRST_YEAR, 2100), meaning=gettext_lazy(
        "When it ended; needed unless the days are given."
    ), example=2023, kind="number"),
    Field("starts_on", [gettext_lazy("Begins on")], day, meaning=gettext_lazy("Day of the contract."), kind="date"),
    Field("ends_on", [gettext_lazy("Ends on")], day, meaning=gettext_lazy("End of the contract."), kind="date"),
    Field("budget_state", [gettext_lazy("State money (đồng)"), "Kinh phí ngân sách", "Kinh phí"], whole,
          meaning=gettext_lazy("Whole đồng, not millions."), example=1_250_000_000, kind="number"),
    Field("budget_other", [gettext_lazy("Other money (đồng)"), "Kinh phí khác"], whole,
          meaning=gettext_lazy("Whole đồng."), kind="number"),
    Field("state", [gettext_lazy("State")], choice(lambda: PAST), meaning=gettext_lazy(
        "Empty is settled and closed."
    ), example=str(State.CLOSED.label)),
    Field("rating", [gettext_lazy("Rating"), "Xếp loại"], choice(lambda: Rating.choices), meaning=gettext_lazy(
        "What the acceptance council concluded."
    ), example=str(Rating.PASSED.label)),
    Field("accepted_on", [gettext_lazy("Accepted on"), "Ngày nghiệm thu"], day, meaning=gettext_lazy(
        "Day of the council."
    ), kind="date"),
    Field("abstract", [gettext_lazy("Abstract"), "Tóm tắt"], text, meaning=gettext_lazy(
        "What was done and what came of it: search and the duplicate check read it."
    )),
]  # fmt: skip
FACTS = ("code", "title", "type", "field", "host_name", "investigator_name", "year", "starts_on", "ends_on",
         "budget_state", "budget_other", "state", "rating", "accepted_on", "abstract")  # fmt: skip
DEFAULTS: dict[str, Any] = {
    "type": "technology-topic", "state": State.CLOSED, "budget_state": 0, "budget_other": 0, "starts_on": None,
    "ends_on": None, "accepted_on": None,
}  # fmt: skip
Key = tuple[str, str, int]
"""Title and host without accents, first year: what tells missions without a code apart."""


def enter(rows: Sequence[Row], by: Actor) -> Iterator[Outcome]:
    """Enter missions that are not there yet, all in one write; correct those that are."""
    run = _Run(rows)
    new: list[Mission] = []
    for row in rows:
        outcome = judge(row, lambda each: run.row(each, by, new))
        yield outcome
    enter_past(new, by=by)


class _Run:
    """What one import knows while it goes through its rows."""

    def __init__(self, rows: Sequence[Row]) -> None:
        codes = {row.values["code"] for row in rows} - {None, ""}
        years = {row.values["year"] for row in rows}
        there = Mission.objects.filter(year__in=years) | Mission.objects.filter(code__in=codes)
        self.by_code = {mission.code: mission for mission in there if mission.code}
        self.by_key = {_key(mission.title, mission.host_name, mission.year): mission for mission in there}
        self.rows_of: dict[str | Key, int] = {}
        names = {row.values["host_name"] for row in rows} - {None, ""}
        found = resolve_many(names, today())
        self.units: dict[str, Unit | None] = {name: found[name].unit for name in names}

    def row(self, row: Row, by: Actor, new: list[Mission]) -> Change:
        """Correct the mission of a row, or make ready to enter it."""
        facts = _facts(row)
        key = _key(facts["title"], facts["host_name"], facts["year"])
        self._only_once(row, facts["code"] or key)
        there = self.by_code.get(facts["code"]) if facts["code"] else self.by_key.get(key)
        if there is not None:
            return _correct(row, there, by)
        mission = Mission(**facts, host=self.units.get(facts["host_name"]), first_ends_on=facts["ends_on"])
        new.append(mission)
        return Change(row.number, "new", mission.title)

    def _only_once(self, row: Row, key: str | Key) -> None:
        if key in self.rows_of:
            sentence = _("Row %(row)s of this sheet is the same mission.") % {"row": self.rows_of[key]}
            raise WrongCell(label_of(FIELDS, "code" if isinstance(key, str) else "title"), sentence)
        self.rows_of[key] = row.number


def _key(title: str, host: str, year: int) -> Key:
    return fold(title), fold(host), year


def _facts(row: Row) -> dict[str, Any]:
    """The columns of a mission out of a row. Raises `WrongCell` naming the cell that does not fit."""
    values = {name: row.values[name] for name in FACTS}
    facts = {name: DEFAULTS.get(name, "") if value in (None, "") else value for name, value in values.items()}
    last = row.values["last_year"]
    if facts["ends_on"] is None and last:
        facts["ends_on"] = date(last, 12, 31)
    if facts["starts_on"] is None:
        facts["starts_on"] = date(facts["year"], 1, 1)
    _in_order(facts, last)
    _money(facts)
    return facts


def _in_order(facts: Mapping[str, Any], last: int | None) -> None:
    if last is not None and last < facts["year"]:
        raise WrongCell(label_of(FIELDS, "last_year"), _("The last year lies before the first one."))
    if facts["ends_on"] is not None and facts["ends_on"] < facts["starts_on"]:
        raise WrongCell(label_of(FIELDS, "ends_on"), _("It ends before it begins."))
    if facts["accepted_on"] is not None and facts["accepted_on"] > today():
        raise WrongCell(label_of(FIELDS, "accepted_on"), _("This day is still to come."))
    if facts["rating"] and facts["state"] == State.RUNNING:
        raise WrongCell(label_of(FIELDS, "rating"), _("A mission that is still running has no rating."))


def _money(facts: Mapping[str, Any]) -> None:
    for name in ("budget_state", "budget_other"):
        if not 0 <= facts[name] < MOST_MONEY:
            raise WrongCell(label_of(FIELDS, name), _("Write the money in whole đồng, not below 0."))


def _correct(row: Row, mission: Mission, by: Actor) -> Change:
    if not mission.imported:
        sentence = _("This mission is carried out in the system; change it on its page.")
        raise WrongCell(label_of(FIELDS, "title"), sentence)
    changed = differing(FIELDS, row, {name: getattr(mission, name) for name in FACTS})
    if not changed:
        return Change(row.number, "same", mission.title)
    correct_past(mission, by=by, **{name: row.values[name] for name in changed})
    return Change(row.number, "changed", mission.title, labels_of(FIELDS, changed))


def export(by: Actor) -> Iterable[Mapping[str, Any]]:
    """Missions that were brought in, as `enter` reads them."""
    seen = visible_to(by) if isinstance(by, User) else Mission.objects.all()
    for mission in seen.filter(imported=True).select_related("host").order_by("year", "pk"):
        labels = {"type": words("types"), "field": words("fields")}
        facts = {name: getattr(mission, name) for name in FACTS}
        yield (
            facts
            | {
                "last_year": mission.ends_on.year if mission.ends_on else None,
                "host_name": mission.host_name or unit_cell(mission.host),
                "state": mission.get_state_display(),
                "rating": mission.get_rating_display(),
            }
            | {name: str(group.get(facts[name], "")) for name, group in labels.items()}
        )


MISSIONS = Exchange(
    name="missions",
    label=gettext_lazy("Missions of the past"),
    purpose=gettext_lazy(
        "What was researched before, so that search and the duplicate check know it from the first day."
    ),
    fields=FIELDS,
    enter=enter,
    export=export,
    may=may_keep,
    url_name="missions:missions",
    notes=[
        gettext_lazy("Nobody is told of them, and they have no deadlines."),
        gettext_lazy("Organisations and people written in several ways can be put together afterwards."),
    ],
    order=60,
)
