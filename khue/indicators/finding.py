"""Programmes, indicators and composed reports in the search over everything."""

from functools import lru_cache
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.core import search
from khue.core.search import Hit, SearchSource
from khue.indicators.models import Composed, Programme
from khue.indicators.rules import composing, programmes
from khue.language.text import fold

if TYPE_CHECKING:
    from django.db.models import QuerySet


def register() -> None:
    """Called once, when the app starts."""
    search.register(SearchSource("programmes", _("Programmes and indicators"), find_programmes, order=50))
    search.register(SearchSource("composed", _("Composed reports"), find_composed, 52, _composed))


def find_programmes(user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:
    """Programmes by number, title and issuer, then indicators by name and code: one query for both; there are some
    hundreds of them."""
    if not isinstance(user, User):
        return []
    rows = programmes.visible_to(user).values_list(
        "code", "number", "title", "issuer", "indicators__name", "indicators__code"
    )
    named: dict[str, Hit] = {}
    followed: list[Hit] = []
    for code, number, title, issuer, name, of in rows:
        programme = str(Programme(number=number, title=title))
        if code not in named and _has(f"{programme} {issuer}", query):
            named[code] = Hit(programme, issuer, reverse("indicators:programme", args=[code]), "target")
        if of and _has(f"{name} {of}", query):
            followed.append(Hit(name, programme, reverse("indicators:indicator", args=[of]), "chart-line"))
    return [*named.values(), *followed][:limit]


def _has(text: str, query: str) -> bool:
    """Whether every word of the query is in the text, without regard to accents."""
    folded = _folded(text)
    return all(word in folded for word in query.split())


_folded = lru_cache(maxsize=4096)(fold)
"""Names that are asked again at every search."""


def _composed(query: str) -> "QuerySet[Composed, Composed]":
    return composing.with_words(Composed.objects.all(), query)


def find_composed(user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:
    """Composed reports that the person may see, by subject, template, unit and period, the newest first."""
    if not isinstance(user, User):
        return []
    rows = composing.with_words(composing.visible_to(user), query).select_related("unit", "period")
    details = ((one, f"{one.label} · {one.unit.name} · {one.period.called}") for one in rows[:limit])
    return [Hit(one.subject, detail, one.get_absolute_url(), "file-text") for one, detail in details]
