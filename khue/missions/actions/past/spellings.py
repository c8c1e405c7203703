"""Putting several spellings of one organisation or person together in missions of the past, and taking it back."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, F
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor, SystemActor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.actions.people import add_person
from khue.directory.actions.units import add_unit, remember_name
from khue.directory.models import Person, Unit
from khue.directory.search import resolve_many
from khue.journal.actions import record
from khue.matching.actions import changed_many
from khue.missions.models import Mission, Spelling
from khue.missions.rules.past.spellings import Group, Written, host_groups, person_groups, person_key
from khue.missions.rules.visibility import may_keep

KEEPER = SystemActor("Gộp cách ghi")
"""Who teaches the directory: of missions of the past the department decides, without keeping the whole directory."""
Kind, Verdict = Spelling.Kind, Spelling.Verdict
COLUMNS = {Kind.HOST: ("host_name", "host"), Kind.PERSON: ("investigator_name", "investigator")}


def groups_of(kind: str) -> list[Group]:
    """Groups that wait for a decision."""
    decided = Spelling.objects.filter(kind=kind, verdict=Verdict.DIFFERENT, undone_at=None)
    apart = list(decided.values_list("names", flat=True))
    waiting = Mission.objects.filter(imported=True).order_by()
    if kind == Kind.HOST:
        rows = waiting.filter(host=None).exclude(host_name="").values_list("host_name").annotate(count=Count("pk"))
        return host_groups([Written(name, count) for name, count in rows], apart)
    named = waiting.filter(investigator=None).exclude(investigator_name="").values_list("investigator_name")
    rows = named.annotate(count=Count("pk"), at=F("host_name"), about=F("field"))
    told: dict[str, Written] = {}
    for name, count, at, about in rows:
        was = told.get(name, Written(name, 0))
        hosts, fields = was.hosts | ({at} - {""}), was.fields | ({about} - {""})
        told[name] = Written(name, was.count + count, hosts, fields)
    return person_groups(told.values(), apart)


def known_units(groups: Sequence[Group]) -> list[Unit | None]:
    """For each group the unit of the directory that one of its spellings names without doubt: one query."""
    found = resolve_many([one.name for group in groups for one in group.spellings], today())
    meant = [{found[one.name].unit for one in group.spellings} - {None} for group in groups]
    return [units.pop() if len(units) == 1 else None for units in meant]


def known_people(groups: Sequence[Group]) -> list[Person | None]:
    """For each group the one person of the directory who bears the name: one query."""
    bearers: dict[str, list[Person]] = {}
    for person in Person.objects.filter(folded__in={person_key(group.proposed) for group in groups}):
        bearers.setdefault(person.folded, []).append(person)
    meant = [bearers.get(person_key(group.proposed), []) for group in groups]
    return [people[0] if len(people) == 1 else None for people in meant]


@transaction.atomic
def put_together(kind: str, names: Sequence[str], target: Unit | Person, *, by: Actor) -> Spelling:
    """Missions that bear one of `names` and nobody yet are those of `target`; the directory learns the spellings.

    Raises Refused: `missions-not-yours`, `spelling-gone`, or what the directory says.
    """
    require(may_keep(by))
    name_column, column = COLUMNS[Kind(kind)]
    waiting = Mission.objects.filter(**{"imported": True, f"{name_column}__in": names, column: None})
    borne = dict(waiting.select_for_update(of=("self",)).values_list("pk", name_column))
    if not borne:
        raise Refused(Refusal("spelling-gone", _("No mission waits with these spellings any more. Reload the page.")))
    found = sorted(borne)
    made = Spelling(kind=kind, names=sorted(set(borne.values())), verdict=Verdict.SAME, missions=found)
    made.by = by if isinstance(by, User) else None
    if isinstance(target, Unit):
        made.unit = target
        aliases = [remember_name(target, name=name, by=KEEPER) for name in made.names]
        made.aliases = [alias.pk for alias in aliases if alias is not None]
    else:
        made.person = target
    made.save()
    Mission.objects.filter(pk__in=found).update(**{column: target})
    record(f"spelling:{made.pk}", "spelling.same", by=by, names=made.names, target=str(target), count=len(found))
    changed_many("mission", found)
    return made


@transaction.atomic
def new_host(name: str, kind: str, *, by: Actor) -> Unit:
    """An organisation that missions of the past name and the directory does not know. Raises Refused:
    `missions-not-yours`, or what the directory says."""
    require(may_keep(by))
    return add_unit(name=name, kind=kind, parent=None, valid_from=today().replace(1990, 1, 1), by=KEEPER)


@transaction.atomic
def new_person(name: str, *, by: Actor) -> Person:
    """Somebody whom missions of the past name and the directory does not know. Raises Refused: `missions-not-yours`,
    or what the directory says."""
    require(may_keep(by))
    return add_person(full_name=name, by=KEEPER)


@transaction.atomic
def keep_apart(kind: str, names: Sequence[str], *, by: Actor) -> Spelling:
    """These spellings are not the same; nobody is asked again. Raises Refused: `missions-not-yours`."""
    require(may_keep(by))
    made = Spelling.objects.create(
        kind=kind, names=sorted(names), verdict=Verdict.DIFFERENT, by=by if isinstance(by, User) else None
    )
    record(f"spelling:{made.pk}", "spelling.different", by=by, names=made.names)
    return made


@transaction.atomic
def undo(spelling: Spelling, *, by: Actor) -> Spelling:
    """Take a decision back: its missions bear nobody again, and the names it taught are forgotten. What somebody put
    to another unit since stays. Raises Refused: `missions-not-yours`, `spelling-undone`."""
    require(may_keep(by))
    spelling = Spelling.objects.select_for_update(of=("self",)).select_related("unit", "person").get(pk=spelling.pk)
    if spelling.undone_at is not None:
        raise Refused(Refusal("spelling-undone", _("This was taken back already.")))
    if spelling.verdict == Verdict.SAME:
        _name_column, column = COLUMNS[Kind(spelling.kind)]
        target = spelling.unit or spelling.person
        Mission.objects.filter(pk__in=spelling.missions, **{column: target}).update(**{column: None})
        if spelling.unit is not None:
            for alias in spelling.unit.names.filter(pk__in=spelling.aliases, official=False):
                alias.delete()
        changed_many("mission", spelling.missions)
    spelling.undone_at = now()
    spelling.save(update_fields=["undone_at"])
    record(f"spelling:{spelling.pk}", "spelling.undone", by=by, names=spelling.names)
    return spelling
