"""Guards that any process may name; other apps register their own at start-up."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.flow.models import Case
from khue.flow.registry import Guard, Registry

_registry: Registry[Guard] = Registry("guard")
register = _registry.register
get = _registry.get
names = _registry.names


@register("sub-cases-closed")
def sub_cases_closed(case: Case, *, by: Actor, data: Mapping[str, Any] | None) -> Refusal | None:
    """Nothing below it, handed down or one of its rounds, may still be open."""
    left = case.children.filter(closed_at=None)
    count = left.count()
    if not count:
        return None
    sentence = ngettext(
        "%(count)s part of it is still open: %(title)s.",
        "%(count)s parts of it are still open, first: %(title)s.",
        count,
    )
    first = left.order_by("due_on", "pk").first()
    return Refusal("flow.sub-cases-open", sentence % {"count": count, "title": first.title if first else ""})


@register("new-due-is-later")
def new_due_is_later(case: Case, *, by: Actor, data: Mapping[str, Any] | None) -> Refusal | None:
    """An extension asks for a day that is still to come, after the present due day."""
    if data is None:
        return None
    wanted = str(data.get("new_due", ""))
    earliest = max(case.due_on or today(), today())
    if wanted > earliest.isoformat():
        return None
    sentence = _("The new due day must be after %(day)s. Choose a later day.")
    return Refusal("flow.due-not-later", sentence % {"day": f"{earliest:%d/%m/%Y}"})


@register("has-due")
def has_due(case: Case, *, by: Actor, data: Mapping[str, Any] | None) -> Refusal | None:
    """Only what has a due day can be extended."""
    if case.due_on is not None:
        return None
    return Refusal("flow.no-due", _("This has no due day, so there is nothing to extend."))
