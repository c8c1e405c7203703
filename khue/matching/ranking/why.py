"""Reasons that an officer can read: what two texts share, in which part, and where they differ."""

from collections.abc import Iterable, Iterator

from khue.matching.ranking.need import Asked
from khue.matching.ranking.reading import Read
from khue.matching.ranking.title import Part

SHARED = {
    Part.OBJECT: "cùng đối tượng", Part.TECHNOLOGY: "cùng công nghệ, cách làm", Part.AIM: "cùng mục tiêu",
}  # fmt: skip
MOST = 6
LEAST_WORTH = 0.08
"""Of the best reason: what counts for less is not told."""


def helps(asked: list[Asked], worth: list[float], found: Read) -> list[str]:
    """Why a record could help: first what it says in other words, then the words it shares."""
    best = max(worth, default=0.0)
    order = sorted(range(len(asked)), key=lambda n: -worth[n])
    told: dict[str, None] = {}
    covered: set[int] = set()
    for n in order:
        one = asked[n]
        if worth[n] < LEAST_WORTH * best or worth[n] <= 0 or len(told) == MOST:
            break
        if not covered.issuperset(one.places):
            covered.update(one.places)
            told[_put(one, found)] = None
    return list(told)


def _put(one: Asked, found: Read) -> str:
    """A concept asked for in one word and met in another is shown with both."""
    there = (
        next((span for term, _ in one.terms if (span := _span(term, found))), None) if one.concept is not None else None
    )
    if there is None or there == one.said:
        return f"cùng nói “{one.said}”"
    return f"“{one.said}” ↔ “{there}”"


def _span(term: str, found: Read) -> str:
    met = found.concepts.get(int(term[1:]))
    return " ".join(found.text.marked[met[1] : met[2]]) if met else ""


def same_and_other(one: Read, other: Read) -> list[str]:
    """What two titles share, part by part, then their places, then what only the one or the other says."""
    return [*_shared(one, other), *_places(one, other), *_only(one, other)]


def _said_by_both(one: Read, other: Read) -> list[bool]:
    """Of each syllable of `one`, whether `other` has it: with its accents, where both were typed with accents."""
    accents = one.text.has_accents and other.text.has_accents
    mine, theirs = (text.marked if accents else text.bare for text in (one.text, other.text))
    there = set(theirs)
    return [word in there for word in mine]


def _shared(one: Read, other: Read) -> Iterator[str]:
    both = _said_by_both(one, other)
    for part, label in SHARED.items():
        runs = _runs(one, (p for p, said in enumerate(both) if said and one.title.parts[p] is part))
        if runs:
            yield f"{label}: {', '.join(runs[:4])}"
    pairs = {
        f"“{mine}” = “{theirs}”"
        for number, (_, start, end) in one.concepts.items()
        if number in other.concepts
        and (mine := " ".join(one.text.marked[start:end]))
        != (theirs := " ".join(other.text.marked[slice(*other.concepts[number][1:])]))
    }
    if pairs:
        yield f"cùng nghĩa: {', '.join(sorted(pairs)[:3])}"


def _places(one: Read, other: Read) -> Iterator[str]:
    mine, theirs = one.title.places, other.title.places
    if mine and theirs and mine & theirs:
        yield f"cùng nơi: {_named(one, mine & theirs)}"
    if mine and theirs and not (mine <= theirs or theirs <= mine):
        yield f"khác nơi: {_named(one, mine - theirs)} / {_named(other, theirs - mine)}"


def _named(read: Read, places: Iterable[str]) -> str:
    """The places with the accents and capitals of the text."""
    names = []
    for name in sorted(places):
        words = tuple(name.split())
        for start in range(len(read.text.bare)):
            if read.text.bare[start : start + len(words)] == words:
                names.append(" ".join(each.capitalize() for each in read.text.marked[start : start + len(words)]))
                break
    return ", ".join(names)


def _only(one: Read, other: Read) -> Iterator[str]:
    for label, mine, theirs in (("chỉ ở tên đang xét", one, other), ("chỉ ở bên kia", other, one)):
        both = _said_by_both(mine, theirs)
        telling = (Part.OBJECT, Part.TECHNOLOGY, Part.AIM)
        runs = _runs(mine, (p for p, said in enumerate(both) if not said and mine.title.parts[p] in telling))
        if runs:
            yield f"{label}: {', '.join(runs[:3])}"


def _runs(read: Read, places: Iterable[int]) -> list[str]:
    """Neighbouring syllables put together, the longest first."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    runs.sort(key=len, reverse=True)
    return list(dict.fromkeys(" ".join(read.text.marked[place] for place in run) for run in runs))
