"""Programmes, indicators and composed reports in the search over everything."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.core import search
from khue.core.search import Hit, SearchSource
from khue.indicators.models import Indicator
from khue.indicators.rules import composing, programmes
from khue.language.text import fold


def register() -> None:
    """Called once, when the app starts."""
    search.register(SearchSource("programmes", _("Programmes"), find_programmes, order=50))
    search.register(SearchSource("indicators", _("Indicators"), find_indicators, order=51))
    search.register(SearchSource("composed", _("Composed reports"), find_composed, order=52))


def find_programmes(user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:
    """Programmes by number, title and issuer: one query; there are some dozens of them."""
    if not isinstance(user, User):
        return []
    rows = _with_words(query, ((f"{one} {one.issuer}", one) for one in programmes.visible_to(user)))
    return [
        Hit(str(one), f"{one.first_year} – {one.last_year}", one.get_absolute_url(), "target") for one in rows[:limit]
    ]


def find_indicators(user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:
    """Indicators by name and code: one query; there are some hundreds of them."""
    if not isinstance(user, User):
        return []
    rows = Indicator.objects.filter(programme__in=programmes.visible_to(user)).select_related("programme")
    found = _with_words(query, ((f"{one.name} {one.code}", one) for one in rows))
    return [Hit(one.name, str(one.programme), one.get_absolute_url(), "chart-line") for one in found[:limit]]


def _with_words(query: str, rows: Iterable[tuple[str, Any]]) -> list[Any]:
    """Those whose words contain every word of the query."""
    return [row for text, row in rows if all(word in fold(text) for word in query.split())]


def find_composed(user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:
    """Composed reports that the person may see, by subject, template, unit and period, the newest first."""
    if not isinstance(user, User):
        return []
    rows = composing.with_words(composing.visible_to(user), query).select_related("unit", "period")
    details = ((one, f"{one.label} · {one.unit.name} · {one.period.label}") for one in rows[:limit])
    return [Hit(one.subject, detail, one.get_absolute_url(), "file-text") for one, detail in details]
