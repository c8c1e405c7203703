"""One search over everything: each app registers a source, which answers only with what the asker may see."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
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
    """A kind of record. `search(user, folded_query, limit)` costs one query and keeps to what `user` may see."""

    name: str
    label: Text
    search: Callable[[AbstractBaseUser, str, int], list[Hit]]
    order: int = 50


@dataclass(frozen=True, slots=True)
class Found:
    """What one source answered. `more` means that it stopped at its limit."""

    source: SearchSource
    hits: list[Hit]
    more: bool

    @property
    def count(self) -> str:
        """How many, for people: `50+` where the source stopped counting."""
        return f"{len(self.hits)}+" if self.more else str(len(self.hits))


_sources: dict[str, SearchSource] = {}


def register(source: SearchSource) -> None:
    """Add a kind of record; called in `AppConfig.ready`."""
    if source.name in _sources:
        raise ValueError(f"Search source {source.name} is registered twice.")
    _sources[source.name] = source


def sources() -> list[SearchSource]:
    """Every kind, in order."""
    return sorted(_sources.values(), key=lambda source: (source.order, source.name))


def find(user: AbstractBaseUser, text: str, limit: int = PER_SOURCE) -> list[Found]:
    """Ask every source for `text`, without regard to accents, case or Unicode form; empty answers are left out."""
    query = fold(text.replace("\0", " ")).strip()
    if len(query) < SHORTEST:
        return []
    answers = ((source, source.search(user, query, limit + 1)) for source in sources())
    return [Found(source, hits[:limit], len(hits) > limit) for source, hits in answers if hits]
