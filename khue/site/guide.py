"""Finding in the guide."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils.html import strip_tags

from khue.core.help import chapters
from khue.core.search import Hit
from khue.language.text import fold


def in_guide(user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:  # noqa: ARG001 - the guide is open to all
    """Sections whose title has every word of `query`, then those whose text has them."""
    words = query.split()
    ranked = []
    for chapter in chapters():
        for section in chapter.sections:
            title = fold(section.title)
            if all(word in f"{title} {fold(strip_tags(section.html))}" for word in words):
                url = f"{reverse('site:chapter', args=[chapter.name])}#{section.anchor}"
                ranked.append(
                    (not all(word in title for word in words), Hit(section.title, chapter.title, url, "book"))
                )
    return [hit for _rank, hit in sorted(ranked, key=lambda pair: pair[0])][:limit]
