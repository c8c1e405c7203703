"""Who sees a need, who may write, send and handle it."""

from collections.abc import Hashable, Iterable, Iterator, Set
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet, Value
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import parts_where, reaches_all, units_where
from khue.core.arrays import array
from khue.core.described import told
from khue.core.refusals import Refusal
from khue.councils.rules import barred_dossiers, barred_numbers, judged_dossiers, numbers_of
from khue.matching.sources import AllBut, ByKeys
from khue.needs.models import Answer, Need, Proposal
from khue.needs.rules.scope import SEE, WRITE

if TYPE_CHECKING:
    Needs = QuerySet[Need, Need]

SHORTEST_PROBLEM = 20


def visible_to(user: User) -> "Needs":
    """The needs that `user` may see, as one query.

    One's own; what one's units sent or were passed, and what that was merged into; for the department, leaders and
    auditors all that was sent, except what a conflict of interest keeps from them. Drafts are their author's alone.
    """
    if not reaches_all(user, SEE):
        return Need.objects.filter(_near(user))
    if user.person_id is None:  # conflicts and councils are of people
        return Need.objects.filter(Q(author=user) | ~Q(state=Need.State.DRAFT))
    barred = Q(pk__in=of_dossiers(barred_dossiers(user)))
    return Need.objects.filter(_near(user) | ~Q(state=Need.State.DRAFT) & ~barred)


def _near(user: User) -> Q:
    """Needs that somebody sees by being the author, of the unit, of the authority it was passed to or of a council,
    conflict or not."""
    asked = Q(author=user)
    if units := units_where(user, SEE):
        asked |= Q(unit__in=units) & ~Q(state=Need.State.DRAFT)
        passed = Answer.objects.filter(passed_to__in=units).order_by().values("need")
        asked |= Q(pk__of_array=ArraySubquery(passed))
    merged = Need.objects.filter(asked, state=Need.State.MERGED).order_by().values("merged_into")
    near = asked | Q(pk__of_array=ArraySubquery(merged))
    return near | _judged(user) if user.person_id is not None else near


def _judged(user: User) -> Q:
    """What the person may read as a member of a council."""
    return Q(pk__of_array=_numbers(judged_dossiers(user)))


def found_by(user: User) -> "Needs | AllBut | ByKeys | None":
    """What search, which knows no drafts, shows the person: for those who see all but what they are barred from only
    that is told, for units what opens theirs, so that no list of all needs is made."""
    if not reaches_all(user, SEE):
        judged = Need.objects.filter(_judged(user)) if user.person_id is not None else None
        return ByKeys(frozenset(_keys(user)), visible_to(user), also=judged)
    kept = kept_from(user)
    return AllBut(kept) if kept else None


def kept_from(user: User) -> set[int]:
    """Numbers of the needs of which a conflict lets the person see nothing, if they were open to everybody else."""
    barred = barred_numbers(user)
    proposed = Proposal.needs.through._default_manager.filter(proposal__in=barred.get("proposal", ()))
    needs = {*barred.get("need", ()), *(proposed.values_list("need", flat=True) if "proposal" in barred else ())}
    return needs - _near_among(needs, user) if needs else needs


def _near_among(needs: Set[int], user: User) -> set[int]:
    """Those of the needs that the person sees all the same."""
    blank = "<needs>"
    rows = told(
        ("near", *who_sees(user)),
        lambda: Need.objects.filter(_near(user), pk__of_array=Value(blank)).order_by().values_list("pk"),
        given={blank: array(needs).value},
    )
    return {pk for (pk,) in rows}


def who_sees(user: User) -> tuple[Hashable, ...]:
    """All of a person that `visible_to` depends on, beside what the database is asked."""
    return user.pk, user.person_id, reaches_all(user, SEE), frozenset(units_where(user, SEE))


def _keys(user: User) -> Iterator[str]:
    yield f"user:{user.pk}"
    yield from (f"unit:{unit}" for unit in units_where(user, SEE))


def keys_of(need: Need, merged: Iterable[Need], passed: Iterable[Answer]) -> tuple[str, ...]:
    """What opens a need for those who do not see all: its author and unit, those of what was merged into it, and the
    authorities it was passed to."""
    own = ((f"user:{one.author_id}", f"unit:{one.unit_id}") for one in (need, *merged))
    keys = {key for keys in own for key in keys if not key.endswith(":None")}
    return tuple(keys | {f"unit:{answer.passed_to_id}" for answer in passed})


def of_dossiers(dossiers: "QuerySet[Proposal]") -> "QuerySet[Any]":
    """Numbers of the needs that are among `dossiers`, or that a proposal among them grew out of: as one list, along
    which needs are looked up; two would be held against every need there is."""
    proposed = Proposal.needs.through._default_manager.filter(proposal__in=numbers_of(dossiers, "proposal"))
    return numbers_of(dossiers, "need").union(proposed.values("need"), all=True)


def _numbers(dossiers: "QuerySet[Proposal]") -> ArraySubquery:
    """The same where they are looked for beside other needs: made once, looked up along the index."""
    return ArraySubquery(of_dossiers(dossiers))


def may_write(user: User) -> Refusal | None:
    """Everybody with a desk whose role writes needs."""
    if parts_where(user, WRITE):
        return None
    return Refusal("need.may-not-write", _("Your role reads here; officers and heads of units write needs."))


def may_edit(user: User, need: Need) -> Refusal | None:
    """A draft belongs to whoever began it."""
    if need.state != Need.State.DRAFT:
        sentence = _("%(code)s was sent already. Answer a question on it, or withdraw it, on its page.")
        return Refusal("need.sent", sentence % {"code": need.code})
    if need.author_id == user.pk:
        return None
    return Refusal("need.not-yours", _("This draft belongs to somebody else."))


def missing(problem: str, affected: str, *, places: int, elsewhere: bool = False) -> dict[str, str]:
    """What has to be filled in before sending: field -> what to do.

    `elsewhere`: the directory has no communes to choose from.
    """
    found = {}
    if len(problem.strip()) < SHORTEST_PROBLEM:
        found["problem"] = _("Tell in a sentence or two what the problem is.")
    if not places and not elsewhere:
        found["places"] = _("Choose at least one commune, in the list or on the map.")
    if not affected.strip():
        found["affected"] = _("Say whom it hurts, and about how many.")
    return found


def may_leave(need: Need) -> Refusal | None:
    """A need in which others are handled is not taken back: their authors would never be answered."""
    others = [one.code for one in need.merged.order_by("pk")]
    if not others:
        return None
    sentence = _(
        "%(others)s are handled together with this need, so it is not withdrawn. Ask the department to answer it: "
        "the answer goes to everybody."
    )
    return Refusal("need.carries-others", sentence % {"others": ", ".join(others)})


def may_merge(need: Need, into: Need) -> Refusal | None:
    """Into another need that was sent and is not merged itself; never in a ring."""
    if into.pk == need.pk:
        return Refusal("need.merge-itself", _("A need cannot be merged into itself. Choose another one."))
    if into.state in {Need.State.DRAFT, Need.State.MERGED, Need.State.WITHDRAWN}:
        sentence = _("«%(title)s» cannot take it up: it is at «%(state)s». Choose one that is still being handled.")
        return Refusal("need.merge-closed", sentence % {"title": into.title, "state": into.get_state_display()})
    return None
