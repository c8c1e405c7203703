"""A version's own test: a worked case, lived through by the real actions at its own dates.

title = "…"
[units]                       # each unit of the story
city = { name = "UBND Thành phố" }
[people]                      # each person: unit and role
an = { name = "Trần An", unit = "city", role = "leader" }
[open]
on = 2025-03-03
by = "an"
due = 2025-03-31
parties = { issuer = "city", lead = "ward" }
[[act]]
on = 2025-03-04
by = "chi"                    # or "system"
move = "acknowledge"
comment = "…"
data = { new_due = 2025-04-15, unit = "ward" }
step = "acknowledged"         # where the case is then
due = 2025-03-31              # until when its holder has it
holder = "ward"
refused = "flow.not-yours"    # instead: the refusal that must come
outcome = "done"
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from khue.accounts.models import Membership, User
from khue.core import clock
from khue.core.actors import CALENDAR, Actor
from khue.core.refusals import Refused
from khue.directory.models import Unit
from khue.flow.actions import move, open_case
from khue.flow.models import Case
from khue.flow.shelf.folders import STORY, Folder

BEGINNING = date(2000, 1, 1)


class StoryBroken(Exception):
    """The worked case did not go as the story says; the message names the act."""


@dataclass(slots=True)
class Story:
    """A story while it is lived through. It writes units, accounts and a case: run it inside a rolled-back
    transaction."""

    folder: Folder
    told: Mapping[str, Any]
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Folder, path: Path | None = None) -> "Story":
        """The story in a version's folder, or another of its stories."""
        return cls(folder, tomllib.loads((path or folder.path / STORY).read_text(encoding="utf-8")))

    def run(self) -> Case:
        """Live through it; returns the case at its end. Raises StoryBroken."""
        self._cast()
        case = self._open()
        for number, act in enumerate(self.told.get("act", []), 1):
            where = f"{self.folder.name} act {number} ({act['move']})"
            with clock.at(act["on"]):
                self._act(case, act, where)
            self._compare(case, act, where)
        if self.told.get("act") and case.closed_at is None:
            raise StoryBroken(f"{self.folder.name}: the story ends before the case does")
        return case

    def _cast(self) -> None:
        for name, row in self.told["units"].items():
            self.units[name] = Unit.objects.create(
                name=row["name"], kind=row.get("kind", Unit.Kind.DEPARTMENT), valid_from=BEGINNING
            )
        for name, row in self.told["people"].items():
            user = User.objects.create_user(f"{name}@story.example", row["name"])
            Membership.objects.create(user=user, unit=self.units[row["unit"]], role=row["role"], valid_from=BEGINNING)
            self.people[name] = user

    def _open(self) -> Case:
        opening = self.told["open"]
        with clock.at(opening["on"]):
            case = open_case(
                self.folder.process,
                title=self.told["title"],
                url="",
                dossier=f"story:{self.folder.process}",
                parties={name: self._party(who) for name, who in opening["parties"].items()},
                by=self._actor(opening["by"]),
                on=date.fromisoformat(self.folder.version),  # a later version may be in force on the story's day
                due_on=opening.get("due"),
            )
        self._compare(case, opening, f"{self.folder.name} open")
        return case

    def _act(self, case: Case, act: Mapping[str, Any], where: str) -> None:
        wanted = act.get("refused")
        data = {name: self._datum(value) for name, value in act.get("data", {}).items()}
        try:
            move(case, act["move"], by=self._actor(act["by"]), comment=act.get("comment", ""), data=data or None)
        except Refused as refused:
            if refused.refusal.code != wanted:
                raise StoryBroken(f"{where}: refused with {refused.refusal.code}: {refused}") from refused
        else:
            if wanted:
                raise StoryBroken(f"{where}: was allowed, {wanted} was to come")

    def _compare(self, case: Case, act: Mapping[str, Any], where: str) -> None:
        case = Case.objects.select_related("process_version").get(pk=case.pk)
        holding = case.holding
        found = {
            "step": case.step,
            "due": holding.due_on if holding else None,
            "holder": str(holding.holder) if holding else None,
            "outcome": case.outcome,
        }
        wanted = {name: act[name] for name in found if name in act and not (where.endswith(" open") and name == "due")}
        if "holder" in wanted:
            wanted["holder"] = str(self._party(wanted["holder"]))
        for name, value in wanted.items():
            if found[name] != value:
                raise StoryBroken(f"{where}: {name} is {found[name]}, not {value}")

    def _party(self, name: str) -> Unit | User:
        return self.units[name] if name in self.units else self.people[name]

    def _actor(self, name: str) -> Actor:
        # A fresh object: what a person may act in is kept on the object for a day.
        return CALENDAR if name == "system" else User.objects.get(pk=self.people[name].pk)

    def _datum(self, value: Any) -> Any:
        return self.units[value].pk if isinstance(value, str) and value in self.units else value
