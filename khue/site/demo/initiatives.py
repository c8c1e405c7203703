"""Initiatives of the demo city, from drafts to certificates: lived through at their own dates, by the actions that
people use."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from khue.accounts.actions import add_user, give_role
from khue.accounts.models import Membership, User
from khue.core.calendar import add_working_days
from khue.core.clock import at, today
from khue.directory.models import Unit
from khue.initiatives.actions.handling import act, record_reach
from khue.initiatives.actions.writing import begin, file_application, save_draft
from khue.initiatives.models import Initiative
from khue.site.demo.parts import innovator_address
from khue.site.demo.town import FOUNDED, FOUNDER, Town

FILE = Path(__file__).with_name("initiatives.toml")
WHOLE = 100
TEXTS = ("before", "content", "secret", "ability", "benefit", "investor")
COUNCIL = ("Lê Văn Tám", "Nguyễn Thị Sáu", "Trần Đình Ngọ", "Phạm Thu Mùi", "Vũ Đức Thân")
DECIDES = {"unit": "", "city": "Ủy ban nhân dân thành phố Hà Nội"}


def live_through(town: Town) -> int:
    """Let every initiative of the list happen up to today; returns how many."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    people = {**town.people, **_people(town, told["person"])}
    rows = sorted(told["initiative"], key=lambda row: -int(row["back"]))
    for number, row in enumerate(rows, 1):
        _Life(town, people, row, number).live()
    return len(rows)


def _people(town: Town, rows: list[dict[str, str]]) -> dict[str, User]:
    """Authors and heads who appear nowhere else, by name."""
    made = {}
    for number, row in enumerate(rows, 1):
        unit = town.units[row["unit"]]
        user = add_user(email=innovator_address(number), full_name=row["name"], by=FOUNDER)
        give_role(user, unit=unit, role=row["role"], valid_from=max(FOUNDED, unit.valid_from), by=FOUNDER)
        made[row["name"]] = user
    return made


class _Life:
    """One initiative and those who deal with it."""

    def __init__(self, town: Town, people: Mapping[str, User], row: dict[str, Any], number: int) -> None:
        self.people, self.row, self.number = people, row, number
        self.unit, self.author = town.units[row["unit"]], people[row["by"]]
        self.head = User.objects.get(pk=_head(self.unit).pk)
        self.filed_on = today() - timedelta(days=row["back"])

    def live(self) -> None:
        """Written and filed; received, checked, judged, decided, as far as its fate goes."""
        with self._on(0):
            made = file_application(self._written(), by=self.author)
        fate = self.row["fate"]
        if fate == "submitted":
            return
        with self._on(2):
            act(made, "receive", by=self.head)
        if fate == "correcting":
            with self._on(7):
                act(made, "ask-correction", by=self.head, comment=self.row["question"])
        elif fate != "checking":
            with self._on(9):
                act(made, "accept", by=self.head)
            self._judged(made, fate)

    def _on(self, after: int) -> Any:
        """The morning of a working day so many days after it was filed, never in the future."""
        day = min(add_working_days(self.filed_on + timedelta(days=after), 0), today())
        return at(datetime.combine(day, time(9 if after else 8), timezone.get_default_timezone()))

    def _written(self) -> Initiative:
        draft = begin(by=self.author, unit=self.unit)
        others = self.row.get("with", [])
        authors = [(self.author.full_name, WHOLE - sum(share for _name, share in others)), *others]
        answers = {
            "authors": [self._author(name, share) for name, share in authors],
            "ground": self.row.get("ground", "invested"), "state_money": self.row.get("state_money", False),
            "content_secret": self.row.get("content_secret", False), "money": self.row.get("money"),
            "first_applied_on": self.filed_on - timedelta(days=75),
            **{name: self.row[name] for name in TEXTS if name in self.row},
        }  # fmt: skip
        return save_draft(draft, by=self.author, answers=answers, title=self.row["title"], field=self.row["field"])

    def _author(self, name: str, share: int) -> dict[str, Any]:
        user = self.author if name == self.author.full_name else self.people[name]
        born = date(1975 + len(name), 1 + share % 12, 1 + share % 28)
        return {"name": name, "share": share, "born": born, "workplace": self.unit.name, "email": user.email}

    def _judged(self, made: Initiative, fate: str) -> None:
        if self.row.get("state_money"):
            consent = {"consent_body": DECIDES["city"], "consent_sign": f"{400 + self.number}/UBND-KGVX"}
            with self._on(25):
                act(made, "record-consent", by=self.head, data={**consent, "consent_on": today()})
        if "scores" in self.row:
            with self._on(30):
                act(made, "record-scores", by=self.head, data=self._scores())
        if fate in ("recognised", "refused"):
            with self._on(40):
                kind = "QĐ" if fate == "recognised" else "TB"
                decision = {"decision_sign": f"{120 + self.number}/{kind}-SK", "decided_on": today()}
                verb = "recognise" if fate == "recognised" else "refuse"
                act(made, verb, by=self.head, comment=self.row.get("reasons", ""), data=decision)
        for after, level in enumerate(self.row.get("reach", []), 1):
            with self._on(40 + 12 * after):
                self._reach(made, level)

    def _scores(self) -> dict[str, Any]:
        rows = zip(COUNCIL, self.row["scores"], strict=False)
        return {
            "council_sign": f"{80 + self.number}/QĐ-HĐSK", "met_on": today(),
            "scores": [{"member": member, "points": points} for member, points in rows],
        }  # fmt: skip

    def _reach(self, made: Initiative, level: str) -> None:
        record_reach(
            made, level=level, decision_sign=f"{700 + self.number}/QĐ-UBND", decided_on=today(),
            decided_by=DECIDES[level] or self.unit.name,
            by=self.head if level == "unit" else self.people["chuyenvien"],
        )  # fmt: skip


def _head(unit: Unit) -> User:
    """Who leads the unit."""
    found = Membership.objects.filter(unit=unit, role="unit-head", valid_to=None).order_by("pk")
    return found.select_related("user")[0].user
