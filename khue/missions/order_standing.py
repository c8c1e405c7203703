"""What order lists register with the apps below: a place, search, matching, the duplicate check, the journal."""

from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.core import navigation
from khue.core.navigation import Item
from khue.files import rules as files_rules
from khue.journal import sentences
from khue.matching import beside, sources
from khue.matching.sources import Source
from khue.missions.rules.order import orders, records


def register() -> None:
    """Called once, when the app starts."""
    lists = Item(
        "order-lists", _("Order lists"), "missions:order-lists", "list-check", order=36, group=navigation.ASKED
    )
    navigation.register(lists)
    sources.register(
        Source(
            "order",
            _("Orders"),
            records.records,
            everybody,
            "list-check",
            order=20,
            grew_out_of=records.grew_out_of,
        )
    )
    files_rules.register("order-list", orders.visible_to, restricted=orders.visible_to)
    beside.register("order", records.order_signals)
    beside.register("mission", records.mission_signals)
    sentences.register(SENTENCES)


def everybody(_user: User) -> None:
    """Search knows the orders of published lists, which whoever signed in may read; none is ever taken back."""


SENTENCES = {
    "order-list.started": _("%(actor)s began the list «%(title)s»"),
    "order-list.gathered": _("%(actor)s put %(count)s recommended proposals on the list"),
    "order-list.edited": _("%(actor)s worded no. %(number)s: %(name)s"),
    "order-list.dropped": _("%(actor)s took «%(name)s» off the list"),
    "order-list.approved": _("%(actor)s recorded the approval by %(sign)s of %(on)s"),
    "order-list.published": _("%(actor)s published the list"),
    "order-list.cancelled": _("%(actor)s took «%(name)s» out of the approved list: %(reason)s"),
}
