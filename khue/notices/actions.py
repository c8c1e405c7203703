"""Tell people, once each, and let them say how."""

from collections.abc import Iterable

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import now
from khue.core.refusals import require
from khue.notices import rules
from khue.notices.models import Notice, Preferences, new_secret


@transaction.atomic
def notify(
    users: Iterable[User],
    *,
    key: str,
    subject: str,
    body: str = "",
    url: str,
    dossier: str = "",
    by: Actor | None = None,
    urgent: bool = False,
) -> int:
    """Tell each active user of the event `key`; those already told, and the one who did it, are left out.

    Returns how many were told now. An urgent one is mailed at once by a job of the same transaction.
    """
    told_at = now()
    notices = [
        Notice(
            user=user, key=key, subject=subject[:250], body=body, url=url, dossier=dossier, urgent=urgent, at=told_at
        )
        for user in {user.pk: user for user in users}.values()
        if user.is_active and (by is None or user.actor_id != by.actor_id)
    ]
    if not notices:
        return 0
    before = set(Notice.objects.filter(key=key).values_list("pk", flat=True))
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    told = Notice.objects.filter(key=key, at=told_at, user__in=[notice.user_id for notice in notices])
    new: list[JSONValue] = list(told.exclude(pk__in=before).values_list("pk", flat=True))
    if urgent and new:
        app.configure_task("notices.mail_urgent").defer(notices=new)
    return len(new)


def mark_read(notice: Notice, *, by: User) -> Notice:
    """The person has seen it."""
    require(rules.may_read(by, notice))
    if notice.read_at is None:
        notice.read_at = now()
        notice.save(update_fields=["read_at"])
    return notice


def mark_all_read(*, by: User) -> int:
    """The person has seen all there is; returns how many were new."""
    return Notice.objects.filter(user=by, read_at=None).update(read_at=now())


def read_of_dossier(dossier: str, *, by: User) -> int:
    """Opening a dossier is having seen what was told of it."""
    return Notice.objects.filter(user=by, dossier=dossier, read_at=None).update(read_at=now())


def preferences_of(user: User) -> Preferences:
    """How the person wants to be told; made on first asking."""
    preferences, _ = Preferences.objects.get_or_create(user=user)
    return preferences


def choose_mail(mail: str, *, by: User) -> Preferences:
    """The person chooses which notices come by e-mail."""
    preferences = preferences_of(by)
    preferences.mail = mail
    preferences.save(update_fields=["mail"])
    return preferences


def new_calendar_address(*, by: User) -> Preferences:
    """A new secret address; the one before stops working at once."""
    preferences = preferences_of(by)
    preferences.calendar_secret = new_secret()
    preferences.save(update_fields=["calendar_secret"])
    return preferences
