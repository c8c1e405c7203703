"""A text with its numbers linked to where they come from; what a person wrote keeps the links of numbers left alone."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from khue.indicators.composing.sources import address_of
from khue.indicators.models import ComposedBlock
from khue.indicators.pieces import Source
from khue.language.merging import Piece, carried

Token = Sequence[Any]
"""From, to, source."""


def tokens_of(block: ComposedBlock) -> list[tuple[int, int, Source]]:
    """Where the numbers of a block stand in its text as it is now."""
    if block.edited is None:
        return [(first, last, source) for first, last, source in block.tokens]
    places = carried(block.made, [(first, last) for first, last, _source in block.tokens], block.edited)
    found = [(*place, token[2]) for place, token in zip(places, block.tokens, strict=True) if place is not None]
    return sorted(found, key=lambda one: one[0])


def linked(text: str, tokens: Iterable[Token]) -> SafeString:
    """The text for a page, each line a paragraph."""
    lines, start = [], 0
    known = list(tokens)
    for line in text.split("\n"):
        end = start + len(line)
        own = [(first - start, last - start, source) for first, last, source in known if start <= first and last <= end]
        if line.strip():
            lines.append((_line(line, own),))
        start = end + 1
    return format_html_join("", "<p>{}</p>", lines)


def cell(text: str, tokens: Iterable[Token]) -> SafeString:
    """A cell of a table, the same way."""
    return _line(text, list(tokens))


def _line(text: str, tokens: Sequence[Token]) -> SafeString:
    pieces, done = [], 0
    for first, last, source in tokens:
        pieces.append((text[done:first],))
        pieces.append((_number(text[first:last], source),))
        done = last
    return format_html_join("", "{}", [*pieces, (text[done:],)])


def _number(text: str, source: Source) -> SafeString:
    """The number, and beside it how it was counted: shown by pointing, by the keyboard and by a tap (`terms.js`)."""
    how, address = source.get("how", ""), address_of(source)
    word = '<a class="counted" href="{}">{}</a>' if address else '<button class="counted" type="button">{1}</button>'
    return format_html('<span class="term" data-term data-note="{}">{}</span>', how, format_html(word, address, text))


def marked(pieces: Iterable[Piece]) -> SafeString:
    """One of two texts that are compared, with what only it has marked."""
    parts = format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", one.text) if one.changed else one.text,) for one in pieces)
    )
    return mark_safe(parts.replace("\n", "<br>"))  # noqa: S308 - every piece is escaped above
