"""Reasons why a person may not judge something, found in the records; and what is not known about a person."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import Membership
from khue.core.by_number import NUMBER, ByNumber
from khue.core.clock import today
from khue.councils.models import Conflict, Council, Kinship, Sanction, Seat, Subject
from khue.councils.owners import Involved, owner_of
from khue.councils.rules.numbers import numbers
from khue.directory.models import Person, Post, Unit, UnitHeir, valid_on
from khue.language.text import fold, nfc

PARTICIPANT, STAFF, FAMILY, SANCTION, INTEREST = "participant", "staff", "family", "sanction", "interest"


Thing = TypeVar("Thing", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Found:
    """One reason: `ground` as the provisions name it, with a sentence and what it rests on."""

    ground: str
    text: str
    rests_on: Mapping[str, Any]


Reasons = Iterator[tuple[Thing, int, Found]]
"""A reason against a person judging a thing."""


def ground_label(ground: str) -> str:
    """How a ground is called."""
    labels = {
        PARTICIPANT: _("takes part in it"),
        STAFF: _("works for the organisation"),
        FAMILY: _("family of somebody who takes part"),
        SANCTION: _("a sanction that still stands"),
        INTEREST: _("an interest of one's own"),
    }
    return labels.get(ground, ground)


def involved_in(council: Council) -> dict[Subject, Involved]:
    """Who takes part in each of the council's subjects, as its owner tells."""
    owner = owner_of(council.kind)
    return {subject: owner.involved(subject.dossier) for subject in council.subjects.all()}


def search(involved: Involved, people: Collection[int]) -> dict[int, list[Found]]:
    """What the records say against each of `people` judging what `involved` take part in: a constant number of
    queries. Whoever is not in the result has nothing against them that is known, which is not the same as nothing."""
    return search_each({None: involved}, people)[None]


def search_each(things: Mapping[Thing, Involved], people: Collection[int]) -> dict[Thing, dict[int, list[Found]]]:
    """What `search` finds for each of several things, in as many queries as for one."""
    found: dict[Thing, dict[int, list[Found]]] = {thing: defaultdict(list) for thing in things}
    for thing, person, reason in (
        *_participants(things, people),
        *_namesakes(things, people),
        *_staff(things, people),
        *_family(things, people),
        *((thing, *row) for row in list(_sanctioned(people)) for thing in things),
    ):
        found[thing][person].append(reason)
    return {thing: dict(reasons) for thing, reasons in found.items()}


def _participants(things: Mapping[Thing, Involved], people: Collection[int]) -> Reasons[Thing]:
    for thing, involved in things.items():
        for person, part in involved.people:
            if person in people:
                yield thing, person, Found(PARTICIPANT, _("Takes part in it."), {"person": person, "part": part})


def _own(involved: Involved) -> set[int]:
    return {person for person, _part in involved.people}


def _namesakes(things: Mapping[Thing, Involved], people: Collection[int]) -> Reasons[Thing]:
    """The same name under another number, or under none yet, may be the same person: somebody has to look."""
    everybody = {person for involved in things.values() for person in _own(involved)}
    named = dict(Person.objects.filter(pk__in=everybody).values_list("pk", "folded"))
    names: dict[Thing, dict[str, int | None]] = {}
    for thing, involved in things.items():
        names[thing] = {fold(nfc(name)): None for name in involved.names}
        names[thing] |= {named[person]: person for person in _own(involved) if person in named}
    wanted = {name for known in names.values() for name in known}
    alike = dict(Person.objects.filter(pk__in=people, folded__in=wanted).values_list("pk", "folded"))
    text = _("Has the same name as somebody who takes part; whether it is one person is not known.")
    for thing, involved in things.items():
        for person, name in alike.items():
            if name in names[thing] and person not in _own(involved):
                yield thing, person, Found(PARTICIPANT, text, {"person": names[thing][name], "name_only": True})


