"""What an entry becomes in the index."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import tantivy

from khue.matching.ranking.reading import BARE, BARE_PAIR, CONCEPT, MARKED, Read
from khue.matching.ranking.title import Part
from khue.matching.ranking.words import Text, read

SHAPE = 12
"""Raise it when the index is laid out otherwise, or reads texts otherwise: every node then builds it anew."""
TELLING, PLACES, NOWHERE = "telling", "places", "-"
"""The fields with what a title is about, and with the places that it names; what stands there when it names none."""
FIELDS = {MARKED: "marked", BARE: "bare", BARE_PAIR: "pairs", CONCEPT: "concepts"}
"""The field of the index that holds each kind of term of ranking."""
ABOUT = frozenset({Part.OBJECT, Part.TECHNOLOGY, Part.AIM})
FACETS = ("kind", "field", "place", "host")
RECORD = "record"
"""The number of a record among those of its kind, by which sources tell what a person may see."""
MORE = "more"
"""Everything else that an entry says: summary, host, place, number and sign."""


class Row(NamedTuple):
    """The columns of an entry that the index is made of."""

    pk: int
    kind: str
    title: str
    summary: str
    detail: str
    sign: str
    host: str
    place: str
    field: str
    year: int | None
    keys: Sequence[str] | None = None
    record: int = 0


def schema() -> tantivy.Schema:
    """The layout of the index."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("pk", stored=False, indexed=True, fast=True)
    builder.add_unsigned_field(RECORD, stored=False, indexed=True, fast=True)
    builder.add_unsigned_field("at", stored=False, indexed=False, fast=True)
    builder.add_unsigned_field("year", stored=False, indexed=True, fast=True)
    for name in FACETS:
        builder.add_text_field(name, stored=False, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("keys", stored=False, tokenizer_name="raw", index_option="basic")
    for name in (*FIELDS.values(), TELLING, PLACES, MORE):
        builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


class Words(NamedTuple):
    """What the index holds of an entry's texts, each a line of words."""

    marked: str
    bare: str
    pairs: str
    concepts: str
    telling: str
    places: str
    more: str


def words(row: Row, title: Read) -> Words:
    """The words of an entry, of which the title has been read."""
    more = read(" ".join(part for part in (row.summary, row.sign, row.detail) if part)).bare
    return Words(
        marked=" ".join(title.text.marked),
        bare=" ".join(title.text.bare),
        pairs=" ".join(pairs(title.text)),
        concepts=" ".join(map(str, title.concepts)),
        telling=" ".join(telling(title)),
        places=" ".join(places(title)),
        more=" ".join((*more, *_name(row.host), *_name(row.place))),
    )


@lru_cache(maxsize=1 << 13)
def _name(text: str) -> tuple[str, ...]:
    """The syllables of a name that many entries have."""
    return read(text).bare


def document(row: Row, said: Words, at: int) -> tantivy.Document:
    """One entry as the index keeps it; `at` is where its title lies among the titles that have been read."""
    made = tantivy.Document()
    made.add_unsigned("pk", row.pk)
    made.add_unsigned(RECORD, row.record)
    made.add_unsigned("at", at)
    if row.year is not None:
        made.add_unsigned("year", row.year)
    for name in FACETS:
        if value := getattr(row, name):
            made.add_text(name, value)
    for each in row.keys or ():
        made.add_text("keys", key(row.kind, each))
    for name, text in said._asdict().items():
        if text:
            made.add_text(name, text)
    return made


def key(kind: str, named: str) -> str:
    """A key as the index writes it: it opens records of one kind."""
    return f"{kind}/{named}"


def telling(title: Read) -> list[str]:
    """The syllables without accents that tell what a title is about."""
    return [bare for bare, part in zip(title.text.bare, title.title.parts, strict=True) if part in ABOUT]


def places(title: Read) -> list[str]:
    """The places that a title names, each as one word."""
    return [place.replace(" ", "_") for place in sorted(title.title.places)] or [NOWHERE]


def pairs(text: Text) -> list[str]:
    """Neighbouring syllables without accents, as one word of the index each."""
    bare = text.bare
    return [f"{bare[place]}_{bare[place + 1]}" for place in range(len(bare) - 1)]


def word(term: str) -> str:
    """A term of ranking as the index writes it: without its first letter, a pair in one word."""
    return term[1:].replace(" ", "_")
