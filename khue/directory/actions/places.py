"""Load the places of the data sets, by the law in `processes/places/`."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.refusals import Refusal, Refused
from khue.directory.gazetteer import Entry, Gazetteer, Link
from khue.directory.models import Place, PlaceSuccession
from khue.journal.actions import record

REORGANISATION = "2025-07-01"
Known = dict[tuple[str, str], Place]
"""Places by level and code."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many places and successions there are of what was loaded, and how many of them are new."""

    places: int
    successions: int
    new: int


@transaction.atomic
def load_places(*, city: str, by: Actor) -> Loaded:
    """Load today's places of the country and the old ones of `city`, a province's code; doing it again changes nothing.

    Raises `Refused` for a code that no province has.
    """
    gazetteer, law = Gazetteer(city), _law()
    if not gazetteer.exists:
        raise Refused(Refusal("place.no-such-province", _("No province has the code %(code)s.") % {"code": city}))
    before = Place.objects.count() + PlaceSuccession.objects.count()
    today = _today(gazetteer, law)
    old = _old(gazetteer, law, today)
    successions = _link(gazetteer.links(), old, today, law, city)
    new = Place.objects.count() + PlaceSuccession.objects.count() - before
    if new:
        record(f"places:{city}", "places.loaded", by=by, new=new, basis=_basis(law, "communes", city)["text"])
    return Loaded(len({*today.values(), *old.values()}), successions, new)


def _law() -> dict[str, Any]:
    return tomllib.loads((settings.PROCESSES / "places" / f"{REORGANISATION}.toml").read_text("utf-8"))


def _basis(law: dict[str, Any], level: str, city: str) -> dict[str, Any]:
    general: dict[str, Any] = law["basis"][level]
    own: dict[str, Any] = general.get(city, general)
    return own


def _today(gazetteer: Gazetteer, law: dict[str, Any]) -> Known:
    """Today's provinces and communes. A province that has its history loaded and did not merge continues through it."""
    on: date = law["on"]
    kept = dict(Place.objects.as_of(on).filter(level="province").values_list("code", "valid_from"))
    continues = gazetteer.city if not gazetteer.old_provinces() else None
    if kept.get(continues or "") == on:
        Place.objects.filter(level="province", code=continues, valid_from=on).update(valid_from=law["known_since"])
    known: Known = {}
    begins = {code: begun for code, begun in kept.items() if begun < on}
    if continues:
        begins[continues] = law["known_since"]
    _save((_place(each, known, begins.get(each.code, on), None) for each in gazetteer.provinces()), known)
    _save((_place(each, known, on, None) for each in gazetteer.communes()), known)
    return known


def _old(gazetteer: Gazetteer, law: dict[str, Any], today: Known) -> Known:
    """The old places of the city; they ended the day before."""
    last, since = law["on"] - timedelta(days=1), law["known_since"]
    known: Known = {("province", gazetteer.city): today["province", gazetteer.city]}
    for entries in (gazetteer.old_provinces(), gazetteer.old_districts(), gazetteer.old_communes()):
        places = [_place(each, known, law["since"].get(each.code, since), last) for each in entries]
        _save(places, known)
    return known


def _place(entry: Entry, known: Known, begun: date, ended: date | None) -> Place:
    above = {"province": "", "district": "province", "commune": "district" if ended else "province"}[entry.level]
    return Place(
        level=entry.level,
        code=entry.code,
        kind=entry.kind,
        name=entry.name,
        parent=known[above, entry.parent] if entry.parent else None,
        latitude=entry.latitude,
        longitude=entry.longitude,
        valid_from=begun,
        valid_to=ended,
    ).prepare()


def _save(places: Iterable[Place], known: Known) -> None:
    saved = Place.objects.bulk_create(
        places,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["level", "code", "valid_from"],
        update_fields=["kind", "name", "folded", "sort_name", "parent", "latitude", "longitude", "valid_to"],
    )
    known.update({(place.level, place.code): place for place in saved})


def _link(links: Iterable[Link], old: Known, today: Known, law: dict[str, Any], city: str) -> int:
    basis = {level: _basis(law, f"{level}s", city) for level in ("province", "district", "commune")}
    rows = [
        PlaceSuccession(
            old=old[link.old],
            new=today[link.new],
            kind=link.share,
            on=law["on"],
            basis=basis[link.old[0]]["text"],
            verified=basis[link.old[0]]["verified"],
        )
        for link in links
    ]
    PlaceSuccession.objects.bulk_create(
        rows,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["old", "new"],
        update_fields=["kind", "on", "basis", "verified"],
    )
    return len(rows)