def _staff(things: Mapping[Thing, Involved], people: Collection[int]) -> Reasons[Thing]:
    """Posts held now in one of the organisations, a part of it, what it was before or what it has become; and
    accounts that work for one of them here."""
    lines = _lines({thing: involved.units for thing, involved in things.items()})
    everything = {unit for units in lines.values() for unit in units}
    if not everything:
        return
    inside = Q(unit__in=everything)
    for unit in everything:
        inside |= Q(unit__path__contains=f"/{unit}/")
    inside &= valid_on(today())
    posts = list(Post.objects.filter(inside, person__in=people).select_related("unit"))
    parts = Membership.objects.filter(inside, user__person__in=people).exclude(role="expert")
    told = list(parts.select_related("unit", "user"))
    for thing, units in lines.items():
        posted = [post for post in posts if _stands_in(post.unit, units)]
        yield from ((thing, post.person_id, _by_post(post)) for post in posted)
        known = {post.person_id for post in posted}
        for part in told:
            if part.user.person_id not in known and _stands_in(part.unit, units):
                assert part.user.person_id is not None  # noqa: S101 - asked for by person
                yield thing, part.user.person_id, _by_account(part)


def _stands_in(unit: Unit, units: Collection[int]) -> bool:
    return unit.pk in units or any(f"/{above}/" in unit.path for above in units)


def _by_post(post: Post) -> Found:
    text = _("Holds a post there: %(position)s, %(unit)s, since %(day)s.") % {
        "position": post.position, "unit": post.unit.name, "day": f"{post.valid_from:%d/%m/%Y}"
    }  # fmt: skip
    return Found(STAFF, text, {"unit": post.unit_id, "from": post.valid_from.isoformat()})


def _by_account(part: Membership) -> Found:
    text = _("Works for it in this system: %(role)s, %(unit)s, since %(day)s.") % {
        "role": part.role_label, "unit": part.unit.name, "day": f"{part.valid_from:%d/%m/%Y}"
    }  # fmt: skip
    return Found(STAFF, text, {"unit": part.unit_id, "from": part.valid_from.isoformat()})


def _lines(units: Mapping[Thing, Collection[int]]) -> dict[Thing, set[int]]:
    """For each thing its units, what they have become, and what else has become that."""
    everything = {unit for those in units.values() for unit in those}
    became: dict[int, set[int]] = defaultdict(set)
    for source, heir in UnitHeir.objects.filter(source__in=everything).values_list("source", "heir"):
        became[source].add(heir)
    now = everything.union(*became.values())
    came: dict[int, set[int]] = defaultdict(set)
    for source, heir in UnitHeir.objects.filter(heir__in=now, main=True).values_list("source", "heir"):
        came[heir].add(source)
    lines = {}
    for thing, those in units.items():
        there = {*those}.union(*(became[unit] for unit in those))
        lines[thing] = there.union(*(came[unit] for unit in there))
    return lines


def _family(things: Mapping[Thing, Involved], people: Collection[int]) -> Reasons[Thing]:
    """Declared relations count both ways."""
    everybody = {person for involved in things.values() for person in _own(involved)}
    if not everybody:
        return
    there, back = Q(person__in=people, relative__in=everybody), Q(relative__in=people, person__in=everybody)
    kin = list(Kinship.objects.filter(there | back).select_related("person", "relative"))
    for thing, involved in things.items():
        own = _own(involved)
        for row in kin:
            if row.person_id in people and row.relative_id in own:
                yield thing, row.person_id, _kin(row.relative, row.get_kind_display())
            if row.relative_id in people and row.person_id in own:
                yield thing, row.relative_id, _kin(row.person, _reversed(row))


def _kin(other: Person, kind: str) -> Found:
    text = _("%(kind)s: %(person)s takes part in it.") % {"kind": kind, "person": other.full_name}
    return Found(FAMILY, text, {"person": other.pk, "kind": str(kind)})


