"""What councils register with the apps below: who sees their files, what the journal says, what the shelf must have."""

from typing import cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from khue.accounts import veils
from khue.accounts.models import User
from khue.accounts.veils import Veil
from khue.core import navigation, search
from khue.core.navigation import Item
from khue.core.search import Hit, SearchSource
from khue.councils.models import Council, Subject
from khue.councils.rules.listing import chosen
from khue.councils.rules.veil import held, hidden
from khue.councils.rules.visibility import managed_by, visible_to
from khue.files import rules as files_rules
from khue.flow import demands
from khue.journal import sentences

ROLES = frozenset({"leader", "officer", "unit-head", "expert", "auditor"})
ALWAYS = ("members-least", "members-most", "present", "must-attend", "count", "bars")
"""What every kind of council needs of the version it works under, by the names of `rules.numbers`."""
OFFICES = ("offices", "reviewers")
ASKED = (
    ("mission-identify", "identify", (*OFFICES, "documents-before", "secret", "pass")),
    ("mission-select", "select", (*OFFICES, "documents-before", "secret", "outlier", "threshold", "zero")),
    ("mission-select", "budget", ("offices",)),
    ("mission-accept", "accept", ("reviewers", "documents-before", "secret", "excellent", "fail", "quantity", "late")),
)  # fmt: skip
COUNCIL_STEPS = ("forming", "appointed", "preparing", "meeting", "counted", "concluded", "dissolved")
SEAT_STEPS = ("invited", "declaring", "seated", "suspended", "reading", "voting", "voted", "finished", "left")


def register() -> None:
    """Called once, when the app starts."""
    demands.register("council", "provision:load-most", "provision:same-unit-most")
    demands.register("council", *(f"step:{step}" for step in COUNCIL_STEPS))
    demands.register("council-seat", *(f"step:{step}" for step in SEAT_STEPS))
    for process, kind, asked in ASKED:
        demands.register(process, *(f"provision:{kind}-{name}" for name in (*ALWAYS, *asked)))
    files_rules.register("council", visible_to, restricted=managed_by)
    veils.register(Veil(held, hidden))
    sentences.register(SENTENCES)
    navigation.register(
        Item(
            "councils",
            _("Councils"),
            "councils:councils",
            "users-group",
            ROLES,
            order=43,
            key="i",
            group=navigation.MISSIONS,
        )
    )
    search.register(SearchSource("councils", _("Councils"), find, 40, among, wordwise=True))


def among(query: str) -> QuerySet[Council]:
    """Councils of which every word stands in the title or in what they judge, whoever may see them."""
    found = Council.objects.all()
    for word in query.split():
        judged = Subject.objects.filter(folded__contains=word).values("council")
        found = found.filter(Q(folded__contains=word) | Q(pk__in=judged))
    return found


def find(user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:
    """Councils by their title or what they judge, without anything that the person is barred from."""
    rows = chosen(cast("User", user), {"q": query, "state": "all"})
    return [
        Hit(one.title, f"{one.host.name} · {one.get_state_display()}", one.get_absolute_url(), "users-group")
        for one in rows[:limit]
    ]


SENTENCES = {
    "council.formed": _("%(actor)s began to form the council «%(title)s»"),
    "council.appointed": _("%(actor)s recorded the decision %(sign)s of %(on)s"),
    "standing.set-up": _("%(actor)s set it up by %(sign)s for the term %(begins)s to %(ends)s, %(count)s members"),
    "standing.member-in": _("%(actor)s took %(person)s in: %(role)s"),
    "standing.member-out": _("%(actor)s took %(person)s out: %(reason)s"),
    "standing.sits": _("%(actor)s called it together: «%(title)s»"),
    "standing.ended": _("%(actor)s ended it before its term: %(reason)s"),
    "council.reviewers-named": _("The council named its reviewers, written down by %(actor)s: %(names)s"),
    "council.dissolved": _("%(actor)s dissolved the council: %(reason)s"),
    "council.seat-added": _("%(actor)s gave %(person)s a seat: %(role)s"),
    "council.seat-changed": _("%(actor)s made %(person)s %(role)s (before: %(before)s)"),
    "council.seat-removed": _("%(actor)s took %(person)s out of the council: %(reason)s"),
    "council.invited": _("%(actor)s invited %(person)s"),
    "council.accepted": _("%(person)s accepted the seat (entered by %(actor)s)"),
    "council.declined": _("%(person)s declined the seat: %(reason)s"),
    "council.expert-account": _("An account of role expert was made for a member of a council (%(unit)s)"),
    "council.interest-declared": _("%(person)s declared interests (conflicts told: %(count)s)"),
    "council.conflict-told": _("%(actor)s told of a conflict of interest of %(person)s"),
    "council.conflict-confirmed": _("%(actor)s confirmed the conflict of %(person)s: %(reason)s"),
    "council.conflict-dismissed": _("%(actor)s found no conflict of %(person)s: %(reason)s"),
    "council.scheduled": _("%(actor)s called the meeting for %(on)s, %(place)s"),
    "council.put-off": _("%(actor)s put the meeting to %(on)s, %(place)s"),
    "council.documents-sent": _("%(actor)s sent the documents to %(count)s members"),
    "council.authorised": _("%(actor)s recorded that %(person)s may chair in the chair's place (%(paper)s)"),
    "council.attendance": _("%(actor)s recorded who is there: %(count)s members"),
    "council.session-opened": _("%(actor)s opened the session with %(count)s members"),
    "council.adjourned": _("%(actor)s put the session off: %(reason)s"),
    "council.ballot-cast": _("%(person)s cast a ballot on subject %(number)s"),
    "council.ballot-changed": _("%(person)s changed the ballot on subject %(number)s"),
    "council.question": _("%(person)s asked a question on subject %(number)s"),
    "council.opinion": _("The written opinion of %(person)s on subject %(number)s was handed in"),
    "council.dissent": _("%(person)s put a dissenting opinion on record"),
    "council.counted": _("%(actor)s closed the ballots; %(count)s subjects were counted"),
    "council.vote-again": _("%(actor)s opened the ballots again: %(reason)s"),
    "council.tie-broken": _("The council put «%(title)s» first: %(reason)s"),
    "council.recommended": _("%(actor)s wrote the council's recommendation on «%(title)s»"),
    "council.decided": _("%(actor)s recorded the common conclusion on «%(title)s»: %(outcome)s"),
    "council.concluded": _("%(actor)s concluded the council"),
    "council.board-elected": _("%(actor)s recorded the counting board: %(names)s"),
    "council.minutes": _("%(actor)s wrote the minutes of the session"),
    "council.kin-declared": _("%(actor)s declared a relation"),
    "council.kin-withdrawn": _("%(actor)s took a declared relation back"),
    "council.sanction": _("%(actor)s recorded a sanction %(document)s"),
    "council.fee-set": _("%(actor)s set the fee of %(person)s: %(amount)s đồng"),
    "council.fee-paid": _("%(actor)s recorded that %(amount)s đồng were paid to %(person)s"),
}
