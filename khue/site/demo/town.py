"""Founding the demo city: places, bodies, people and what they may do."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from khue.accounts.actions.accounts import add_user
from khue.accounts.actions.memberships import give_role
from khue.accounts.models import User
from khue.core.actors import SystemActor
from khue.core.clock import at
from khue.core.refusals import Refusal, Refused
from khue.directory.actions.places import load_places
from khue.directory.actions.units import add_unit
from khue.directory.models import Place, Unit
from khue.flow.actions import load_shelf
from khue.language.text import fold
from khue.site.demo.content import city

FOUNDER = SystemActor("Thành phố mẫu")
PASSWORD = "khue-ha-noi"  # noqa: S105 - a demo that nobody else reaches; printed at its start
FOUNDED = date(2015, 1, 1)
TWO_TIERS = date(2025, 7, 1)
LAST_OF_DISTRICTS = date(2025, 6, 30)


@dataclass(slots=True)
class Town:
    """Units and people of the demo by their short names."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    worker: dict[int, User] = field(default_factory=dict)
    """Who does the work of a unit, by the unit's number."""


def found() -> Town:
    """Build the city as it was in 2024, with what 2025 changed entered on its days."""
    town = Town()
    load_shelf()
    load_places(city=city()["city"], by=FOUNDER)
    with at(FOUNDED):
        for entry in city()["unit"]:
            _found_unit(town, entry)
        _found_districts(town)
        _found_communes(town)
        for entry in city()["party"]:
            _found_party(town, entry)
        for entry in city()["person"]:
            _enter_person(town, entry)
    return town


def _found_unit(town: Town, entry: dict[str, Any]) -> None:
    town.units[entry["code"]] = add_unit(
        name=entry["name"],
        kind=entry["kind"],
        abbreviation=entry["abbreviation"],
        code=entry["code"],
        parent=town.units.get(entry.get("parent", "")),
        valid_from=entry.get("since", FOUNDED),
        by=FOUNDER,
    )


def _found_districts(town: Town) -> None:
    places = Place.objects.filter(level=Place.Level.DISTRICT, parent__code=city()["city"])
    for place in places.as_of(LAST_OF_DISTRICTS):
        _found_people_committee(town, place, f"quan-huyen-{_slug(place)}", Unit.Kind.DISTRICT, FOUNDED)


def _found_communes(town: Town) -> None:
    places = Place.objects.filter(level=Place.Level.COMMUNE, parent__code=city()["city"])
    for place in places.as_of(TWO_TIERS):
        _found_people_committee(town, place, f"ubnd-{_slug(place)}", Unit.Kind.COMMUNE, TWO_TIERS)


def _slug(place: Place) -> str:
    return fold(place.name).replace(" ", "-")


def _found_party(town: Town, entry: dict[str, Any]) -> None:
    """The Party body beside the people's committee of a commune."""
    beside = town.units[entry["beside"]]
    town.units[entry["code"]] = add_unit(
        name=entry["name"], kind=Unit.Kind.PARTY, code=entry["code"], abbreviation="ĐU", place=beside.place,
        parent=town.units["thanh-uy"], valid_from=TWO_TIERS, by=FOUNDER,
    )  # fmt: skip


def _found_people_committee(town: Town, place: Place, code: str, kind: str, since: date) -> None:
    town.units[code] = add_unit(
        name=f"UBND {place.kind.lower()} {place.name}",
        kind=kind,
        code=code,
        parent=town.units["ubnd-tp"],
        place=place,
        valid_from=since,
        by=FOUNDER,
    )


def _enter_person(town: Town, entry: dict[str, Any]) -> None:
    user = add_user(
        email=f"{entry['login']}@khue.example",
        full_name=entry["name"],
        password=PASSWORD if "shown" in entry else None,  # hashing is slow on purpose; nobody signs in as the others
        by=FOUNDER,
    )
    town.people[entry["login"]] = user
    for code, role in entry["roles"]:
        unit = town.units[code]
        give_role(
            user,
            unit=unit,
            role=role,
            valid_from=max(FOUNDED, unit.valid_from),
            valid_to=entry.get("until"),
            by=FOUNDER,
        )
        if district := _district(town, code):
            give_role(user, unit=district, role=role, valid_from=FOUNDED, valid_to=LAST_OF_DISTRICTS, by=FOUNDER)
    _put_to_work(town, entry)


def _put_to_work(town: Town, entry: dict[str, Any]) -> None:
    """Who is entered first does the work of a unit, and did that of the district before it."""
    user = town.people[entry["login"]]
    for code, role in entry["roles"]:
        if role == "officer":
            town.worker.setdefault(town.units[code].pk, user)
        if district := _district(town, code):
            town.worker.setdefault(district.pk, user)


def hand_over(town: Town) -> None:
    """Who works at a successor does the work of the body that went into it."""
    for entry in city()["unit"]:
        if successor := entry.get("successor"):
            town.worker[town.units[entry["code"]].pk] = town.worker[town.units[successor].pk]


def _district(town: Town, commune: str) -> Unit | None:
    name = city()["districts"].get(commune)
    return next((unit for unit in town.units.values() if unit.place and _is_district(unit.place, name)), None)


def _is_district(place: Place, name: str | None) -> bool:
    return place.level == Place.Level.DISTRICT and place.name == name


def unit_on(town: Town, code: str, day: date) -> Unit:
    """The unit that did the work of `code` on `day`: before July 2025 the district did a commune's."""
    unit = town.units[code]
    if day < TWO_TIERS and (district := _district(town, code)):
        return district
    return unit


def known_town() -> Town:
    """The city as it stands in the database, with who works in it today.

    Raises Refused `demo.older` where somebody or a unit is missing who is in the city of today's Khuê.
    """
    town = Town({unit.code: unit for unit in Unit.objects.exclude(code="").select_related("place")})
    logins = [entry["login"] for entry in city()["person"]]
    users = User.objects.filter(email__in=[f"{login}@khue.example" for login in logins])
    town.people = {user.email.partition("@")[0]: user for user in users}
    named = {code for entry in city()["person"] for code, _role in entry["roles"]}
    if missing := sorted({*logins} - town.people.keys()) or sorted(named - town.units.keys()):
        sentence = _("The demo city here was built by an older Khuê (%(name)s is missing). Build it anew: %(command)s.")
        raise Refused(Refusal("demo.older", sentence % {"name": missing[0], "command": "khue demo --rebuild --serve"}))
    for entry in city()["person"]:
        _put_to_work(town, entry)
    hand_over(town)
    return town
