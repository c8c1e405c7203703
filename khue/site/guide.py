"""Finding in the guide and in the glossary."""

from functools import cache

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils.html import strip_tags

from khue.core import glossary
from khue.core.help import Section, chapters
from khue.core.search import Hit
from khue.language.text import fold


def in_guide(user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:  # noqa: ARG001 - the guide is open to all
    """Sections whose title has every word of `query`, then those whose text has them."""
    words = query.split()
    ranked = []
    for chapter in chapters():
        for section in chapter.sections:
            title, text = _folded(section)
            if all(word in text for word in words):
                url = f"{reverse('site:chapter', args=[chapter.name])}#{section.anchor}"
                ranked.append(
                    (not all(word in title for word in words), Hit(section.title, chapter.title, url, "book"))
                )
    return [hit for _rank, hit in sorted(ranked, key=lambda pair: pair[0])][:limit]


def in_glossary(user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:  # noqa: ARG001 - open to all
    """Terms that are called so; the page of terms looks into explanations too."""
    page = reverse("site:glossary")
    named = [term for term in glossary.search(query) if query in fold(f"{term.vi} {term.en}")]
    return [Hit(term.label, term.meaning, f"{page}#{term.name}", "vocabulary") for term in named[:limit]]


@cache
def _folded(section: Section) -> tuple[str, str]:
    """The title, and the title with the text, ready to be searched."""
    return fold(section.title), fold(f"{section.title} {strip_tags(section.html)}")
