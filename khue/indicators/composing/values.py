"""A template as its file tells it, and what is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from khue.flow.shelf.values import Basis
from khue.indicators.pieces import Pieces, Token


@dataclass(frozen=True, slots=True)
class Fact:
    """What a name in a pattern stands for: a value to compare, and how it is written."""

    value: Decimal | str | None
    pieces: Pieces = ()
    is_figure: bool = False
    """Whether it is a number, known or not: columns of such keep to the right."""


UNKNOWN = Fact(None, is_figure=True)


def word(text: str) -> Fact:
    """A fact that is only words."""
    return Fact(text or None, (text,) if text else ())


@dataclass(frozen=True, slots=True)
class Condition:
    """`value`, `not value`, `late > 0`, `light = 'done'`: whether a fact is known, or how it compares."""

    name: str
    act: str = ""
    other: str = ""
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something that is said when all its conditions hold; with `otherwise` only if the one before was not said."""

    say: str
    when: tuple[Condition, ...] = ()
    otherwise: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; with `each` it stands once for each period, or each indicator, at most `most` of them."""

    head: str
    say: str
    each: str = ""
    most: int = 0
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockText:
    """A block of a template."""

    name: str
    kind: str
    text: str = ""
    """Of a heading, the title of an annex, the caption of a table or chart."""
    level: int = 1
    rows: str = ""
    """Of what there is one sentence, or one row, each: indicator, set, unit, measure; empty: of the report itself."""
    only: tuple[str, ...] = ()
    """Codes of indicators, or names of measures, in this order; empty: all."""
    periods: tuple[str, ...] = ()
    """Kinds of periods for which the block stands; empty: all."""
    when: tuple[Condition, ...] = ()
    which: tuple[Condition, ...] = ()
    """What a row has to fulfil."""
    mark: str = ""
    """Before each row of sentences: `-`."""
    sentences: tuple[Sentence, ...] = ()
    columns: tuple[Column, ...] = ()
    source: str = ""
    """Of a text: a registered source; or `reports`."""
    whose: str = "unit"
    """Of whom the source tells: the `unit` that reports, or of the whole `city` where the figures are the city's."""
    asked: tuple[str, str] = ("", "")
    """Of a text out of units' reports: the code of the set (empty: any of the programmes) and the name of the part."""
    italic: bool = False
    together: bool = False
    """Of a paragraph without rows: its sentences run on, instead of a line for each."""


@dataclass(frozen=True, slots=True)
class Template:
    """One version of a template."""

    name: str
    version: date
    label: str
    subject: str
    of: tuple[str, ...]
    """Whose report it is: of the whole `city`, of the `department` that the site serves, of a `unit`."""
    periods: tuple[str, ...]
    programmes: tuple[str, ...] | None
    """Codes of the programmes whose indicators it knows; None: of the one that is chosen."""
    sets: tuple[str, ...]
    """Only indicators of these sets of figures; empty: all."""
    figures: str
    """Whose figures of programmes it tells: the `unit`'s that reports, or those of the whole `city`."""
    layout: str
    blocks: tuple[BlockText, ...]
    basis: Basis
    source: str = ""
    digest: str = ""

    def block(self, name: str) -> BlockText | None:
        """The block of that name."""
        return next((one for one in self.blocks if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Made:
    """A block as it was made: text with its tokens, or the data of a table or chart; empty when it does not apply."""

    name: str
    kind: str
    level: int = 1
    text: str = ""
    tokens: list[Token] = field(default_factory=list)
    data: Mapping[str, Any] = field(default_factory=dict)
    italic: bool = False
