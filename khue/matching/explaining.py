"""What a page shows of a match: the words asked for, marked where they stand."""

import re
from functools import lru_cache

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
    whole, begun = frozenset(asked), asked[-1] if asked else "\0"
    pieces, end = [], 0
    for found in WORD.finditer(text):
        word = _folded(found[0])
        if word and (word in whole or word.startswith(begun)):
            pieces.append((text[end : found.start()], found[0]))
            end = found.end()
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[end:])


_folded = lru_cache(maxsize=1 << 14)(fold)
"""Words of titles come again and again."""


def snippet(text: str, query: str) -> SafeString:
    """The part of a longer text where the words asked for stand, with the marks; empty where none does."""
    asked = set(read(query).bare)
    first = next((found.start() for found in WORD.finditer(text) if _folded(found[0]) in asked), None)
    if first is None:
        return SafeString("")
    begin = max(0, first - BEFORE)
    cut = text[begin : begin + SHOWN]
    return format_html("{}{}{}", "…" if begin else "", marked(cut, query), "…" if begin + SHOWN < len(text) else "")
