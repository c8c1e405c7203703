"""Changes to a mission: who decides, how often, how far, on what conditions (the matrix of `processes/missions.toml`
and the numbers of the mission's version)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.core.actors import Actor
from khue.core.calendar import add_months, add_working_days
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.directory.models import Person, Unit
from khue.flow.shelf.law import cite
from khue.flow.shelf.values import Process
from khue.flow.shelf.words import Word, words
from khue.missions.models import Adjustment, Mission
from khue.missions.rules.carry.carrying import case_of, may_step, may_write_for_host
from khue.missions.rules.carry.reports import progress_of
from khue.missions.rules.months import months_between

CHANGES = {
    "extension": "end", "shortening": "end", "name": "title", "objective": "objective",
    "investigator": "investigator", "lead": "lead",
}  # fmt: skip
"""What a kind of change puts otherwise; kinds that are not named change the outline as their text says."""
STOPS = ("suspension", "termination")
"""Kinds that end in a suspension first."""
IN_FORCE = (Adjustment.State.GRANTED, Adjustment.State.NOTED)
GROUNDS = {
    "away": gettext_lazy("Study or work away"), "illness": gettext_lazy("Illness"),
    "death": gettext_lazy("Death or missing"), "own-request": gettext_lazy("Own request"),
    "breach": gettext_lazy("Failure or breach of financial rules"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. `after` has the one thing that changes: `end` (a day), `title`, `objective`, `investigator`
    (a person's number), `lead` (a unit's number) or `text`."""

    kind: str
    after: Mapping[str, Any]
    reason: str
    ground: str = ""
    consents: Mapping[str, str] = field(default_factory=dict)

    @property
    def end(self) -> date | None:
        """The new end, where one is asked for."""
        told = self.after.get("end")
        return date.fromisoformat(told) if isinstance(told, str) else told


def matrix(mission: Mission) -> dict[str, str]:
    """Kind of change -> who decides for this mission: `head`, `host` or `never`."""
    lump = mission.plan.lump_sum if mission.plan and mission.plan.lump_sum else "partial"
    return {kind: str(word.facts[lump]) for kind, word in words("adjustments").items()}


def may_ask(by: Actor, mission: Mission, wish: Wish) -> Refusal | None:
    """Why this change cannot be asked for, or made by the lead organisation itself."""
    refusal = may_write_for_host(by, mission) or may_step(by, mission, "ask-adjustment")
    if refusal:
        return refusal
    word = words("adjustments").get(wish.kind)
    if word is None:
        return Refusal("adjustment-unknown", _("Choose what is to be changed."))
    return _by_matrix(mission, wish, word) or fits(mission, wish)


def _by_matrix(mission: Mission, wish: Wish, word: Word) -> Refusal | None:
    if matrix(mission)[wish.kind] == "never":
        sentence = _("«%(kind)s» never changes under a lump sum to the final product (%(basis)s).")
        return Refusal("adjustment-never", sentence % {"kind": word, "basis": cite(word.basis)})
    if not wish.reason.strip():
        return Refusal("adjustment-reason", _("Write why the change is needed."))
    grounds = word.facts.get("reasons", ())
    if grounds and wish.ground not in grounds:
        sentence = _("«%(kind)s» changes on these grounds only: %(grounds)s (%(basis)s).")
        told = ", ".join(str(GROUNDS[name]) for name in grounds)
        return Refusal("adjustment-ground", sentence % {"kind": word, "grounds": told, "basis": cite(word.basis)})
    for need in word.facts.get("needs", ()):
        if not wish.consents.get(need, "").strip():
            return _consent_missing(word, need)
    if mission.adjustments.filter(kind=wish.kind, state=Adjustment.State.ASKED).exists():
        sentence = _("«%(kind)s» was asked for already and waits for an answer.")
        return Refusal("adjustment-open", sentence % {"kind": word})
    return None


def _consent_missing(word: Word, need: str) -> Refusal:
    if need == "council":
        sentence = _("«%(kind)s» needs the advice of a council: write its minutes (%(basis)s).")
    else:
        sentence = _("«%(kind)s» needs the written consent of the ordering body: write its number (%(basis)s).")
    return Refusal(f"adjustment-{need}", sentence % {"kind": word, "basis": cite(word.basis)})


def fits(mission: Mission, wish: Wish) -> Refusal | None:
    """Why the change itself is not possible, whoever decides."""
    check = {
        "extension": _extension, "shortening": _shortening, "investigator": _investigator, "lead": _lead,
    }.get(wish.kind)  # fmt: skip
    if check:
        return check(mission, wish)
    what = CHANGES.get(wish.kind, "text")
    if wish.kind not in STOPS and not str(wish.after.get(what, "")).strip():
        return Refusal("adjustment-empty", _("Write what it is to be afterwards."))
    return None


