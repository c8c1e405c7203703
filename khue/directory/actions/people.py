"""Write people: who they are, the posts they hold, what they know."""

from datetime import date
from typing import Any

from django.db import transaction

from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import require
from khue.directory import rules
from khue.directory.models import Expertise, Person, Post, Unit
from khue.journal.actions import record

DETAILS = ("full_name", "title", "email", "phone")


def dossier(person: Person) -> str:
    """How the journal calls the person."""
    return f"person:{person.pk}"


@transaction.atomic
def add_person(*, full_name: str, by: Actor, title: str = "", email: str = "", phone: str = "") -> Person:
    """Enter somebody in the directory."""
    require(rules.may_edit_person(by))
    person = Person.objects.create(full_name=full_name, title=title, email=email, phone=phone)
    record(dossier(person), "person.added", by=by, name=person.full_name)
    return person


@transaction.atomic
def change_person(person: Person, *, by: Actor, **details: Any) -> Person:
    """Change some of `DETAILS`. The journal says which, not what they were: contact data is not kept for ever."""
    person.refresh_from_db(from_queryset=Person.objects.select_for_update())
    require(rules.may_edit_person(by, person))
    changed = {name: value for name, value in details.items() if name in DETAILS and getattr(person, name) != value}
    for name, value in changed.items():
        setattr(person, name, value)
    if changed:
        person.save()
        record(dossier(person), "person.changed", by=by, changed=sorted(changed))
    return person


@transaction.atomic
def hold_post(person: Person, *, unit: Unit, position: str, valid_from: date, by: Actor) -> Post:
    """From `valid_from` the person holds `position` in `unit`."""
    require(rules.may_edit_posts(by))
    post = Post.objects.create(person=person, unit=unit, position=position, valid_from=valid_from)
    record(dossier(person), "person.took-post", by=by, position=position, unit=unit.name, on=f"{valid_from}")
    return post


@transaction.atomic
def leave_post(post: Post, *, last_day: date, by: Actor) -> Post:
    """The person holds the post until `last_day`."""
    post.refresh_from_db(from_queryset=Post.objects.select_for_update())
    require(rules.may_edit_posts(by))
    require(rules.may_leave_post(post, last_day))
    post.valid_to = last_day
    post.save()
    record(
        dossier(post.person), "person.left-post", by=by, position=post.position, unit=post.unit.name, on=f"{last_day}"
    )
    return post


@transaction.atomic
def declare_expertise(
    person: Person, *, topic: str, by: Actor, since: int | None = None, evidence: str = ""
) -> Expertise:
    """The person knows `topic`; declaring it again corrects what was said about it."""
    require(rules.may_edit_person(by, person))
    wanted = Expertise(person=person, topic=topic, since=since, evidence=evidence, declared_on=today())
    wanted.prepare()
    expertise, _ = Expertise.objects.update_or_create(
        person=person,
        folded=wanted.folded,
        defaults={"topic": topic, "since": since, "evidence": evidence, "declared_on": wanted.declared_on},
    )
    record(dossier(person), "person.declared", by=by, topic=topic)
    return expertise


@transaction.atomic
def withdraw_expertise(expertise: Expertise, *, by: Actor) -> None:
    """The person no longer stands for the topic."""
    require(rules.may_edit_person(by, expertise.person))
    record(dossier(expertise.person), "person.withdrew", by=by, topic=expertise.topic)
    expertise.delete()
