"""How well people fit what a council judges, with why. Apps above add evidence of their own, such as past missions."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from khue.councils.models import Council, Seat
from khue.directory.models import Expertise
from khue.language.text import fold

SHORT = 3
"""Letters of a word that is too short to say what something is about."""
COMMON = frozenset({"nghien", "xay", "dung", "thanh", "pho", "noi", "tren", "trong", "phuc", "phat", "trien", "giai",
                    "phap", "dia", "ban", "ung", "mot", "cac", "cho", "cua", "theo", "tai"})  # fmt: skip
"""Words of titles that tell one mission from another as little as "research" does, folded."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for a person: `weight` from 0 to 1, and a sentence for the officer."""

    weight: float
    why: str


@dataclass(slots=True)
class Fit:
    """All that speaks for a person. `score` is from 0 to 1: what is known adds up, each further thing by less."""

    evidence: list[Evidence] = field(default_factory=list)

    @property
    def score(self) -> float:
        """0 where nothing is known."""
        left = 1.0
        for one in self.evidence:
            left *= 1 - min(max(one.weight, 0.0), 1.0)
        return round(1 - left, 4)

    @property
    def why(self) -> list[str]:
        """The sentences, what counts most first; what is said of two councils of one title is said once."""
        return list(dict.fromkeys(one.why for one in sorted(self.evidence, key=lambda one: -one.weight)))


Source = Callable[[Council, Collection[int]], Mapping[int, Collection[Evidence]]]
"""Given a council and numbers of people, person -> what speaks for them; a constant number of queries."""
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add a source of evidence; called when an app starts."""
    if source not in _sources:
        _sources.append(source)
    return source


def fits(council: Council, people: Collection[int]) -> dict[int, Fit]:
    """How well each of `people` fits what `council` judges; whoever is not there fits as far as nothing is known."""
    found: dict[int, Fit] = defaultdict(Fit)
    for source in _sources:
        for person, evidence in source(council, people).items():
            found[person].evidence += evidence
    return dict(found)


def words_of(council: Council) -> set[str]:
    """The words that say what the subjects are about, folded."""
    text = " ".join(council.subjects.values_list("folded", flat=True))
    return {word for word in text.split() if len(word) >= SHORT and word not in COMMON and not word.isdigit()}


@register
def expertise(council: Council, people: Collection[int]) -> Mapping[int, Collection[Evidence]]:
    """Declared fields whose words stand in what is judged."""
    wanted = words_of(council)
    found: dict[int, list[Evidence]] = defaultdict(list)
    for row in Expertise.objects.filter(person__in=people):
        words = {word for word in row.folded.split() if len(word) >= SHORT and word not in COMMON}
        shared = words & wanted
        if shared:
            weight = 0.7 * len(shared) / len(words)
            found[row.person_id].append(Evidence(weight, _("knows %(topic)s") % {"topic": row.topic}))
    return found


@register
def earlier_seats(council: Council, people: Collection[int]) -> Mapping[int, Collection[Evidence]]:
    """Concluded councils on something alike; each speaks once, by the subject that is most alike."""
    wanted = words_of(council)
    shared: dict[tuple[int, int, str], int] = defaultdict(int)
    found: dict[int, list[Evidence]] = defaultdict(list)
    rows = Seat.objects.filter(person__in=people, state="accepted", council__state="concluded").exclude(council=council)
    told = rows.values_list("person", "council", "council__title", "council__subjects__folded")
    for person, number, title, folded in told.order_by("person", "council"):
        alike = len(wanted & set(fold(folded or "").split()))
        shared[person, number, title] = max(alike, shared[person, number, title])
    for (person, _number, title), alike in shared.items():
        if alike > 1:
            weight = min(0.3, 0.1 * alike)
            found[person].append(Evidence(weight, _("sat in the council «%(title)s»") % {"title": title}))
    return found
