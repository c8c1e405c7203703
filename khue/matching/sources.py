"""What can be searched and compared: each app above tells of its kinds of record."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from khue.accounts.models import User
from khue.core.search import Text


@dataclass(frozen=True, slots=True)
class Record:
    """One record as matching sees it. `detail` is the line that tells it from its neighbours; `sign` its number."""

    pk: int
    title: str
    url: str
    summary: str = ""
    host: str = ""
    place: str = ""
    year: int | None = None
    field: str = ""
    detail: str = ""
    sign: str = ""
    keys: tuple[str, ...] = ()
    """What opens it, such as `unit:5`, where its source shows records `ByKeys`."""


@dataclass(frozen=True, slots=True)
class AllBut:
    """All records of a kind but those of `hidden`, numbers or one query: for those from whom little is kept of very
    much."""

    hidden: "QuerySet[Any, Any] | Collection[int]"


@dataclass(frozen=True, slots=True)
class ByKeys:
    """The records of a kind that one of `keys` opens, so that thousands need not be listed for each search, and a few
    more that are listed, `also`; `rows` are all of them as the database has them, which has the last word. The app must
    tell `actions.changed` in the transaction in which the keys of a record change."""

    keys: frozenset[str]
    rows: "QuerySet[Any, Any]"
    also: "QuerySet[Any, Any] | None" = None


Visible = QuerySet[Any, Any] | AllBut | ByKeys | None
"""What a person may see of a kind: these rows, all but some, what some keys open, or everything."""


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of record.

    `records(None)` yields every record, `records(pks)` those of them that are there and to be found.
    `visible(user)` is what of them the person may see, asked of the database in one query.
    """

    kind: str
    label: Text
    records: Callable[[Collection[int] | None], Iterable[Record]]
    visible: Callable[[User], Visible]
    icon: str = "file-text"
    order: int = 50
    alike: bool = True
    """Whether its records are held against others that say the same; not so those that are only looked up."""
    follows: str = ""
    """The kind of dossier whose acts change its records, with the same numbers: search then hears of them by the
    journal. Empty where the app's actions tell `actions.changed` themselves."""
    grew_out_of: "Callable[[Collection[int]], Iterable[tuple[int, tuple[str, int]]]] | None" = None
    """Of records of these numbers, the records that each grew out of, as (number, (kind, number)): one query."""


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add a kind of record; called in `AppConfig.ready`."""
    if source.kind in _sources:
        raise ValueError(f"Matching source {source.kind} is registered twice.")
    _sources[source.kind] = source


def of(kind: str) -> Source:
    """The source of a kind. Raises KeyError where no app registered it."""
    return _sources[kind]


def comparable() -> list[str]:
    """The kinds whose records are held against others."""
    return [source.kind for source in every() if source.alike]


def every() -> list[Source]:
    """All kinds, in order."""
    return sorted(_sources.values(), key=lambda source: (source.order, source.kind))
