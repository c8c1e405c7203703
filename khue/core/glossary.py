"""The terms of the law with their short explanations, out of `docs/glossary.md`.

What is read on paper, on the glossary page and beside a word on the screen is one text.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import get_language

from khue.language.text import fold

CELLS = 5
"""Vietnamese, English, explanation in each, legal basis."""
_RULE = re.compile(r"[|\s:-]+")


@dataclass(frozen=True, slots=True)
class Term:
    """One row; `name` is what templates call it: the English words with hyphens."""

    name: str
    group: str
    vi: str
    en: str
    meaning_vi: str
    meaning_en: str
    basis: str

    @property
    def meaning(self) -> str:
        """The explanation in the reader's language."""
        return self.meaning_en if get_language() == "en" else self.meaning_vi

    @property
    def label(self) -> str:
        """The term in the reader's language."""
        word = self.en if get_language() == "en" else self.vi
        return word[:1].upper() + word[1:]

    def fits(self, query: str) -> bool:
        """Whether each word of a folded query begins a word of the term or of its explanation."""
        words = _folded(f"{self.vi} {self.en} {self.meaning_vi} {self.meaning_en} {self.basis}")
        return all(re.search(rf"\b{re.escape(word)}", words) for word in query.split())


_folded = lru_cache(maxsize=1024)(fold)
"""The same few terms are asked again at every search."""


@cache
def terms() -> dict[str, Term]:
    """Every term by its name, in the file's order; empty where the glossary is not installed.

    Raises ValueError with the line when a row has not five cells, lacks one, or explains a term again.
    """
    path = Path(settings.GLOSSARY)
    found: dict[str, Term] = {}
    group = ""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    for number, line in enumerate(lines, 1):
        if line.startswith("## "):
            group = line[3:].strip()
        elif line.startswith("|") and not _is_head(lines, number):
            term = _term(group, line, f"{path.name}:{number}")
            if {term.name, fold(term.vi)} & {key for old in found.values() for key in (old.name, fold(old.vi))}:
                raise ValueError(f"{path.name}:{number}: «{term.vi}» is explained twice")
            found[term.name] = term
    return found


def search(query: str) -> list[Term]:
    """Terms that fit the query, with or without accents; those whose own word fits come first."""
    folded = fold(query).strip()
    found = [term for term in terms().values() if term.fits(folded)]
    return sorted(found, key=lambda term: folded not in _folded(f"{term.vi} {term.en}"))


def _is_head(lines: list[str], number: int) -> bool:
    """The heading of a table, or the rule under it."""
    rule, below = lines[number - 1], lines[number : number + 1]
    return bool(_RULE.fullmatch(rule) or (below and _RULE.fullmatch(below[0]) and "-" in below[0]))


def _term(group: str, line: str, place: str) -> Term:
    cells = [cell.strip().replace("`", "") for cell in line.strip().strip("|").split("|")]
    if len(cells) != CELLS or not all(cells[:-1]):
        raise ValueError(f"{place}: a term needs {CELLS} cells, of which only the basis may be empty")
    return Term(slugify(fold(cells[1])), group, *cells)
