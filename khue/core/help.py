"""Help for the page one is on, out of the guide in `docs/guide/*.md`.

A heading of the second level begins a section; the line `<!-- pages: site:desk site:search -->` under it names the
pages it helps with; a quote beginning «Căn cứ» gives its legal basis. What is read on paper and on screen is one text.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt

from khue.language.text import fold

_PAGES = re.compile(r"^<!-- pages: *([^>]*?) *-->\n?", re.MULTILINE)
_CHAPTER_LINK = re.compile(r'href="(?:\./)?([\w-]+)\.md(?:#([^"]*))?"')


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the guide, ready for a page."""

    title: str
    anchor: str
    html: SafeString
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the guide."""

    name: str
    title: str
    opening: SafeString
    sections: tuple[Section, ...]


@cache
def chapters() -> tuple[Chapter, ...]:
    """The guide in the order of its file names; empty where the guide is not installed."""
    return tuple(_chapter(file) for file in sorted(Path(settings.GUIDE).glob("*.md")) if file.stem != "README")


@cache
def section_for(page: str) -> tuple[Chapter, Section] | None:
    """The section that helps with a page, by the name of its address, such as `site:desk`."""
    for chapter in chapters():
        for section in chapter.sections:
            if page in section.pages:
                return chapter, section
    return None


def _chapter(file: Path) -> Chapter:
    head, *parts = re.split(r"^## +", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    title, _, opening = head.partition("\n")
    return Chapter(file.stem, title.lstrip("# ").strip(), _render(opening), tuple(_section(part) for part in parts))


def _section(text: str) -> Section:
    title, _, body = text.partition("\n")
    named = _PAGES.search(body)
    pages = tuple(named[1].split()) if named else ()
    return Section(title.strip(), _anchor(title), _render(_PAGES.sub("", body)), pages)


def _render(text: str) -> SafeString:
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    # The guide is ours and raw HTML in it is off, so what the renderer gives is safe.
    return mark_safe(_CHAPTER_LINK.sub(_address, html))  # noqa: S308


def _address(link: re.Match[str]) -> str:
    """A link between files of the guide, as an address of the site; anchors lose their accents there."""
    anchor = f"#{_anchor(unquote(link[2]))}" if link[2] else ""
    return f'href="/{settings.GUIDE_URL}{link[1]}/{anchor}"'


def _anchor(title: str) -> str:
    return slugify(fold(title))
