"""What a page shows of a match: the words asked for, marked where they stand."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from khue.language.text import fold
from khue.matching.ranking.words import read

WORD = re.compile(r"([^\W_]+)")
BEFORE, SHOWN = 60, 220
"""Characters of a summary shown before the first marked word, and in all."""


def marked(text: str, query: str) -> SafeString:
    """`text` with the words of `query` marked, whatever their accents; the last word of the query may be half typed."""
    asked = read(query).bare
    parts = WORD.split(text)
    return format_html_join("", "{}", ((_mark(part, asked),) for part in parts))


def _mark(part: str, asked: tuple[str, ...]) -> str:
    folded = fold(part)
    hit = bool(folded) and (folded in asked or (len(asked) > 0 and folded.startswith(asked[-1])))
    return format_html("<mark>{}</mark>", part) if hit else part


def snippet(text: str, query: str) -> SafeString:
    """The part of a longer text where the words asked for stand, with the marks; empty where none does."""
    asked = set(read(query).bare)
    first = next((found.start() for found in WORD.finditer(text) if fold(found[0]) in asked), None)
    if first is None:
        return SafeString("")
    begin = max(0, first - BEFORE)
    cut = text[begin : begin + SHOWN]
    return format_html("{}{}{}", "…" if begin else "", marked(cut, query), "…" if begin + SHOWN < len(text) else "")
