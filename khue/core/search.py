"""One search over everything: each app registers a source, which answers only with what the asker may see."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.utils.formats import number_format
from django.utils.functional import Promise

from khue.core.described import described, filled, in_words
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
    that all sources are asked for them at once, and only those that have some are searched. `wordwise` where it asks
    nothing of the words but that they stand in a text, so that blanks may stand for them.
    """

    name: str
    label: Text
    search: Callable[[AbstractBaseUser, str, int], list[Hit]]
    order: int = 50
    among: "Callable[[str], QuerySet[Any, Any]] | None" = None
    wordwise: bool = False


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


def blanks(query: str) -> str:
    """What stands for the words of a query while a question is put in words, whichever they are."""
    return " ".join(f"<{number}>" for number, _word in enumerate(query.split()))


def given(query: str) -> dict[str, str]:
    """The words of a query as they are looked for in texts, by what stands for them."""
    like = connection.ops.prep_for_like_query
    return {f"%<{number}>%": f"%{like(word)}%" for number, word in enumerate(query.split())}


def _with_some(query: str) -> list[SearchSource]:
    """The sources that may find something: one query for all that tell of their rows."""
    telling = [source for source in sources() if source.among]
    wordwise, others = ([one for one in telling if one.wordwise is kind] for kind in (True, False))
    words = blanks(query)
    asked, values = described(("with some", words, *(one.name for one in wordwise)), lambda: _some(wordwise, words))
    more, further = in_words(_some(others, query))
    there: set[str] = set()
    if statement := " UNION ALL ".join(part for part in (asked, more) if part):
        with connection.cursor() as cursor:
            cursor.execute(statement, (*filled(values, given(query)), *further))
            there = {name for (name,) in cursor.fetchall()}
    return [source for source in sources() if source.name in there or source.among is None]


def _some(telling: Sequence[SearchSource], query: str) -> "QuerySet[Any, Any] | None":
    """The name of each source that has rows; None where no source tells."""
    asked = [(source.name, source.among(query)) for source in telling if source.among]
    some = [rows.order_by().annotate(of=Value(name)).values_list("of")[:1] for name, rows in asked]
    return some[0].union(*some[1:], all=True) if some else None


def find(user: AbstractBaseUser, text: str, limit: int = PER_SOURCE) -> list[Found]:
    """Ask every source for `text`, without regard to accents, case or Unicode form; empty answers are left out."""
    words = (_AROUND.sub("", word) for word in fold(text.replace("\0", " ")).split())
    query = " ".join(word for word in words if word)
    if len(query) < SHORTEST:
        return []
    asked = _with_some(query)
    answers = ((source, source.search(user, query, limit + 1)) for source in asked)
    return [Found(source, hits[:limit], len(hits) > limit) for source, hits in answers if hits]
