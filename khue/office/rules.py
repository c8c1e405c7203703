"""Whose sheets are whose."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core import exchange
from khue.core.actors import Actor
from khue.core.exchange import Exchange
from khue.core.refusals import Refusal, Refused
from khue.office.models import Import


def open_to(by: Actor) -> list[Exchange]:
    """The kinds of lists that somebody may bring in and take out."""
    return [each for each in exchange.kinds() if each.may(by) is None]


def exchange_of(brought: Import) -> Exchange:
    """The kind of an upload. Raises `Refused` for one that this version no longer knows."""
    found = exchange.named(brought.kind)
    if found is None:
        raise Refused(Refusal("sheet.kind-unknown", _("Lists of this kind are no longer brought in.")))
    return found


def visible_to(user: User) -> QuerySet[Import]:
    """One's own uploads: a sheet may hold more than others are to see."""
    return Import.objects.filter(by=user)


def may_confirm(by: User, brought: Import) -> Refusal | None:
    """Only who brought it in, and only a sheet that was checked and found clean."""
    if brought.by_id != by.pk:
        return Refusal("sheet.not-yours", _("Only who brought the sheet in can enter it."))
    if refusal := exchange_of(brought).may(by):
        return refusal
    if brought.state == Import.State.FAILED:
        return Refusal("sheet.failed", _("Checking was broken off. Choose the file again."))
    if brought.problems:
        return Refusal("sheet.problems", _("Correct the rows that are named, then choose the file again."))
    if brought.state == Import.State.CHECKED and not brought.changes:
        return Refusal("sheet.nothing", _("Everything in the sheet is here already; there is nothing to enter."))
    return None
