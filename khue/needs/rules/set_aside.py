"""Needs that were not sent or were taken back, of which the index of search knows nothing: looking for one of them."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.accounts.scope import reaches_all
from khue.core import search
from khue.core.described import told
from khue.core.search import Hit
from khue.needs.models import Need
from khue.needs.models.need import ASIDE_STATES
from khue.needs.rules.needs import visible_to, who_sees
from khue.needs.rules.scope import SEE

if TYPE_CHECKING:
    from khue.needs.rules.needs import Needs

LOOKED_AT = 1_000
"""So many of the newest needs that are set aside are looked at before all of them are."""
Rows = QuerySet[Need, tuple[Any, ...]]


def among(query: str) -> "Needs":
    """Needs that the index does not know with every word, whoever may see them."""
    return Need.objects.filter(search.every_word(query), state__in=ASIDE_STATES)


def find(user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:
    """What the index does not know whose words contain every word of the query; the newest first. One query; for those
    who see all, another where the newest have too few of them."""
    seer, words = cast("User", user), search.blanks(query)
    asked, given = ("set aside", *who_sees(seer), words), search.given(query)

    def among_all() -> Rows:
        return _told_of(visible_to(seer).filter(state__in=ASIDE_STATES).filter(search.every_word(words)))

    def among_the_newest() -> Rows:
        return _told_of(_newest(visible_to(seer).filter(state__in=ASIDE_STATES), words))

    found = told((*asked, "newest"), among_the_newest, 0, limit, given=given) if reaches_all(seer, SEE) else []
    if len(found) < limit:
        found = told(asked, among_all, 0, limit, given=given)
    return [_hit(*row) for row in found]


def _told_of(rows: "Needs") -> Rows:
    columns = ("pk", "number", "year", "title", "state", "author_name", "unit__name")
    return rows.order_by("-pk").values_list(*columns)


def _newest(rows: "Needs", query: str) -> "Needs":
    """Those of the newest rows: by itself the database would gather all that have common words, to show ten."""
    newest = Need.objects.filter(state__in=ASIDE_STATES).order_by("-pk").values("pk")
    oldest = Coalesce(Subquery(newest[LOOKED_AT - 1 : LOOKED_AT]), 0)
    # Joined with nothing, the words are not looked up by their index, and the newest are read one by one.
    said = Concat("folded", Value(""), output_field=TextField())
    return rows.alias(said=said).filter(search.every_word(query, "said"), pk__gte=oldest)


def _hit(pk: int, number: int | None, year: int | None, title: str, state: str, author: str, unit: str | None) -> Hit:
    need = Need(pk=pk, number=number, year=year, title=title, state=state)
    said = " · ".join(part for part in (need.code, unit or author, str(need.get_state_display())) if part)
    return Hit(title or str(_("Draft without words")), said, need.get_absolute_url(), "bulb")
