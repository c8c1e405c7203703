"""What directives register with the apps below: places, search, who sees their files, what the journal says."""

from typing import TYPE_CHECKING, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.core import navigation, search
from khue.core.navigation import Item
from khue.core.search import Hit, SearchSource
from khue.directory import endings
from khue.documents.actions import directive_columns  # noqa: F401 - registers its effect
from khue.documents.actions.directive_handover import hand_over_ended
from khue.documents.models import Directive
from khue.documents.rules.directive import visible_to
from khue.documents.rules.supporting import deadlines_of
from khue.files import rules as files_rules
from khue.journal import sentences
from khue.notices import calendar

if TYPE_CHECKING:
    from khue.documents.rules.directive import Directives

BOARD = frozenset({"leader", "monitor", "unit-head", "auditor"})
LIST = frozenset({"leader", "monitor", "unit-head", "auditor", "officer", "clerk"})


def register() -> None:
    """Called once, when the app starts."""
    navigation.register(Item("board", _("Overview"), "documents:board", "chart-bar", BOARD, order=10, key="t"))
    navigation.register(
        Item("directives", _("Directives"), "documents:directives", "checklist", LIST, order=20, key="n")
    )
    endings.register(hand_over_ended)
    calendar.register(deadlines_of)
    search.register(SearchSource("directives", _("Directives"), find, 20, among, wordwise=True))
    files_rules.register("directive", visible_to, restricted=visible_to)
    sentences.register(
        {
            "document.directives-found": _("%(actor)s found %(count)s directives in the text"),
            "document.directives-assigned": _("%(actor)s assigned %(count)s directives to %(units)s units"),
            "document.unit-wanted": _("%(actor)s asked for the unit “%(name)s” to be entered. %(why)s"),
            "directive.share": _("%(actor)s reported the share of %(unit)s, %(percent)s%%: %(text)s"),
            "directive.reminded": _("%(actor)s reminded %(unit)s %(comment)s"),
            "directive.support-handed-over": _("%(actor)s put %(new)s in the place of %(old)s as a supporting unit"),
        }
    )


def among(query: str) -> "Directives":
    """Directives with every word, whoever may see them."""
    return Directive.objects.filter(search.every_word(query))


def find(user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:
    """Directives whose words contain every word of the query, the open ones first."""
    rows = visible_to(cast("User", user)).select_related("lead", "document").only(
        "content", "state", "due_on", "lead__name", "document__sign", "document__subject"
    )  # fmt: skip
    return [
        Hit(
            str(one),
            f"{one.lead.name} · {one.document} · {one.get_state_display()}",
            one.get_absolute_url(),
            "checklist",
        )
        for one in cast("list[Directive]", rows.filter(search.every_word(query)).order_by("closed_on", "-pk")[:limit])
    ]
