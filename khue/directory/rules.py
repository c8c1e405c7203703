"""Who may see and change units and people. Every signed-in person sees the directory; editors keep their own branch."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.core import permissions
from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.directory.models import Person, Post, Unit, UnitName, Units
from khue.directory.naming import bare_key, key_of

SHORTEST_NAME = 3
"""Letters that a name must have at least to be remembered."""


def visible_to(user: Actor) -> Units:  # noqa: ARG001  # the same for everybody who signed in
    """All units: who does what is no secret inside the house."""
    return Unit.objects.all()


def may_add_unit(by: Actor, parent: Unit | None) -> Refusal | None:
    """A new unit stands below one that `by` keeps; a root unit needs the permission anywhere at all."""
    if permissions.may(by, "unit:edit", parent.pk if parent else None):
        return None
    return _no_editor()


def may_edit_unit(by: Actor, unit: Unit) -> Refusal | None:
    """Whether `by` keeps the branch that `unit` stands in."""
    return None if permissions.may(by, "unit:edit", unit.pk) else _no_editor()


def may_remember_name(by: Actor, unit: Unit, name: str, meant: Sequence[Unit]) -> Refusal | None:
    """Who keeps the branch, and who reads documents all day (`unit:alias`), may note how others write a unit's name.

    `meant` are the units that the name means already: a name of somebody else is not taken over.
    """
    if not permissions.may(by, "unit:alias") and (refusal := may_edit_unit(by, unit)):
        return refusal
    if len(bare_key(key_of(name))) < SHORTEST_NAME:
        return Refusal("unit.name-too-short", _("“%(name)s” is too short to stand for one unit.") % {"name": name})
    if others := [each for each in meant if each != unit]:
        sentence = _("“%(name)s” already means %(unit)s, so it cannot be remembered for another unit.")
        return Refusal("unit.name-of-another", sentence % {"name": name, "unit": others[0].name})
    return None


def may_forget_name(by: Actor, name: UnitName) -> Refusal | None:
    """Only other ways to write a name are forgotten; the names a unit bore stay for ever."""
    if refusal := may_edit_unit(by, name.unit):
        return refusal
    if name.official:
        return Refusal("unit.name-stays", _("A name that the unit bore is part of its history and stays."))
    return None


def may_stand_below(unit: Unit, parent: Unit) -> Refusal | None:
    """A unit cannot stand below itself or below one of its own parts."""
    if f"/{unit.pk}/" in parent.path:
        return Refusal("unit.below-itself", _("%(unit)s cannot stand below itself.") % {"unit": unit.name})
    return None


def may_rename_unit(unit: Unit, on: date) -> Refusal | None:
    """A new name begins after the day on which the last one began, and while the unit lasts."""
    latest = unit.names.filter(official=True).order_by("-valid_from").values_list("valid_from", flat=True).first()
    if latest is not None and on <= latest:
        sentence = _("The name it bears began on %(on)s; a new one can only begin later.")
        return Refusal("unit.renamed-too-early", sentence % _facts(unit, latest))
    if unit.valid_to is not None:
        return Refusal("unit.ended", _("%(unit)s has already ended, on %(on)s.") % _facts(unit, unit.valid_to))
    return None


def may_end_unit(by: Actor, unit: Unit, *, on: date, successors: Sequence[Unit]) -> Refusal | None:
    """Whether `unit` may end the day before `on`, its work going to `successors`."""
    if refusal := may_edit_unit(by, unit):
        return refusal
    if unit.valid_to is not None and (refusal := _only_successors(unit, unit.valid_to, on, successors)):
        return refusal
    if on <= unit.valid_from:
        return Refusal(
            "unit.ends-too-early", _("%(unit)s began on %(on)s; it can only end later.") % _facts(unit, unit.valid_from)
        )
    if unit in successors:
        return Refusal("unit.succeeds-itself", _("%(unit)s cannot succeed itself.") % _facts(unit, on))
    late = [each for each in successors if each.valid_from > on or (each.valid_to is not None and each.valid_to < on)]
    if late:
        return Refusal(
            "unit.successor-not-there",
            _("%(unit)s does not exist on %(on)s, so it cannot take over.") % _facts(late[0], on),
        )
    if left := Unit.objects.as_of(on).filter(parent=unit).exclude(pk__in=[each.pk for each in successors]).count():
        return Refusal(
            "unit.has-parts",
            ngettext(
                "%(count)s unit still stands below it: move or end that one first.",
                "%(count)s units still stand below it: move or end them first.",
                left,
            )
            % {"count": left},
        )
    return None


def _only_successors(unit: Unit, last: date, on: date, successors: Sequence[Unit]) -> Refusal | None:
    """Whoever takes over may be told once, after the end too: until then what is open lies with nobody."""
    if not successors or unit.succeeded_by.exists():
        return Refusal("unit.ended", _("%(unit)s has already ended, on %(on)s.") % _facts(unit, last))
    if on != last + timedelta(days=1):
        return Refusal(
            "unit.ended-then",
            _("%(unit)s ended on %(on)s: its successors work from the day after.") % _facts(unit, last),
        )
    return None


def may_edit_person(by: Actor, person: Person | None = None) -> Refusal | None:
    """Editors of people, and everyone for oneself."""
    own = person is not None and by.actor_id is not None and getattr(by, "person_id", None) == person.pk
    if own or permissions.may(by, "person:edit"):
        return None
    return Refusal("person.no-editor", _("Only those who keep the list of people, and the person, may change this."))


def may_edit_posts(by: Actor) -> Refusal | None:
    """Posts are facts of the house; nobody gives oneself one."""
    if permissions.may(by, "person:edit"):
        return None
    return Refusal("person.no-editor", _("Only those who keep the list of people may change posts."))


def may_leave_post(post: Post, last_day: date) -> Refusal | None:
    """A post ends once, and not before it began."""
    if post.valid_to is not None or last_day < post.valid_from:
        sentence = _("This post began on %(on)s; give a last day from then on, once.")
        return Refusal("post.wrong-end", sentence % {"on": f"{post.valid_from:%d/%m/%Y}"})
    return None


def _no_editor() -> Refusal:
    return Refusal("unit.no-editor", _("Only an administrator of this unit, or of one above it, may change it."))


def _facts(unit: Unit, on: date) -> dict[str, str]:
    return {"unit": unit.name, "on": f"{on:%d/%m/%Y}"}
