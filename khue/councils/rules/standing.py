"""Standing councils: who keeps them, which of them may sit on what."""

from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.rules import acting_in
from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.councils.models import Council, Seat, Standing, StandingMember, Subject
from khue.councils.rules.candidates import pool
from khue.councils.rules.composition import seats_of
from khue.councils.rules.conflicts import standing_on
from khue.councils.rules.managing import SEE, managed_hosts, may_act_as, may_run
from khue.councils.rules.numbers import numbers

KINDS = ("identify", "select", "accept")
"""Kinds of councils that may stand for a term; a budget team is set up for one file."""
REVIEWS = (Seat.Role.MEMBER, Seat.Role.REVIEWER)
"""Who of a standing council may be named to review: nobody who has an office in it."""


def visible_to(user: User) -> QuerySet[Standing]:
    """Those of bodies whose councils the person runs, those one sits in, all for who oversees."""
    mine = Q(members__person=user.person_id or 0, members__left_on=None)
    rows = Standing.objects.filter(managed_hosts(user) | mine)
    if any(part.allows(SEE) for part in acting_in(user)):
        rows = Standing.objects.all()
    return rows.distinct()


def listed(user: User) -> QuerySet[Standing]:
    """The list, each with how many sit in it and how often it sat: one query."""
    return visible_to(user).select_related("host").annotate(
        people=Count("members", filter=Q(members__left_on=None), distinct=True),
        sat=Count("sittings", distinct=True),
    ).order_by("ended_on", "-term_to", "-pk")  # fmt: skip


def members_of(standing: Standing) -> list[StandingMember]:
    """Who sits in it now."""
    return list(standing.members.filter(left_on=None).select_related("person"))


def could_sit(council: Council) -> list[Standing]:
    """Standing councils of the same kind and body whose term covers today, for a council that is being formed."""
    if council.state != Council.State.FORMING or council.seats.exists():
        return []
    rows = Standing.objects.filter(kind=council.kind, host=council.host, ended_on=None)
    return list(rows.filter(term_from__lte=today(), term_to__gte=today()))


def in_term(standing: Standing) -> Refusal | None:
    """Outside its term nobody calls it together."""
    if standing.sits:
        return None
    sentence = _("«%(title)s» stands from %(from)s to %(to)s and cannot sit now. Set up a council for this case.")
    told = {"title": standing.title, "from": f"{standing.term_from:%d/%m/%Y}", "to": f"{standing.last_day:%d/%m/%Y}"}
    return Refusal("standing.term-over", sentence % told)


def may_name_reviewers(by: Actor, council: Council) -> Refusal | None:
    """The council names its reviewers itself: its chair with the own account, or who runs it, writing it down."""
    chair = council.seats.filter(role=Seat.Role.CHAIR, state=Seat.State.ACCEPTED).first()
    if chair is not None and may_act_as(by, chair) is None:
        return None
    return may_run(by, council)


def suggested_reviewers(council: Council) -> Mapping[Subject, list[Seat]]:
    """For each subject the members that could review it, best fit first, without those in conflict with it; the first
    ones are proposed. The work is spread: who is proposed for one subject comes later for the next."""
    seats = {seat.person_id: seat for seat in seats_of(council) if seat.role in REVIEWS}
    fit = {one.person.pk: one.fit.score for one in pool(council, list(seats))}
    against = standing_on(council)
    least, given = numbers(council).number("reviewers"), dict.fromkeys(seats, 0)
    found: dict[Subject, list[Seat]] = {}
    for subject in council.subjects.all():
        free = [pk for pk in seats if not any(row.dossier == subject.dossier for row in against.get(pk, []))]
        free.sort(key=lambda pk: (given[pk], -fit.get(pk, 0.0), pk))
        for pk in free[:least]:
            given[pk] += 1
        found[subject] = [seats[pk] for pk in free]
    return found
