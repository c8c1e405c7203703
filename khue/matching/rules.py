"""What a person may find: the sources' own rules, as one condition for the database and one for the index."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import for_department
from khue.core.refusals import Refusal
from khue.matching.merging import merger_of
from khue.matching.models import Entry, Feedback, Likeness
from khue.matching.projection.asking import Scope
from khue.matching.sources import Source, every, of

JUDGE = "match:judge"


def visible_to(user: User, kinds: Collection[str] | None = None) -> QuerySet[Entry]:
    """The entries that the person may see, of all kinds or of those named: one query."""
    allowed = Q(pk__in=[])
    for source in _wanted(kinds):
        allowed |= _of_kind(source, source.visible(user))
    return Entry.objects.filter(allowed, gone=False)


def scope(user: User, kinds: Collection[str] | None = None, without: Collection[tuple[str, int]] = ()) -> Scope:
    """The same as a condition of the index: kinds seen as a whole by name, of the others each entry.

    It is asked of the database every time, so that what is no longer to be seen is neither found nor counted.
    """
    whole: list[str] = []
    some = Q(pk__in=[])
    for source in _wanted(kinds):
        visible = source.visible(user)
        if visible is None:
            whole.append(source.kind)
        else:
            some |= _of_kind(source, visible)
    seen = Entry.objects.filter(some, gone=False).order_by()
    numbers: list[int] = []
    if restricted := [source.kind for source in _wanted(kinds) if source.kind not in whole]:
        there = dict(Entry.objects.filter(kind__in=restricted, gone=False).values_list("kind").annotate(Count("pk")))
        shown = dict(seen.values_list("kind").annotate(Count("pk")))
        whole += [kind for kind in restricted if shown.get(kind) == there.get(kind) and kind in there]
        parts = [kind for kind in restricted if kind not in whole and shown.get(kind)]
        numbers = list(seen.filter(kind__in=parts).values_list("pk", flat=True)) if parts else []
    left_out = list(Entry.objects.filter(named(without)).values_list("pk", flat=True)) if without else []
    return Scope(whole_kinds=whole, entries=numbers, without=left_out)


def named(records: Iterable[tuple[str, int]]) -> Q:
    """The entries of these records, as a condition."""
    found = Q(pk__in=[])
    for kind, pk in records:
        found |= Q(kind=kind, record=pk)
    return found


def _wanted(kinds: Collection[str] | None) -> list[Source]:
    return [source for source in every() if kinds is None or source.kind in kinds]


def _of_kind(source: Source, visible: QuerySet[Any] | None) -> Q:
    if visible is None:
        return Q(kind=source.kind)
    return Q(kind=source.kind, record__in=visible.order_by().values("pk"))


def sees(user: User, kind: str, pk: int) -> bool:
    """Whether the person may see this very record. Raises KeyError where no app registered `kind`."""
    visible = of(kind).visible(user)
    return visible is None or visible.filter(pk=pk).exists()


def may_judge(by: User, one: tuple[str, int], other: tuple[str, int]) -> Refusal | None:
    """Whether `by` may say that two records are the same or not: somebody of the department who sees both."""
    if one == other:
        return Refusal("match.itself", _("A record is not compared with itself. Choose another one."))
    if not for_department(by, JUDGE):
        return Refusal(
            "match.not-yours", _("Officers and heads of the department say whether two records are the same.")
        )
    if not (sees(by, *one) and sees(by, *other)):
        sentence = _("One of the two records is not there, or is not for you to see. Reload the page.")
        return Refusal("match.not-seen", sentence)
    return None


def may_take_back(by: User, one: tuple[str, int], other: tuple[str, int]) -> Refusal | None:
    """Whether `by` said something of the pair that can be taken back: records that were merged stay merged."""
    (kind_a, pk_a), (kind_b, pk_b) = sorted((one, other))
    if not Feedback.objects.filter(kind_a=kind_a, pk_a=pk_a, kind_b=kind_b, pk_b=pk_b, by=by).exists():
        sentence = _("You have said nothing of this pair. Reload the page.")
        return Refusal("match.nothing-said", sentence)
    merger = merger_of(one, other)
    if merger is not None and merger.is_merged(one[1], other[1]):
        return Refusal("match.merged", _("The two records were merged into one; that stays. Look at either of them."))
    return None


def may_sweep(by: User) -> Refusal | None:
    """Whether `by` may have all records compared with each other: somebody of the department."""
    if for_department(by, JUDGE):
        return None
    sentence = _("Officers and heads of the department have all records compared. Ask one of them.")
    return Refusal("match.not-yours", sentence)


def likenesses_visible_to(user: User) -> QuerySet[Likeness]:
    """Pairs that a sweep found, for people of the department who may see both records: one query."""
    if not for_department(user, JUDGE):
        return Likeness.objects.none()
    seen = visible_to(user).order_by().values("pk")
    return Likeness.objects.filter(one__in=seen, other__in=seen).select_related("one", "other", "verdict__by")


def of_pair(one: tuple[str, int], other: tuple[str, int]) -> Q:
    """The likeness of these two records, in whichever order it has them, as a condition."""
    return _in_order(one, other) | _in_order(other, one)


def _in_order(one: tuple[str, int], other: tuple[str, int]) -> Q:
    return Q(one__kind=one[0], one__record=one[1], other__kind=other[0], other__record=other[1])
