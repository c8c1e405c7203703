"""What a person may find: the sources' own rules, as one condition for the database and one for the index."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Func, Q, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import for_department
from khue.core.arrays import array
from khue.core.described import in_words
from khue.core.moments import moment
from khue.core.refusals import Refusal
from khue.matching.merging import merger_of
from khue.matching.models import Entry, Feedback, Likeness, Shown
from khue.matching.projection.asking import Scope
from khue.matching.sources import AllBut, ByKeys, Source, Visible, every, of

JUDGE = "match:judge"
Rows = QuerySet[Any, Any] | Collection[int]


def visible_to(user: User, kinds: Collection[str] | None = None) -> QuerySet[Entry]:
    """The entries that the person may see, of all kinds or of those named: one query."""
    allowed = Q(pk__in=[])
    for source in _wanted(kinds):
        allowed |= _of_kind(source, source.visible(user))
    return Entry.objects.filter(allowed, gone=False)


def scope(user: User, kinds: Collection[str] | None = None) -> Scope:
    """The same as a condition of the index: kinds seen as a whole by name, of the others each record; where little of a
    kind is kept from the person, that little is left out.

    It is asked of the database every time, so that what is no longer to be seen is neither found nor counted.
    """
    whole, shown, hidden = list[str](), dict[str, Rows](), dict[str, Rows]()
    with moment():
        told = [(source, source.visible(user)) for source in _wanted(kinds)]
    keyed = {source.kind: visible for source, visible in told if isinstance(visible, ByKeys)}
    untold = _not_told(keyed)
    for source, visible in told:
        if isinstance(visible, ByKeys):
            listed = visible.rows if source.kind in untold else visible.also
            shown |= {} if listed is None else {source.kind: listed}
        elif isinstance(visible, QuerySet):
            shown[source.kind] = visible
        else:
            whole.append(source.kind)
            hidden |= {} if visible is None else {source.kind: visible.hidden}
    keys = {kind: visible.keys for kind, visible in keyed.items() if kind not in untold}
    return Scope(whole_kinds=whole, records=_numbers(shown), keys=keys, without=_numbers(hidden))


def _numbers(of_kinds: Mapping[str, Rows]) -> dict[str, Collection[int]]:
    """The numbers of these records by kind: one query for all that are not numbers already, an array for each kind."""
    numbers = {kind: rows for kind, rows in of_kinds.items() if not isinstance(rows, QuerySet)}
    asked = {
        kind: in_words(rows.order_by().values("pk")) for kind, rows in of_kinds.items() if isinstance(rows, QuerySet)
    }
    parts = {kind: (f"SELECT %s, ARRAY({said})", values) for kind, (said, values) in asked.items() if said}
    if parts:
        with connection.cursor() as cursor:
            values = [value for kind, (_said, values) in parts.items() for value in (kind, *values)]
            cursor.execute(" UNION ALL ".join(said for said, _values in parts.values()), values)
            numbers |= cursor.fetchall()
    return {kind: some for kind, some in numbers.items() if some}


def _not_told(kinds: Collection[str]) -> set[str]:
    """Those of the kinds of which search was not yet told all keys: their records are listed meanwhile."""
    return {kind for kind in kinds if Entry.objects.filter(kind=kind, keys=None, gone=False).exists()}


def opened(user: User, entries: Iterable[Shown], within: Scope) -> Iterator[Shown]:
    """The entries found `within`, but for those that a key opened in the index and that the database does not show the
    person: it has the last word. The others were named to the index by the database the very moment before."""
    known = list(entries)
    kinds = {entry.kind for entry in known if entry.kind in within.keys}
    shown = {
        source.kind: set(visible.rows.filter(pk__in=_of(source.kind, known)).values_list("pk", flat=True))
        for source in _wanted(kinds)
        if isinstance(visible := source.visible(user), ByKeys)
    }
    return (entry for entry in known if entry.record in shown.get(entry.kind, (entry.record,)))


def _of(kind: str, entries: Iterable[Shown]) -> list[int]:
    return [entry.record for entry in entries if entry.kind == kind]


def named(records: Iterable[tuple[str, int]]) -> Q:
    """The entries of these records, as a condition."""
    found = Q(pk__in=[])
    for kind, pk in records:
        found |= Q(kind=kind, record=pk)
    return found


def _wanted(kinds: Collection[str] | None) -> list[Source]:
    return [source for source in every() if kinds is None or source.kind in kinds]


def _of_kind(source: Source, visible: Visible) -> Q:
    if visible is None:
        return Q(kind=source.kind)
    if isinstance(visible, AllBut):
        return Q(kind=source.kind) & ~_rows(source, visible.hidden)
    return _rows(source, visible.rows if isinstance(visible, ByKeys) else visible)


def _rows(source: Source, rows: Rows) -> Q:
    """As a list of numbers, along which entries are looked up; a query in its place is held against all of the kind."""
    numbers = ArraySubquery(rows.order_by().values("pk")) if isinstance(rows, QuerySet) else _unforeseen(rows)
    return Q(kind=source.kind, record__of_array=numbers)


def _unforeseen(numbers: Collection[int]) -> Func:
    """Numbers of which the database does not know beforehand how many they are: for thousands it would start workers,
    which takes longer than finding them."""
    return Func(array(numbers), template="(SELECT %(expressions)s::bigint[])::bigint[]")


def sees(user: User, kind: str, pk: int) -> bool:
    """Whether the person may see this very record. Raises KeyError where no app registered `kind`."""
    visible = of(kind).visible(user)
    if isinstance(visible, AllBut):
        hidden = visible.hidden
        return not hidden.filter(pk=pk).exists() if isinstance(hidden, QuerySet) else pk not in hidden
    rows = visible.rows if isinstance(visible, ByKeys) else visible
    return rows is None or rows.filter(pk=pk).exists()


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
