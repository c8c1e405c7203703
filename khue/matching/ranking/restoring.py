"""What a syllable typed without accents may mean: a small language model of the field, learned from its own texts."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from khue.language.text import fold
from khue.matching.ranking.words import DATA, Text

CHOICES = 10
"""Readings kept of a syllable."""
LEAST = 0.02
"""A reading less likely than this is dropped."""
BACKING = 1.0
"""How much a pair seen seldom leans on how common its second syllable is, for each syllable seen after the first."""

SELDOM = 8
"""Times that a syllable must be seen before its neighbours tell much."""

Readings = dict[str, float]


def speech() -> list[str]:
    """How people speak of their problems, phrase by phrase: what titles and the thesaurus do not teach."""
    lines = (DATA / "speech.txt").read_text(encoding="utf-8").splitlines()
    return [phrase for line in lines if not line.startswith("#") for phrase in line.split(", ")]


class Restorer:
    """Learns syllables and pairs of syllables from texts with accents; tells what texts without them may say."""

    def __init__(self) -> None:
        self._single: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._followers: Counter[str] = Counter()
        self._forms: defaultdict[str, set[str]] = defaultdict(set)
        self._whole = 1.0
        self._bare: Restorer | None = None
        self._sorted: list[str] | None = None

    def copy(self) -> "Restorer":
        """Another that knows the same and goes on learning by itself."""
        other = Restorer()
        other._single, other._pairs = self._single.copy(), self._pairs.copy()
        other._followers, other._whole = self._followers.copy(), self._whole
        other._forms.update((bare, set(forms)) for bare, forms in self._forms.items())
        return other

    def learn(self, texts: Iterable[Text], times: int = 1, *, sure: bool = False) -> "Restorer":
        """Read `texts`; those without any accent teach nothing, unless it is `sure` that they need none."""
        for text in texts:
            if sure or text.has_accents:
                for marked, bare in zip(text.marked, text.bare, strict=True):
                    self._single[marked] += times
                    self._forms[bare].add(marked)
                self._whole += times * len(text.marked)
                for pair in pairwise(text.marked):
                    self._followers[pair[0]] += pair not in self._pairs
                    self._pairs[pair] += times
        self._bare = self._sorted = None
        return self

    def without_accents(self) -> "Restorer":
        """Another that knows the same words and pairs, all without their accents."""
        if self._bare is None:
            other = self._bare = Restorer()
            bare = {form: fold(form) for form in self._single}
            for form, often in self._single.items():
                other._single[bare[form]] += often
                other._forms[bare[form]].add(bare[form])
            for (one, two), often in self._pairs.items():
                pair = bare[one], bare[two]
                other._followers[pair[0]] += pair not in other._pairs
                other._pairs[pair] += often
            other._whole = self._whole
        return self._bare

    def forms(self, bare: str) -> Collection[str]:
        """What was ever written that is `bare` without its accents."""
        return self._forms.get(bare, ())

    def going_on(self, bare: str) -> Iterator[str]:
        """Every form whose letters begin with `bare` and go on."""
        if self._sorted is None:
            self._sorted = sorted(self._forms)
        for known in self._sorted[bisect_right(self._sorted, bare) :]:
            if not known.startswith(bare):
                return
            yield from self._forms[known]

    def met(self, first: str, second: str) -> bool:
        """Whether `second` was ever read right after `first`."""
        return (first, second) in self._pairs

    def bound(self, first: str, second: str) -> float:
        """How closely two syllables belong together, 0 to 1: how often each is the other's neighbour."""
        often = self._pairs.get((first, second), 0)
        return often * often / ((self._single[first] + SELDOM) * (self._single[second] + SELDOM))

    def readings(self, text: Text) -> list[Readings]:
        """For each syllable, the forms it may stand for with their probabilities, in the light of its neighbours.

        One typed with its accents stands for itself; one that has lost them in a text that has some is restored.
        """
        forms = [
            [marked] if text.has_accents and marked in self._single else self._likely(bare)
            for marked, bare in zip(text.marked, text.bare, strict=True)
        ]
        before = self._pass(forms, forward=True)
        after = self._pass(forms, forward=False)
        return [_kept({form: b[form] * a[form] for form in b}) for b, a in zip(before, after, strict=True)]

    def _likely(self, bare: str) -> list[str]:
        known = sorted(self._forms.get(bare, ()), key=lambda form: -self._single[form])[:CHOICES]
        return known or [bare]

    def _pass(self, forms: list[list[str]], *, forward: bool) -> list[Readings]:
        """Forward or backward half of the forward-backward algorithm, scaled at every step."""
        order = range(len(forms)) if forward else range(len(forms) - 1, -1, -1)
        done: dict[int, Readings] = {}
        for place in order:
            beside = done.get(place - 1 if forward else place + 1)
            if beside is None:
                done[place] = {form: self.common(form) if forward else 1.0 for form in forms[place]}
            elif forward:
                done[place] = {
                    form: sum(p * self.follows(last, form) for last, p in beside.items()) for form in forms[place]
                }
            else:
                done[place] = {
                    form: sum(p * self.follows(form, next_) for next_, p in beside.items()) for form in forms[place]
                }
            done[place] = _scaled(done[place])
        return [done[place] for place in range(len(forms))]

    def common(self, form: str) -> float:
        """How likely a syllable is `form`, whatever stands before it."""
        return (self._single.get(form, 0) + 0.1) / self._whole

    def follows(self, first: str, second: str) -> float:
        """How likely `second` comes after `first`."""
        leaning = BACKING * (1 + self._followers.get(first, 0))
        often = self._pairs.get((first, second), 0)
        return (often + leaning * self.common(second)) / (self._single.get(first, 0) + leaning)


def _scaled(readings: Readings) -> Readings:
    whole = sum(readings.values()) or 1.0
    return {form: p / whole for form, p in readings.items()}


def _kept(readings: Readings) -> Readings:
    scaled = _scaled(readings)
    kept = {form: p for form, p in scaled.items() if p >= LEAST}
    return _scaled(kept or scaled)
