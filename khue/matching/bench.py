"""The bench of pairs: which a person has chosen to look at, and how two records are told side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.accounts.scope import for_department
from khue.core.asked import whole
from khue.matching.beside import LABELS, Signals, compared, signals_of
from khue.matching.marking import shared_marks, sides
from khue.matching.models import Entry, Likeness
from khue.matching.ranking.reading import understand
from khue.matching.ranking.why import same_and_other
from khue.matching.ranking.words import read
from khue.matching.rules import JUDGE, likenesses_visible_to, named, visible_to
from khue.matching.sources import Source, every

FILTERS = ("state", "band", "kind")
Key = tuple[str, int]


def chosen(user: User, asked: Mapping[str, str]) -> QuerySet[Likeness]:
    """Pairs that the person may see, as the filters `state` (open where none is named, or `all`), `band`, `kind` (of
    one of the two) and the words `q` have it; the nearest first."""
    rows = likenesses_visible_to(user)
    state = asked.get("state") or Likeness.State.OPEN
    if state in Likeness.State.values:
        rows = rows.filter(state=state)
    if asked.get("band") in Likeness.BandChoice.values:
        rows = rows.filter(band=asked["band"])
    if kind := asked.get("kind"):
        rows = rows.filter(Q(one__kind=kind) | Q(other__kind=kind))
    for word in dict.fromkeys(read(asked.get("q", "")).bare):
        rows = rows.filter(Q(one__words__contains=[word]) | Q(other__words__contains=[word]))
    return rows


def told_filters(asked: Mapping[str, str]) -> dict[str, str]:
    """The same filters in words, for the head of a sheet."""
    states, bands = dict(Likeness.State.choices), dict(Likeness.BandChoice.choices)
    kinds = {source.kind: str(source.label) for source in every()}
    state = asked.get("state") or Likeness.State.OPEN
    found = {
        _("State"): states.get(state, ""), _("How near"): bands.get(asked.get("band", ""), ""),
        _("Kind"): kinds.get(asked.get("kind", ""), ""), _("Words"): asked.get("q", "").strip(),
    }  # fmt: skip
    return {str(label): str(value) for label, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two records: `marked` is its name with what it shares with the other marked."""

    entry: Entry
    source: Source | None
    marked: SafeString

    @property
    def key(self) -> str:
        """`need:5`, as addresses name it."""
        return f"{self.entry.kind}:{self.entry.record}"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records side by side, each row one signal of both."""

    one: Side
    other: Side
    why: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)


def pair_of(one: Entry, other: Entry) -> tuple[Side, Side]:
    """Both, with their names marked."""
    known = {source.kind: source for source in every()}
    mine, theirs = sides(one.title, other.title)
    return Side(one, known.get(one.kind), mine), Side(other, known.get(other.kind), theirs)


def beside(user: User, one: Entry, other: Entry) -> Pair:
    """Two records that the person may see, in full. What only their owners tell, such as money and people, is for those
    of the department who judge; others compare what search shows."""
    mine, theirs = pair_of(one, other)
    told = for_department(user, JUDGE)
    rows = compared(_signals(one, told), _signals(other, told))
    why = same_and_other(understand(one.title), understand(other.title))
    return Pair(mine, theirs, why, [_row(row) for row in rows if row["ours"] or row["theirs"]])


def entries_of(user: User, *keys: Key) -> list[Entry]:
    """The entries of these records in this order; one that is not there, or not for the person to see, is left out."""
    found = {(entry.kind, entry.record): entry for entry in visible_to(user).filter(named(keys))}
    return [found[key] for key in keys if key in found]


def key_of(text: str) -> Key | None:
    """`need:5` as (kind, number); None where it is none, or no kind of that name is known."""
    kind, _colon, pk = text.partition(":")
    known, record = any(source.kind == kind for source in every()), whole(pk)
    return (kind, record) if known and record is not None else None


def _signals(entry: Entry, told: bool) -> Signals:
    found = signals_of(entry.kind, [entry.record]).get(entry.record) if told else None
    year = str(entry.year or "")
    return found or Signals(name=entry.title, content=entry.summary, place=entry.place, host=entry.host, period=year)


def _row(row: dict[str, Any]) -> dict[str, str | Promise | bool | None]:
    shared = row["shared"]
    marked = {side: shared_marks(row[side], shared) for side in ("ours", "theirs")}
    return {"label": LABELS[row["name"]], "alike": row["alike"], **marked}