def _extension(mission: Mission, wish: Wish) -> Refusal | None:
    assert mission.ends_on is not None and mission.starts_on is not None and mission.first_ends_on is not None  # noqa: S101, PT018
    rules = case_of(mission).definition
    made = mission.adjustments.filter(kind="extension", state__in=IN_FORCE).count()
    if made >= rules.number("extension-times"):
        sentence = _("A mission is extended %(times)s time at most; this one was extended already (%(basis)s).")
        return Refusal("extension-times", sentence % _of(rules, "extension-times"))
    if wish.end is None or wish.end <= mission.ends_on:
        sentence = _("Choose a new end after %(day)s.")
        return Refusal("extension-end", sentence % {"day": f"{mission.ends_on:%d/%m/%Y}"})
    ask_until = add_months(mission.ends_on, -rules.number("extension-ask-before"))
    if today() > ask_until:
        sentence = _("An extension is asked for by %(day)s, %(months)s month before the end (%(basis)s).")
        told = {"day": f"{ask_until:%d/%m/%Y}", **_of(rules, "extension-ask-before")}
        return Refusal("extension-late", sentence % told)
    return _too_long(mission, wish.end, rules)


def _most(mission: Mission, rules: Process) -> str:
    assert mission.starts_on is not None and mission.first_ends_on is not None  # noqa: S101, PT018
    long_one = months_between(mission.starts_on, mission.first_ends_on) > rules.number("extension-long-mission")
    return "extension-most-long" if long_one else "extension-most-short"


def _too_long(mission: Mission, end: date, rules: Process) -> Refusal | None:
    assert mission.first_ends_on is not None  # noqa: S101
    name = _most(mission, rules)
    latest = add_months(mission.first_ends_on, rules.number(name))
    if end <= latest:
        return None
    sentence = _("This mission can be extended by %(months)s months at most, to %(day)s (%(basis)s).")
    return Refusal("extension-long", sentence % {"day": f"{latest:%d/%m/%Y}", **_of(rules, name)})


def _of(rules: Process, name: str) -> dict[str, Any]:
    provision = rules.provisions[name]
    return {provision.kind: provision.value, "basis": cite(provision.basis)}


def _shortening(mission: Mission, wish: Wish) -> Refusal | None:
    assert mission.ends_on is not None  # noqa: S101
    rules = case_of(mission).definition
    done = Fraction(progress_of(mission), 100)
    if done < rules.share("shortening-least"):
        sentence = _(
            "A mission is shortened once %(share)s of its content are done; its last report says %(done)s%% "
            "(%(basis)s)."
        )
        told = {"done": round(done * 100), **_of(rules, "shortening-least")}
        return Refusal("shortening-early", sentence % told)
    if wish.end is None or not today() <= wish.end < mission.ends_on:
        sentence = _("Choose a new end between today and %(day)s.")
        return Refusal("shortening-end", sentence % {"day": f"{mission.ends_on:%d/%m/%Y}"})
    return None


def _investigator(mission: Mission, wish: Wish) -> Refusal | None:
    person = Person.objects.filter(pk=wish.after.get("investigator") or 0).first()
    if person is None or person.pk == mission.investigator_id:
        return Refusal("investigator-same", _("Choose the new principal investigator."))
    running = (Mission.State.CONTRACTING, Mission.State.RUNNING, Mission.State.SUSPENDED)
    other = Mission.objects.filter(investigator=person, level=mission.level, state__in=running).first()
    if other is None:
        return None
    sentence = _("%(person)s already leads «%(title)s» and cannot lead another mission of this level.")
    return Refusal("investigator-leads", sentence % {"person": person, "title": other.title})


def _lead(mission: Mission, wish: Wish) -> Refusal | None:
    unit = Unit.objects.filter(pk=wish.after.get("lead") or 0).first()
    if unit is None or unit.pk == mission.host_id:
        return Refusal("lead-same", _("Choose the new lead organisation."))
    if mission.host is not None and mission.host.succeeded_by.filter(new=unit).exists():
        return None
    sentence = _(
        "The lead organisation changes only on a merger, split or dissolution; the directory does not know that "
        "%(new)s came after %(old)s."
    )
    return Refusal("lead-no-merger", sentence % {"new": unit.name, "old": mission.host})


def object_until(adjustment: Adjustment) -> date:
    """Until when the department may object to what the lead organisation decided itself."""
    days = case_of(adjustment.mission).definition.number("change-object")
    return add_working_days(adjustment.asked_on, days)
