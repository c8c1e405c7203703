"""Two people's changes to one text, word by word: what a machine wrote anew goes into what a person edited.

`merge(before, edited, new)`: `before` is what the machine wrote when the person began, `edited` what the person made of
it, `new` what the machine writes now. Where only one of them changed something, the change is taken; where both
changed the very same words, the person's stay and the machine's are offered beside them. No typed word is ever lost.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

_WORD = re.compile(r"(\s*)(\d+(?:[.,/]\d+)*(?!\w)|\w+|[^\w\s]|\Z)")
_APART = re.compile(r"\w\w")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a number or a mark, with the space before it; the last one is empty and has the space at the end."""

    gap: str
    text: str
    start: int
    """Where its text begins."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a text: `text` with the person's words where both changed, `other` with the machine's there."""

    text: str
    other: str

    @property
    def clashes(self) -> bool:
        """Whether both changed the same words."""
        return self.text != self.other


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of one of two texts that are compared."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class _Change:
    """Words `first` to `last` of the text before became `words`."""

    first: int
    last: int
    words: Sequence[Word]


def merge(before: str, edited: str, new: str) -> Merged:
    """Both changes to `before` put together."""
    there, own, machine = words(before), words(edited), words(new)
    there = _spaced(there, own, machine)
    mine: list[Word] = []
    other: list[Word] = []
    done = 0
    for first, last, kept, offered in _places(_changes(there, own), _changes(there, machine)):
        same = there[done:first]
        ours, theirs = (_of(changes, there, first, last) for changes in (kept, offered))
        clash = kept and offered and [one.text for one in ours] != [one.text for one in theirs]
        mine += [*same, *(ours if kept else theirs)]
        other += [*same, *(theirs if clash or not kept else ours)]
        done = last
    return Merged(_written([*mine, *there[done:]]), _written([*other, *there[done:]]))


def _written(found: Iterable[Word]) -> str:
    """Words as a text; two that have come to stand beside each other without a space get one."""
    text = ""
    for one in found:
        gap = one.gap or (" " if _APART.fullmatch(text[-1:] + one.text[:1]) else "")
        text += gap + one.text
    return text


def words(text: str) -> list[Word]:
    """The words of a text; put together again they are the text."""
    found = [Word(one[1], one[2], one.start(2)) for one in _WORD.finditer(text)]
    ends = next(place for place, one in enumerate(found) if not one.text)
    return found[: ends + 1]


def _aligned(one: Sequence[Word], other: Sequence[Word]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, [each.text for each in one], [each.text for each in other], autojunk=False)


def _changes(before: Sequence[Word], after: Sequence[Word]) -> list[_Change]:
    codes = _aligned(before, after).get_opcodes()
    return [_Change(a, b, after[c:d]) for act, a, b, c, d in codes if act != "equal"]


Place = tuple[int, int, list[_Change], list[_Change]]


def _places(ours: list[_Change], theirs: list[_Change]) -> Iterator[Place]:
    """Places that somebody changed, in order, with the changes of each side; changes that touch the same words, or put
    something in at the same spot, share a place."""
    marked = [(one, True) for one in ours] + [(one, False) for one in theirs]
    marked.sort(key=lambda pair: (pair[0].first, pair[0].last))
    group: list[tuple[_Change, bool]] = []
    end = first = -1
    for change, own in marked:
        spot = change.first == change.last
        joins = group and (change.first < end or (spot and first == end == change.first))
        if group and not joins:
            yield first, end, *_sides(group)
            group = []
        if not group:
            first, end = change.first, change.last
        group.append((change, own))
        end = max(end, change.last)
    if group:
        yield first, end, *_sides(group)


def _sides(group: list[tuple[_Change, bool]]) -> tuple[list[_Change], list[_Change]]:
    return [one for one, own in group if own], [one for one, own in group if not own]


def _of(changes: list[_Change], before: Sequence[Word], first: int, last: int) -> list[Word]:
    """Words `first` to `last` as one side has them."""
    parts, done = [], first
    for change in changes:
        made = list(change.words)
        if made and change.first < change.last:  # the space before what is replaced may be the other side's
            made[0] = replace(made[0], gap=before[change.first].gap)
        parts += [*before[done : change.first], *made]
        done = change.last
    return [*parts, *before[done:last]]


def _spaced(before: Sequence[Word], edited: Sequence[Word], new: Sequence[Word]) -> list[Word]:
    """The words before, each with its space as the person made it, else as the machine makes it now."""
    found = list(before)
    for after in (new, edited):
        for act, a, b, c, d in _aligned(before, after).get_opcodes():
            known = b - a if act == "equal" else min(1, b - a, d - c)
            for step in range(known):
                if after[c + step].gap != before[a + step].gap:
                    found[a + step] = replace(found[a + step], gap=after[c + step].gap)
    return found


Span = tuple[int, int]


def carried(before: str, spans: Iterable[Span], after: str) -> list[Span | None]:
    """Where pieces of `before` stand in `after`; None for a piece of which a word was changed or taken apart."""
    one, other = words(before), words(after)
    where = {
        match.a + step: match.b + step
        for match in _aligned(one, other).get_matching_blocks()
        for step in range(match.size)
    }
    return [_carried(span, one, other, where) for span in spans]


def _carried(span: Span, one: Sequence[Word], other: Sequence[Word], where: dict[int, int]) -> Span | None:
    own = [place for place, word in enumerate(one) if word.text and span[0] <= word.start < span[1]]
    there = [where.get(place, -1) for place in own]
    if not own or there[0] < 0 or there != list(range(there[0], there[0] + len(own))):
        return None
    last = other[there[-1]]
    return other[there[0]].start, last.start + len(last.text)


def compared(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, those marked that only one of them has."""
    left, right = words(one), words(other)
    sides: tuple[list[Piece], list[Piece]] = [], []
    for act, a, b, c, d in _aligned(left, right).get_opcodes():
        for side, part in zip(sides, (left[a:b], right[c:d]), strict=True):
            text = "".join(word.gap + word.text for word in part)
            if act != "equal" and part and part[0].gap:  # the space before a change is nobody's
                side.append(Piece(part[0].gap, changed=False))
                text = text[len(part[0].gap) :]
            if text:
                side.append(Piece(text, act != "equal"))
    return sides
