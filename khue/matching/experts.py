"""Who knows about something: people and organisations, each with what shows it, out of records that the asker may see.

Declared expertise is looked through here; who stands behind a record of another kind is told by the apps above.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import today
from khue.directory.models import Expertise, Person, Post
from khue.matching.ranking.reading import BARE, BARE_PAIR, CONCEPT, terms, understand
from khue.matching.ranking.record import Band
from khue.matching.search import Match, similar
from khue.matching.sources import comparable

LOOKED_AT = 30
"""Records of what is known about it that are asked for the people behind them."""
LEAST_OF_BEST = 0.5
"""Of the best record's score: what fits less says nothing of who stands behind it."""
DECLARED, DONE = 0.6, 0.7
"""What a declared field, and a record of something done, count for at most."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for somebody: a sentence, and where it can be read."""

    why: str
    url: str = ""
    weight: float = 0.0


@dataclass(slots=True)
class Knower:
    """A person, or an organisation by its name, with the evidence; `score` is 0 to 1."""

    name: str
    url: str = ""
    detail: str = ""
    person: int | None = None
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def score(self) -> float:
        """What is known adds up, each further thing by less."""
        left = 1.0
        for one in self.evidence:
            left *= 1 - one.weight
        return 1 - left


Behind = Callable[[User, Sequence[Match]], Mapping[int, Sequence[tuple[Match, str]]]]
"""Given records that the asker may see, person -> the records they stand behind, each with a sentence."""
_behind: list[Behind] = []


def register(behind: Behind) -> None:
    """Add an app that knows who stands behind records; called at start-up."""
    if behind not in _behind:
        _behind.append(behind)


def about(user: User, text: str, *, leave_out: tuple[str, int] | None = None) -> list[Match]:
    """Records on the same thing that the person may see, the best first."""
    found = similar(user, text, purpose="need", kinds=comparable(), limit=LOOKED_AT, about=leave_out)
    return [match for match in found if match.band != Band.OTHER and match.score >= LEAST_OF_BEST * found[0].score]


def who_knows(user: User, text: str, known: Sequence[Match], limit: int = 10) -> list[Knower]:
    """People who know about `text`: those who declare it, and those behind the records in `known`. A constant number
    of queries."""
    told: dict[int, list[Evidence]] = defaultdict(list)
    for person, evidence in _declared(text):
        told[person].append(evidence)
    for behind in _behind:
        for person, records in behind(user, known).items():
            told[person] += [Evidence(why, match.url, DONE * match.score) for match, why in records]
    return sorted(_people(told), key=lambda one: (-one.score, one.name))[:limit]


def organisations(known: Iterable[Match], limit: int = 6) -> list[Knower]:
    """Organisations that did something alike, by the name their records give them."""
    found: dict[str, Knower] = {}
    for match in known:
        if match.host and match.kind != "need":
            there = found.setdefault(match.host, Knower(match.host))
            label = match.source.label if match.source else match.kind
            there.evidence.append(Evidence(f"{label}: {match.title}", match.url, DONE * match.score))
    return sorted(found.values(), key=lambda one: (-one.score, one.name))[:limit]


def _declared(text: str) -> Iterator[tuple[int, Evidence]]:
    """Declared fields that say the same as the text, in these or other words: one query."""
    asked = _telling(text)
    for person, declared, evidence in Expertise.objects.values_list("person", "topic", "evidence"):
        topic = _telling(declared)
        if shared := topic & asked:
            why = _("declares to know %(topic)s") % {"topic": declared}
            why += f" ({evidence})" if evidence else ""
            yield person, Evidence(why, weight=DECLARED * max(0.3, len(shared) / len(topic)))


@lru_cache(maxsize=1 << 14)
def _telling(text: str) -> frozenset[str]:
    """Terms of a text that tell what it is about: concepts and pairs of syllables, or its only syllable."""
    read = understand(text)
    kinds = (CONCEPT, BARE_PAIR) if len(read.text.bare) > 1 else (CONCEPT, BARE)
    return frozenset(term for term in terms(read) if term.startswith(kinds))


def _people(told: Mapping[int, list[Evidence]]) -> Iterator[Knower]:
    posts = Prefetch("posts", Post.objects.as_of(today()).select_related("unit"), to_attr="held")
    for person in Person.objects.filter(pk__in=told).prefetch_related(posts):
        held = " · ".join(f"{post.position}, {post.unit.name}" for post in person.held)
        evidence = sorted({one.why: one for one in told[person.pk]}.values(), key=lambda one: -one.weight)
        yield Knower(str(person), person.get_absolute_url(), held, person.pk, evidence)
