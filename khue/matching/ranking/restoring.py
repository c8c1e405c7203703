"""What a syllable typed without accents may mean: a small language model of the field, learned from its own texts."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from khue.language.text import fold
from khue.matching.ranking.words import DATA, Text

CHOICES = 10
"""Readings kept of a syllable."""
SHORTEST = 3
"""Letters that a syllable must have at least for its misspelling to be told."""
LETTERS = "abcdeghiklmnopqrstuvxy"
LEAST = 0.02
"""A reading less likely than this is dropped."""
BACKING = 1.0
"""How much a pair seen seldom leans on how common its second syllable is, for each syllable seen after the first."""

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

    def copy(self) -> "Restorer":
        """Another that knows the same and goes on learning by itself."""
        other = Restorer()
        other._single, other._pairs = self._single.copy(), self._pairs.copy()
        other._followers, other._whole = self._followers.copy(), self._whole
        other._forms.update((bare, set(forms)) for bare, forms in self._forms.items())
        return other

    def learn(self, texts: Iterable[Text], times: int = 1) -> "Restorer":
        """Read `texts`; those without any accent teach nothing."""
        for text in texts:
            if text.has_accents:
                for marked, bare in zip(text.marked, text.bare, strict=True):
                    self._single[marked] += times
                    self._forms[bare].add(marked)
                self._whole += times * len(text.marked)
                for pair in pairwise(text.marked):
                    self._followers[pair[0]] += pair not in self._pairs
                    self._pairs[pair] += times
        return self

    def mended(self, text: Text) -> Text:
        """The text with each syllable that nobody ever wrote put right, where one letter changed makes it known."""
        marked, bare = list(text.marked), list(text.bare)
        for place, said in enumerate(text.bare):
            if said not in self._forms and len(said) >= SHORTEST and said.isalpha():
                beside = [text.bare[at] for at in (place - 1, place + 1) if 0 <= at < len(text.bare)]
                if near := max(self._near(said), key=lambda form: self._fits(form, beside), default=""):
                    marked[place], bare[place] = near, fold(near)
                    if not text.has_accents:
                        marked[place] = bare[place]
        return Text(tuple(marked), tuple(bare), text.proper)

    def _near(self, bare: str) -> list[str]:
        """Known syllables that differ from `bare` by one letter."""
        cuts = [(bare[:at], bare[at:]) for at in range(len(bare) + 1)]
        edits = {a + b[1:] for a, b in cuts if b} | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
        edits |= {a + letter + rest for a, b in cuts for letter in LETTERS for rest in ({b, b[1:]} if b else {b})}
        return [form for edit in edits for form in self._forms.get(edit, ())]

    def _fits(self, form: str, beside: Iterable[str]) -> tuple[int, int]:
        forms = [other for bare in beside for other in self._forms.get(bare, ())]
        together = sum(self._pairs[form, other] + self._pairs[other, form] for other in forms)
        return together, self._single[form]

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
                done[place] = {form: self._common(form) if forward else 1.0 for form in forms[place]}
            elif forward:
                done[place] = {
                    form: sum(p * self._follows(last, form) for last, p in beside.items()) for form in forms[place]
                }
            else:
                done[place] = {
                    form: sum(p * self._follows(form, next_) for next_, p in beside.items()) for form in forms[place]
                }
            done[place] = _scaled(done[place])
        return [done[place] for place in range(len(forms))]

    def _common(self, form: str) -> float:
        return (self._single[form] + 0.1) / self._whole

    def _follows(self, first: str, second: str) -> float:
        leaning = BACKING * (1 + self._followers[first])
        return (self._pairs[first, second] + leaning * self._common(second)) / (self._single[first] + leaning)


def _scaled(readings: Readings) -> Readings:
    whole = sum(readings.values()) or 1.0
    return {form: p / whole for form, p in readings.items()}


def _kept(readings: Readings) -> Readings:
    scaled = _scaled(readings)
    kept = {form: p for form, p in scaled.items() if p >= LEAST}
    return _scaled(kept or scaled)
