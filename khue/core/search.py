"""One search over everything: each app registers a source, which answers only with what the asker may see."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet, Value
from django.utils.formats import number_format
from django.utils.functional import Promise

from khue.language.text import fold

Text = str | Promise
PER_SOURCE = 50
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found: what it is called, one line that tells it from its neighbours, and where it opens."""

    title: str
    detail: str
    url: str
    icon: str = "file-text"


@dataclass(frozen=True, slots=True)
class SearchSource:
    """A kind of record. `search(user, folded_query, limit)` costs one query and keeps to what `user` may see.

    `among(folded_query)` are the rows of which some must be there for it to find anything, whoever asks: plain ones, so
    that all sources are asked for them at once, and only those that have some are searched.
    """

    name: str
    label: Text
    search: Callable[[AbstractBaseUser, str, int], list[Hit]]
    order: int = 50
    among: "Callable[[str], QuerySet[Any, Any]] | None" = None


@dataclass(frozen=True, slots=True)
class Found:
    """What one source answered. `more` means that there is more, `total` in all where that is known."""

    source: SearchSource
    hits: list[Hit]
    more: bool
    total: int = 0

    @property
    def count(self) -> str:
        """How many, for people: `50+` where the source stopped counting."""
        if self.total > len(self.hits):
            return number_format(self.total, force_grouping=True)
        return f"{len(self.hits)}+" if self.more else str(len(self.hits))


_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
"""What stands round a word: quotation marks, brackets, a full stop, a picture."""
_sources: dict[str, SearchSource] = {}


def register(source: SearchSource) -> None:
    """Add a kind of record; called in `AppConfig.ready`."""
    if source.name in _sources:
        raise ValueError(f"Search source {source.name} is registered twice.")
    _sources[source.name] = source


def sources() -> list[SearchSource]:
    """Every kind, in order."""
    return sorted(_sources.values(), key=lambda source: (source.order, source.name))


def every_word(query: str, text: str = "folded") -> Q:
    """Rows whose folded text holds every word of a folded query; empty when there is none."""
    every = Q()
    for word in query.split():
        every &= Q(**{f"{text}__contains": word})
    return every


def _with_some(query: str) -> list[SearchSource]:
    """The sources that may find something: one query for all that tell of their rows."""
    told = {source.name: source.among(query) for source in sources() if source.among}
    some = [rows.order_by().annotate(of=Value(name)).values_list("of")[:1] for name, rows in told.items()]
    there = {name for (name,) in some[0].union(*some[1:], all=True)} if some else set()
    return [source for source in sources() if source.name in there or source.name not in told]


def find(user: AbstractBaseUser, text: str, limit: int = PER_SOURCE) -> list[Found]:
    """Ask every source for `text`, without regard to accents, case or Unicode form; empty answers are left out."""
    words = (_AROUND.sub("", word) for word in fold(text.replace("\0", " ")).split())
    query = " ".join(word for word in words if word)
    if len(query) < SHORTEST:
        return []
    asked = _with_some(query)
    answers = ((source, source.search(user, query, limit + 1)) for source in asked)
    return [Found(source, hits[:limit], len(hits) > limit) for source, hits in answers if hits]