def _reversed(row: Kinship) -> str:
    """What the other of the two is: a parent's relative is a child."""
    turned = {Kinship.Kind.PARENT: Kinship.Kind.CHILD, Kinship.Kind.CHILD: Kinship.Kind.PARENT}
    kind = Kinship.Kind(row.kind)
    return str(turned.get(kind, kind).label)


def _sanctioned(people: Collection[int]) -> Iterator[tuple[int, Found]]:
    for row in Sanction.objects.filter(valid_on(today()), person__in=people):
        text = f"{row.reason} ({row.document})" if row.document else row.reason
        yield row.person_id, Found(SANCTION, text, {"sanction": row.pk, "from": row.valid_from.isoformat()})


def barring(council: Council, found: Collection[Found], *, role: str) -> list[Found]:
    """Those of `found` that keep a person from sitting in `council` in `role`, by the version's provisions."""
    rules = numbers(council)
    bars, offices = rules.names("bars"), rules.roles("office-bars")
    return [one for one in found if one.ground in bars or (one.ground == STAFF and role in offices)]


def against(council: Council, people: Collection[int]) -> dict[int, dict[Subject, list[Found]]]:
    """person -> subject -> what the records say, without what somebody dismissed with a reason."""
    dismissed = set(
        Conflict.objects.filter(
            person__in=people, dossier__in=council.subjects.values("dossier"), state=Conflict.State.DISMISSED
        ).values_list("person_id", "dossier", "ground")
    )
    result: dict[int, dict[Subject, list[Found]]] = defaultdict(dict)
    for subject, by_person in search_each(involved_in(council), people).items():
        for person, found in by_person.items():
            kept = [one for one in found if (person, subject.dossier, one.ground) not in dismissed]
            if kept:
                result[person][subject] = kept
    return dict(result)


def not_known(people: Collection[int], council: Council) -> dict[int, list[str]]:
    """person -> what is not known, in words: no post, no declaration. Unknown is not none."""
    posts = set(Post.objects.filter(valid_on(today()), person__in=people).values_list("person", flat=True))
    declared = set(
        Seat.objects.filter(council=council, person__in=people, interest_declared_at__isnull=False).values_list(
            "person", flat=True
        )
    )
    told: dict[int, list[str]] = {}
    for person in people:
        words = [] if person in posts else [_("where the person works is not known")]
        words += [] if person in declared else [_("has not declared any interests")]
        if words:
            told[person] = words
    return told


def before(council: Council) -> "QuerySet[Council]":
    """Other councils on the same things, or on what belongs together with them."""
    dossiers = set(council.subjects.values_list("dossier", flat=True))
    related = {one for dossier in dossiers for one in owner_of(council.kind).related(dossier)}
    found = Council.objects.filter(subjects__dossier__in=dossiers | related).exclude(pk=council.pk)
    return found.exclude(state__in=(Council.State.FORMING, Council.State.DISSOLVED)).distinct()


def earlier_councils(people: Collection[int], council: Council) -> dict[int, list[Council]]:
    """person -> other councils in which the person sat on the same things: what members of an acceptance council are
    asked for, and what the others should know."""
    same = before(council).filter(seats__person__in=people, seats__state="accepted")
    told: dict[int, list[Council]] = defaultdict(list)
    for one in same:
        for person in one.seats.filter(person__in=people, state="accepted").values_list("person", flat=True):
            told[person].append(one)
    return dict(told)


def standing_on(council: Council) -> dict[int, list[Conflict]]:
    """person -> conflicts about this council's subjects that are suspected or confirmed."""
    told: dict[int, list[Conflict]] = defaultdict(list)
    for row in _STANDING.all(council.pk):
        told[row.person_id].append(row)
    return dict(told)


_STANDING = ByNumber(
    lambda: Conflict.objects.filter(dossier__in=Subject.objects.filter(council=NUMBER).values("dossier")).exclude(
        state=Conflict.State.DISMISSED
    )
)
