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
    mine_codes, new_codes = _codes(there, own), _codes(there, machine)
    there = _spaced(there, [(new_codes, machine), (mine_codes, own)])
    mine: list[Word] = []
    other: list[Word] = []
    done = 0
    for first, last, kept, offered in _places(_changes(mine_codes, own), _changes(new_codes, machine)):
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


Span = tuple[int, int]
"""From, to."""
Code = tuple[bool, int, int, int, int]
"""Whether words from a to b of the one are the same as those from c to d of the other."""


def _codes(one: Sequence[Word], other: Sequence[Word]) -> list[Code]:
    """Both texts in runs that are the same or not: lines that are the very same first, then those that differ by their
    numbers only, then word by word in what is left."""
    found: list[Code] = []
    for first, last, start, end in _line_by_line(one, other):
        inside = SequenceMatcher(None, _texts(one[first:last]), _texts(other[start:end]), autojunk=False)
        found += [
            (act == "equal", first + e, first + f, start + g, start + h) for act, e, f, g, h in inside.get_opcodes()
        ]
    return found


def _line_by_line(one: Sequence[Word], other: Sequence[Word]) -> Iterator[tuple[int, int, int, int]]:
    """Lines of both texts that belong together, and stretches of lines between them."""
    left, right = _lines(one), _lines(other)
    exact = [[tuple(_texts(text[a:b])) for a, b in lines] for text, lines in ((one, left), (other, right))]
    masked = [[_key(text[a:b]) for a, b in lines] for text, lines in ((one, left), (other, right))]
    for act, a, b, c, d in SequenceMatcher(None, exact[0], exact[1], autojunk=False).get_opcodes():
        if act == "equal":
            yield from _pairs(left[a:b], right[c:d])
            continue
        rest = SequenceMatcher(None, masked[0][a:b], masked[1][c:d], autojunk=False).get_opcodes()
        for _act, e, f, g, h in rest:
            if f - e == h - g:
                yield from _pairs(left[a + e : a + f], right[c + g : c + h])
            else:
                yield *_joined(left, a + e, a + f), *_joined(right, c + g, c + h)


def _pairs(left: Sequence[Span], right: Sequence[Span]) -> Iterator[tuple[int, int, int, int]]:
    yield from ((*one, *other) for one, other in zip(left, right, strict=True))


def _texts(found: Sequence[Word]) -> list[str]:
    return [one.text for one in found]


def _key(line: Sequence[Word]) -> tuple[str, ...]:
    """A line without its numbers: the machine changes those in every line."""
    return tuple("0" if one.text[:1].isdigit() else one.text for one in line)


def _lines(found: Sequence[Word]) -> list[Span]:
    """Where each line begins and ends; the end of the text is a line of its own."""
    starts = [place for place, one in enumerate(found) if place == 0 or "\n" in one.gap or not one.text]
    return list(zip(starts, [*starts[1:], len(found)], strict=True))


def _joined(lines: Sequence[Span], first: int, last: int) -> Span:
    """Lines `first` to `last` as one; of none, the place where they would be."""
    if first < last:
        return lines[first][0], lines[last - 1][1]
    return (lines[first][0],) * 2 if first < len(lines) else (lines[-1][1],) * 2


def _changes(codes: Iterable[Code], after: Sequence[Word]) -> list[_Change]:
    return [_Change(a, b, after[c:d]) for same, a, b, c, d in codes if not same]


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


def _spaced(before: Sequence[Word], sides: Iterable[tuple[list[Code], Sequence[Word]]]) -> list[Word]:
    """The words before, each with its space as the last side that changed it has it."""
    found = list(before)
    for codes, after in sides:
        for same, a, b, c, d in codes:
            for step in range(b - a if same else min(1, b - a, d - c)):
                if after[c + step].gap != before[a + step].gap:
                    found[a + step] = replace(found[a + step], gap=after[c + step].gap)
    return found


def carried(before: str, spans: Iterable[Span], after: str) -> list[Span | None]:
    """Where pieces of `before` stand in `after`; None for a piece of which a word was changed or taken apart."""
    one, other = words(before), words(after)
    where = {a + step: c + step for same, a, b, c, _d in _codes(one, other) if same for step in range(b - a)}
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
    for same, a, b, c, d in _codes(left, right):
        for side, part in zip(sides, (left[a:b], right[c:d]), strict=True):
            text = "".join(word.gap + word.text for word in part)
            if not same and part and part[0].gap:  # the space before a change is nobody's
                side.append(Piece(part[0].gap, changed=False))
                text = text[len(part[0].gap) :]
            if text:
                side.append(Piece(text, not same))
    return sides
