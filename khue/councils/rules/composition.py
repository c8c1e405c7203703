"""Whether a council has whom it must have, by the numbers of its version."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.core.by_number import NUMBER, ByNumber
from khue.core.refusals import Refusal
from khue.councils.models import Council, Reviewing, Seat
from khue.councils.rules.conflicts import before, earlier_councils, standing_on
from khue.councils.rules.numbers import Numbers, numbers
from khue.councils.rules.visibility import SEATED


def seats_of(council: Council) -> list[Seat]:
    """The seats that count: nobody who declined or was taken away."""
    seats = _SEATS.all(council.pk)
    for seat in seats:
        seat.council = council
    return seats


_SEATS = ByNumber(
    lambda: Seat.objects.filter(council=NUMBER, state__in=SEATED).select_related("person", "unit", "case")
)


def missing(council: Council) -> list[Refusal]:
    """What the council still lacks before it may be appointed, each with its sentence; empty when it is complete."""
    rules, seats = numbers(council), seats_of(council)
    return [
        *_sizes(rules, seats),
        *_offices(rules, seats),
        *(reviewers_missing(council, seats) if _has_reviewers(council) else []),
        *_outside(rules, seats),
        *_earlier(rules, council, seats),
        *_conflicts(council, seats),
    ]


def thinned(council: Council, seats: list[Seat] | None = None) -> Refusal | None:
    """Why a council that was decided on no longer has its least number of members, or of members from outside, when
    somebody was taken away: it neither sits nor counts nor concludes like that."""
    if council.state not in (Council.State.PREPARING, Council.State.MEETING, Council.State.COUNTED):
        return None
    rules, here = numbers(council), seats_of(council) if seats is None else seats
    lacks = [lack for lack in _sizes(rules, here) if lack.code == "council.too-few"]
    return next(iter([*lacks, *_outside(rules, here)]), None)


def _has_reviewers(council: Council) -> bool:
    """A standing council names its reviewers after it was appointed, before the documents go out."""
    return council.standing_id is None or council.state != Council.State.FORMING


def _sizes(rules: Numbers, seats: list[Seat]) -> list[Refusal]:
    least, most, have = rules.number("members-least", 1), rules.number("members-most"), len(seats)
    if have < least:
        sentence = ngettext(
            "%(less)s member is missing: %(have)s of at least %(least)s%(basis)s.",
            "%(less)s members are missing: %(have)s of at least %(least)s%(basis)s.",
            least - have,
        )
        told = {"less": least - have, "have": have, "least": least, "basis": rules.by("members-least")}
        return [Refusal("council.too-few", sentence % told)]
    if most and have > most:
        sentence = _("There are %(have)s members, at most %(most)s are allowed%(basis)s. Take %(more)s away.")
        told = {"have": have, "most": most, "more": have - most, "basis": rules.by("members-most")}
        return [Refusal("council.too-many", sentence % told)]
    return []


def _offices(rules: Numbers, seats: list[Seat]) -> list[Refusal]:
    roles = Counter(seat.role for seat in seats)
    wanted = [role for role in rules.offices if role != Seat.Role.REVIEWER]
    labels = dict(Seat.Role.choices)
    return [
        Refusal(
            f"council.no-{role}",
            _("There is no %(role)s yet%(basis)s.")
            % {"role": str(labels[role]).lower(), "basis": rules.by("offices") or rules.by("must-attend")},
        )
        for role in wanted
        if not roles[role]
    ]


def reviewers_missing(council: Council, seats: list[Seat]) -> list[Refusal]:
    """Each subject has its reviewers among `seats`."""
    least = numbers(council).number("reviewers")
    if not least:
        return []
    pairs = Reviewing.objects.filter(subject__council=council, seat__in=seats).values_list("subject", flat=True)
    counted = Counter(pairs)
    sentence = _("«%(title)s» has %(have)s of %(least)s reviewers.")
    return [
        Refusal("council.no-reviewers", sentence % {"title": one.title, "have": counted[one.pk], "least": least})
        for one in council.subjects.all()
        if counted[one.pk] < least
    ]


def _outside(rules: Numbers, seats: list[Seat]) -> list[Refusal]:
    least, have = rules.number("outside-least"), sum(seat.outside for seat in seats)
    if have >= least:
        return []
    sentence = _("%(have)s of at least %(least)s members come from outside the department%(basis)s.")
    told = {"have": have, "least": least, "basis": rules.by("outside-least")}
    return [Refusal("council.too-few-outside", sentence % told)]


def _earlier(rules: Numbers, council: Council, seats: list[Seat]) -> list[Refusal]:
    """So many sat in an earlier council on the same, where one is known here."""
    least = rules.number("earlier", int(rules.needs_representative))
    if not least or not before(council).exists():
        return []
    have = len(earlier_councils([seat.person_id for seat in seats], council))
    if have >= least:
        return []
    sentence = _("%(have)s of at least %(least)s members sat in an earlier council on this.")
    return [Refusal("council.no-earlier", sentence % {"have": have, "least": least})]


def _conflicts(council: Council, seats: list[Seat]) -> list[Refusal]:
    """Nobody may sit against whom something stands; where subjects do not compete, a member stands aside on one."""
    against = standing_on(council)
    subjects = council.subjects.count()
    sentence = _("%(person)s is in conflict or suspected of it: judge it or put somebody else in the seat.")
    return [
        Refusal("council.conflict", sentence % {"person": seat.person})
        for seat in seats
        if (rows := against.get(seat.person_id))
        and (council.competing or len({row.dossier for row in rows}) >= subjects)
    ]


def stands_aside(council: Council, person: int) -> bool:
    """Whether what stands against the person keeps them from the whole council, not only from one subject."""
    return person in standing_aside(council)


def standing_aside(council: Council) -> set[int]:
    """The people whom what stands against them keeps from the whole council."""
    against = standing_on(council)
    subjects = council.subjects.count() if against and not council.competing else 0
    return {person for person, rows in against.items() if len({row.dossier for row in rows}) >= subjects}
