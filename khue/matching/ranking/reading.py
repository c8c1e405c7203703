"""A record or a query, read: syllables, the part each plays, concepts, and the terms it is indexed by."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from khue.matching.ranking.thesaurus import thesaurus
from khue.matching.ranking.title import Part, Title, parse
from khue.matching.ranking.words import Text, read

MARKED, BARE, PAIR, BARE_PAIR, CONCEPT = "m", "b", "p", "q", "c"
"""The first letter of a term tells what it is: a syllable with or without accents, two of them, a concept."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text with all that ranking asks of it."""

    text: Text
    title: Title
    concepts: dict[int, tuple[float, int, int]]


@lru_cache(maxsize=4096)
def understand(text: str) -> Read:
    """Read a title or a summary."""
    said = read(text)
    title = parse(said)
    named = thesaurus().named(said).items()
    return Read(said, title, {number: met for number, met in named if not _in_a_name(said, title, *met[1:])})


def _in_a_name(said: Text, title: Title, start: int, end: int) -> bool:
    """Whether a concept is only a part of a proper name: `Trà Vinh` grows no tea, `Mẫu Sơn` is no paint."""
    if all(part is Part.PLACE for part in title.parts[start:end]):
        return True
    proper = said.proper[max(0, start - 1) : end]
    return start > 1 and end == start + 1 and all(proper) and 2 * sum(said.proper) < len(said.proper)


def terms(read_: Read) -> Counter[str]:
    """What the text is indexed by, with how often."""
    marked, bare = read_.text.marked, read_.text.bare
    found = Counter(MARKED + syllable for syllable in marked)
    found.update(BARE + syllable for syllable in bare)
    found.update(f"{PAIR}{a} {b}" for a, b in pairwise(marked))
    found.update(f"{BARE_PAIR}{a} {b}" for a, b in pairwise(bare))
    found.update(f"{CONCEPT}{number}" for number in read_.concepts)
    return found
