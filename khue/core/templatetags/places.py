"""The places of the site as the frame names them: at its side, in the box of search, among the shortcuts.

Tags and not templates: every page names some thirty places three times. What is said of one is kept by its words, so
nothing can be shown to one person that was written for another.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Protocol

from django import template
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from khue.core.templatetags.khue import icon

register = template.Library()


class Place(Protocol):
    """What `khue.site.context.Entry` tells."""

    label: Any
    url: str
    icon: str
    key: str
    count: int
    current: bool


class PlaceGroup(Protocol):
    """Places that belong together."""

    entries: list[Any]


@register.simple_tag
def place_list(entries: Iterable[Place]) -> SafeString:
    """Links at the side, each with its letter for the keyboard and how much waits there."""
    told = (
        _at_the_side(str(one.label), one.url, one.icon, one.key, str(localize(one.count or "")), one.current)
        for one in entries
    )
    return mark_safe("".join(told))  # noqa: S308 - each of them is escaped


@register.simple_tag
def place_hits(groups: Iterable[PlaceGroup]) -> SafeString:
    """The same as hits in the box of search, before anything is typed."""
    told = (
        _hit(f"{group}-{number}", str(one.label), one.url, one.icon, one.key)
        for group, places in enumerate(groups, 1)
        for number, one in enumerate(places.entries, 1)
    )
    return mark_safe("".join(told))  # noqa: S308 - each of them is escaped


@register.simple_tag
def place_keys(groups: Iterable[PlaceGroup]) -> SafeString:
    """Which letter leads where."""
    told = (_key(one.key, str(one.label)) for places in groups for one in places.entries if one.key)
    return mark_safe("".join(told))  # noqa: S308 - each of them is escaped


@lru_cache(maxsize=2048)
def _at_the_side(label: str, url: str, drawing: str, key: str, count: str, current: bool) -> SafeString:
    return format_html(
        '<li><a class="nav-place" href="{}"{}{}>{}<span>{}</span>{}</a></li>\n',
        url,
        mark_safe(' aria-current="page"') if current else "",
        format_html(' data-go="{}"', key) if key else "",
        icon(drawing),
        label,
        format_html('<span class="nav-count">{}</span>', count) if count else "",
    )


@lru_cache(maxsize=1024)
def _hit(number: str, label: str, url: str, drawing: str, key: str) -> SafeString:
    return format_html(
        '<a class="palette-hit" role="option" id="place-{}" tabindex="-1" href="{}">{}<span class="palette-words">'
        "<span>{}</span></span>{}</a>",
        number,
        url,
        icon(drawing),
        label,
        format_html("<kbd>g {}</kbd>", key) if key else "",
    )


@lru_cache(maxsize=512)
def _key(key: str, label: str) -> SafeString:
    return format_html("<div><dt><kbd>g</kbd> <kbd>{}</kbd></dt><dd>{}</dd></div>", key, label)
