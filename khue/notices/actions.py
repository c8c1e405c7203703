"""Tell people, once each."""

from collections.abc import Iterable

from django.db import transaction

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import now
from khue.notices.models import Notice


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
    before = set(Notice.objects.filter(key=key).values_list("user_id", flat=True))
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return sum(notice.user_id not in before for notice in notices)
