"""Who could sit in a council: how well they fit, what speaks against them, how busy they are."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from khue.accounts.models import Membership
from khue.core.clock import today
from khue.councils import affinity
from khue.councils.affinity import Fit
from khue.councils.assigning.problem import MEMBER, Changes, Expert, Plan, Problem
from khue.councils.assigning.problem import Council as Wanted
from khue.councils.assigning.problem import Seat as Placed
from khue.councils.assigning.solving import solve
from khue.councils.models import Council, Seat
from khue.councils.rules.composition import seats_of
from khue.councils.rules.conflicts import STAFF, Found, against, ground_label
from khue.councils.rules.numbers import numbers
from khue.directory.models import Person, Post, valid_on

DOCTORS = ("TS", "GS")
"""Degrees that lead a council: they stand in titles such as `PGS.TS.`."""
OFFICES = ("chair", "vice-chair", "secretary")
SECONDS = 3.0
"""How long a page waits for the best proposal; a good one is there long before."""


@dataclass(slots=True)
class Candidate:
    """Somebody who could be asked."""

    person: Person
    fit: Fit
    load: int
    """Councils in which the person sits now."""
    post: Post | None = None
    outside: bool = True
    against: list[Found] = field(default_factory=list)
    """What bars the person; empty is not a clean bill: see `conflicts.not_known`."""
    closed: tuple[str, ...] = ()
    """Roles that the person may not have here."""

    @property
    def bars(self) -> list[str]:
        """What bars the person, in sentences."""
        return [f"{ground_label(one.ground)}: {one.text}" for one in self.against]

    @property
    def roles(self) -> frozenset[str]:
        """The named roles that are theirs to take."""
        leads = any(degree in self.person.title for degree in DOCTORS)
        able = {"secretary", "reviewer", *(("chair", "vice-chair") if leads else ())}
        return frozenset(able - set(self.closed))


def pool(council: Council, people: Collection[int] | None = None) -> list[Candidate]:
    """Who declared expertise or acts as expert, and whoever sits already; best fit first. With `people`, only these.
    A constant number of queries."""
    experts = Membership.objects.filter(valid_on(today()), role="expert").values("user__person")
    everybody = Person.objects.filter(
        Q(expertise__isnull=False) | Q(pk__in=experts) | Q(pk__in=council.seats.values("person"))
    )
    chosen = (Person.objects.filter(pk__in=people) if people is not None else everybody).distinct()
    found = {person.pk: person for person in chosen}
    fits, loads = affinity.fits(council, list(found)), _loads(council, found)
    posts = {
        post.person_id: post for post in Post.objects.filter(valid_on(today()), person__in=found).select_related("unit")
    }
    barred = against(council, list(found))
    candidates = [
        _candidate(council, person, fits.get(pk, Fit()), loads[pk], posts.get(pk), barred.get(pk, {}))
        for pk, person in found.items()
    ]
    return sorted(candidates, key=lambda one: (bool(one.against), -one.fit.score, one.load, one.person.sort_name))


def _loads(council: Council, people: Collection[int]) -> Counter[int]:
    live = (Council.State.CONCLUDED, Council.State.DISSOLVED)
    rows = Seat.objects.filter(person__in=people, state__in=("proposed", "invited", "accepted"))
    return Counter(rows.exclude(council=council).exclude(council__state__in=live).values_list("person", flat=True))


def _candidate(
    council: Council, person: Person, fit: Fit, load: int, post: Post | None, by_subject: dict[Any, list[Found]]
) -> Candidate:
    rules = numbers(council)
    found = [one for rows in by_subject.values() for one in rows]
    bars = [one for one in found if one.ground in rules.names("bars")]
    whole = council.competing or len(by_subject) >= council.subjects.count()
    closed = rules.roles("office-bars") if any(one.ground == STAFF for one in found) else ()
    outside = not (post and f"/{council.host_id}/" in post.unit.path)
    return Candidate(person, fit, load, post, outside, bars if whole else [], closed)


def problem_of(council: Council, candidates: Sequence[Candidate]) -> tuple[Problem, Changes]:
    """The council and its candidates as the solver reads them; who sits already is settled."""
    rules = numbers(council)
    assert council.case is not None  # noqa: S101 - formed councils have one
    house = council.case.definition
    seats = seats_of(council)
    least = {"chair": 1, "vice-chair": 1, "secretary": 1, "reviewer": rules.number("reviewers")}
    roles = {role: max(count, sum(seat.role == role for seat in seats)) for role, count in least.items()}
    plain = sum(seat.role not in roles for seat in seats)
    size = max(rules.number("members-least", 1), sum(roles.values()) + plain)
    declined = set(council.seats.filter(state__in=("declined", "removed")).values_list("person", flat=True))
    seated = {seat.person_id for seat in seats}
    key = str(council.pk)
    sitting = [one for one in candidates if one.person.pk in seated]
    room = size - sum(not one.outside for one in sitting)
    wanted = Wanted(key, size, roles, min(rules.number("outside-least"), room), (), council.title)
    experts = tuple(
        Expert(
            str(one.person.pk), max(0, house.number("load-most") - one.load, int(one.person.pk in seated)),
            one.roles | frozenset(seat.role for seat in seats if seat.person_id == one.person.pk),
            str(one.post.unit_id) if one.post else None, one.outside, str(one.person),
            one.post.unit.name if one.post else "",
        )
        for one in candidates
    )  # fmt: skip
    conflicts = {
        (key, str(one.person.pk)): one.against[0].text if one.against else "đã từ chối hoặc thôi tham gia"
        for one in candidates
        if (one.against or one.person.pk in declined) and one.person.pk not in seated
    }
    fit = {(key, str(one.person.pk)): one.fit.score for one in candidates if one.fit.score}
    # Quotas that those who sit already exceed bind nobody who comes: their seats are settled.
    alike = Counter(one.post.unit_id for one in sitting if one.post).most_common(1)
    same = max([house.number("same-unit-most"), *(count for _unit, count in alike)])
    problem = Problem((wanted,), experts, fit, conflicts, same)
    return problem, Changes(tuple(Placed(key, str(seat.person_id), seat.role) for seat in seats))


def proposal(
    council: Council,
    candidates: Sequence[Candidate],
    *,
    put: Sequence[tuple[int, str]] = (),
    without: Sequence[int] = (),
) -> tuple[Plan, Plan]:
    """The best plan, and the best one with what the officer decides by hand: `put` people in roles, leave others out.
    Raises assigning.problem.Refused where that breaks a rule."""
    problem, settled = problem_of(council, candidates)
    best = solve(problem, settled, seconds=SECONDS)
    if not put and not without:
        return best, best
    key = str(council.pk)
    forced = {placed.expert: placed for placed in settled.forced} | {
        str(pk): Placed(key, str(pk), role) for pk, role in put
    }
    changes = Changes(tuple(forced.values()), tuple((key, str(pk)) for pk in without))
    return best, solve(problem, changes, seconds=SECONDS, start=best)


def next_best(council: Council, role: str, *, limit: int = 5) -> list[Candidate]:
    """Who could take a seat in `role` now: best fit first, without conflicts, not too busy, not asked before."""
    assert council.case is not None  # noqa: S101 - formed councils have one
    house = council.case.definition
    asked = set(council.seats.values_list("person", flat=True))
    units = Counter(seat.unit_id for seat in seats_of(council) if seat.unit_id)
    return [
        one for one in pool(council)
        if one.person.pk not in asked and not one.against and one.load < house.number("load-most")
        and (role == MEMBER or role in one.roles)
        and not (one.post and units[one.post.unit_id] >= house.number("same-unit-most"))
    ][:limit]  # fmt: skip
