"""Reminding units by hand; the calendar reminds by itself. The same unit is not asked twice on a day."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.core.clock import today
from khue.core.refusals import require
from khue.documents.actions.directive_columns import locked, people_of
from khue.documents.models import Directive, Reminder
from khue.documents.rules.directive import may_remind, visible_to
from khue.documents.rules.lateness import soon_until, standing_filter
from khue.journal.actions import record
from khue.notices.actions import notify, saying


@transaction.atomic
def remind(directive: Directive, *, by: User, comment: str = "") -> Reminder | None:
    """Ask the lead unit about it; None when it was already asked today. Raises Refused `directive-may-not-remind`."""
    taken = locked(directive.pk)
    require(may_remind(by, taken))
    made, new = Reminder.objects.get_or_create(
        directive=taken, unit=taken.lead, on=today(), defaults={"by": by, "comment": comment.strip()}
    )
    if not new:
        return None
    taken.reminded_on = today()
    taken.save(update_fields=["reminded_on"])
    record(taken.dossier, "directive.reminded", by=by, unit=taken.lead.name, comment=comment.strip())
    notify(
        people_of([taken.lead_id]).get(taken.lead_id, []), by=by, urgent=True,
        key=f"{taken.dossier}:reminded:{today()}",
        subject=saying(gettext_lazy("Reminder: %(what)s"), what=taken), body=comment.strip() or taken.content,
        url=taken.get_absolute_url(), dossier=taken.dossier,
    )  # fmt: skip
    return made


def late_ones(user: User) -> "QuerySet[Directive, Directive]":
    """Overdue directives that the user sees and about which nobody has been reminded today."""
    day = today()
    late = visible_to(user).filter(standing_filter("overdue", day, soon_until(day)))
    return late.exclude(reminded_on=day).select_related("lead", "document", "issuer").order_by("due_on", "pk")


def remind_all(directives: Iterable[Directive], *, by: User, comment: str = "") -> list[Reminder]:
    """Remind about each of them that the user may remind about; each in a transaction of its own."""
    made = (remind(one, by=by, comment=comment) for one in directives if may_remind(by, one) is None)
    return [reminder for reminder in made if reminder is not None]
