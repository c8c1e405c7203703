"""Forty needs and three collecting rounds of the demo city, each lived through by its actions on its own days."""

import tomllib
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from khue.accounts.models import User
from khue.core.clock import today
from khue.directory.maps import communes
from khue.directory.models import Place, Unit
from khue.matching.search import similar
from khue.needs.actions import intake, round_answers, rounds
from khue.needs.actions.proposing import propose
from khue.needs.actions.rounds import Call
from khue.needs.actions.writing import Words, begin, save, send
from khue.needs.models import Need, Round
from khue.needs.rules.rounds import members
from khue.site.demo.content import HERE
from khue.site.demo.town import TWO_TIERS, Town

Later = Callable[..., None]
TEXTS = ("problem", "affected", "urgency", "tried", "hoped")


@cache
def told() -> dict[str, list[dict[str, Any]]]:
    """Rounds and needs as the file beside this one tells them."""
    found: dict[str, list[dict[str, Any]]] = tomllib.loads((HERE / "needs.toml").read_text(encoding="utf-8"))
    return found


class Needs:
    """Lives through the needs: each is written, sent, and comes to what its `fate` says."""

    def __init__(self, town: Town, later: Later) -> None:
        self.town, self.later = town, later
        self.officer, self.head = town.people["chuyenvien"], town.people["truongphong"]
        self.needs: dict[int, Need] = {}
        self.rounds: dict[int, Round] = {}

    def put_down(self, day: date) -> None:
        """Put every event on its day, counted back from `day`; none lies before the communes began."""
        for number, entry in enumerate(told()["round"], 1):
            self._round(number, entry, _since(day, entry["back"]))
        for number, entry in enumerate(told()["need"], 1):
            self._need(number, entry, _since(day, entry["back"]))

    # ------------------------------------------------------------------ rounds

    def _round(self, number: int, entry: dict[str, Any], opens: date) -> None:
        closes = opens + timedelta(days=entry["days"])
        self.later(opens, lambda: self._open(number, entry, closes), hour=7)
        for place, (code, why) in enumerate(entry["nothing"]):
            self.later(
                opens + timedelta(days=4 + 3 * place), lambda code=code, why=why: self._nothing(number, code, why)
            )
        if entry["closed"]:
            self.later(closes - timedelta(days=7), lambda: self._remind(number))
            self.later(closes + timedelta(days=12), lambda: rounds.close(self._fresh(number), by=self.head), hour=16)

    def _open(self, number: int, entry: dict[str, Any], closes: date) -> None:
        host = self.town.units["skhcn"]
        units = [self.town.units[code] for code in entry.get("units", ())]
        units += members(entry.get("groups", []), host=host)
        call = Call(entry["title"], entry["year"], today(), closes, entry["guidance"])
        self.rounds[number] = rounds.publish(
            rounds.open_round(call, units, host=host, by=self.officer), by=self.officer
        )

    def _fresh(self, number: int) -> Round:
        return Round.objects.select_related("host").get(pk=self.rounds[number].pk)

    def _remind(self, number: int) -> None:
        rounds.remind(list(self._fresh(number).addressees.filter(answered_at=None)), by=self.officer)

    def _nothing(self, number: int, code: str, why: str) -> None:
        unit = self.town.units[code]
        row = self._fresh(number).addressees.get(unit=unit)
        if row.answered_at is None:
            round_answers.nothing(row, why, by=self.town.worker[unit.pk])

    # ------------------------------------------------------------------ needs

    def _need(self, number: int, entry: dict[str, Any], day: date) -> None:
        self.later(day, lambda: self._write(number, entry), hour=10)
        for after, act in self._way(entry):
            self.later(day + timedelta(days=after), lambda act=act: self._live(number, act), hour=14)

    def _live(self, number: int, act: Callable[[Need], object]) -> None:
        if number in self.needs:
            act(Need.objects.select_related("case__process_version").get(pk=self.needs[number].pk))

    def _write(self, number: int, entry: dict[str, Any]) -> None:
        by = self.town.people[entry["by"]]
        unit = self.town.units[entry["unit"]] if "unit" in entry else self._unit_of(by)
        words = Words(**{name: entry.get(name, "") for name in TEXTS})
        draft = begin(by=by, unit=unit, words=words, places=_places(unit, entry.get("places", [])))
        self.needs[number] = draft if entry["fate"] == "draft" else send(save(draft, Words(), by=by), by=by)

    def _unit_of(self, by: User) -> Unit:
        number = by.memberships.filter(valid_to=None).order_by("pk").values_list("unit", flat=True)[0]
        return next(unit for unit in self.town.units.values() if unit.pk == number)

    def _way(self, entry: dict[str, Any]) -> list[tuple[int, Callable[[Need], object]]]:
        """What happens to it, and how many days after it was sent."""
        by, officer, says = self.town.people[entry["by"]], self.officer, entry.get("says", "")
        fate, _, into = entry["fate"].partition(":")
        taken: tuple[int, Callable[[Need], object]] = (2, lambda need: intake.take_up(need, by=officer))
        ends: dict[str, list[tuple[int, Callable[[Need], object]]]] = {
            "submitted": [],
            "draft": [],
            "take-up": [taken],
            "in-review": [taken],
            "asked": [taken, (6, lambda need: intake.ask_back(need, entry["question"], by=officer))],
            "replied": [
                taken,
                (6, lambda need: intake.ask_back(need, entry["question"], by=officer)),
                (11, lambda need: intake.reply(need, entry["reply"], by=by)),
            ],
            "withdrawn": [(9, lambda need: intake.withdraw(need, says, by=by))],
            "merged": [taken, (8, lambda need: intake.merge(need, self.needs[int(into)], says, by=officer))],
            "passed": [taken, (12, lambda need: self._answer(need, entry))],
            "solved": [taken, (15, lambda need: self._answer(need, entry))],
            "declined": [taken, (18, lambda need: self._answer(need, entry))],
            "proposed": [taken, (14, lambda need: propose([need], PROPOSED, by=officer))],
            "ordered": [
                taken,
                (14, lambda need: propose([need], PROPOSED, by=officer)),
                (90, lambda need: self._answer(need, entry)),
            ],
        }
        return ends[fate]

    def _answer(self, need: Need, entry: dict[str, Any]) -> None:
        solved = "" if entry["fate"] != "solved" else self._solution(need)
        intake.answer(
            need, entry["fate"], entry["says"], by=self.head, solved_by=solved,
            passed_to=self.town.units.get(entry.get("to", "")),
        )  # fmt: skip

    def _solution(self, need: Need) -> str:
        """What search finds nearest among the missions of the past; else what the answer itself says."""
        found = similar(
            self.head, f"{need.title}. {need.problem} {need.hoped}", purpose="need", kinds=["mission"], limit=1
        )
        return f"{found[0].kind}:{found[0].pk}" if found else "Kết quả của nhiệm vụ trước"


PROPOSED = "Chưa có giải pháp nào trong kết quả đã nghiệm thu; đưa vào đề xuất đặt hàng."


def _since(day: date, back: int) -> date:
    return max(day - timedelta(days=back), TWO_TIERS + timedelta(days=14))


def _places(unit: Unit, names: Sequence[str]) -> list[Place]:
    """The unit's own commune, or for a body of the city its further places; raises KeyError for a wrong name."""
    by_name = {place.name: place for place in communes()}
    own = [unit.place] if unit.place is not None else []
    return [*own, *(by_name[name] for name in names)]
