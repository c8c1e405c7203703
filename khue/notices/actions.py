"""Tell people, once each, and let them say how."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db import connection, transaction
from django.utils.functional import Promise, lazy
from django.utils.translation import override
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from khue.accounts.models import User
from khue.accounts.veils import hidden
from khue.core.actors import Actor
from khue.core.clock import now
from khue.core.refusals import require
from khue.language.text import fold
from khue.notices import rules
from khue.notices.models import Notice, Preferences, new_secret

WRITTEN = ("user_id", "key", "subject", "body", "folded", "url", "dossier", "urgent")
KEEP = """
INSERT INTO notices_notice (user_id, key, subject, body, folded, url, dossier, urgent, at)
SELECT *, %s
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::boolean[])
ON CONFLICT DO NOTHING RETURNING id, urgent
"""
"""Django writes many rows and leaves out those that are there, but does not tell which were left out."""


Text = str | Promise
"""Words for the one who is told: as they are, or, by `saying`, in the language of each."""


def saying(sentence: Text, **facts: object) -> Promise:
    """`sentence`, given by `gettext_lazy`, with its facts, to be put into words for each who is told of it."""
    return cast(Promise, lazy(lambda: str(sentence) % facts, str)())


@dataclass(frozen=True, slots=True)
class Telling:
    """One event and whom to tell of it; `key` names the event. The subject is in words of ours and reaches each in an
    own language; the body may be somebody's own words."""

    users: Iterable[User]
    key: str
    subject: Promise
    url: str
    body: Text = ""
    dossier: str = ""
    urgent: bool = False


def notify(
    users: Iterable[User],
    *,
    key: str,
    subject: Promise,
    body: Text = "",
    url: str,
    dossier: str = "",
    by: Actor | None = None,
    urgent: bool = False,
) -> int:
    """Tell each active user of the event `key`; those already told, the one who did it, and whoever must see nothing of
    the dossier (`accounts.veils`) are left out.

    Returns how many were told now. Words given by `saying` reach each in the language of the account. An urgent one is
    mailed at once by a job of the same transaction.
    """
    return notify_many([Telling(users, key, subject, url, body, dossier, urgent)], by=by)


def notify_many(tellings: Iterable[Telling], *, by: Actor | None = None) -> int:
    """What `notify` does, for many events in a constant number of queries."""
    told_at = now()
    heard = [(telling, _listeners(telling, by)) for telling in tellings]
    secret = hidden(_by_dossier(heard))
    notices = [
        _notice(telling, user, told_at)
        for telling, users in heard
        for user in users
        if (telling.dossier, user.pk) not in secret
    ]
    return _keep(notices, told_at) if notices else 0


@transaction.atomic(savepoint=False)  # nothing here is caught and gone on from
def _keep(notices: list[Notice], told_at: datetime) -> int:
    """Write them; returns how many were new. The urgent ones of these are mailed."""
    columns = [[getattr(notice, name) for notice in notices] for name in WRITTEN]
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [told_at, *columns])
        new: list[tuple[int, bool]] = cursor.fetchall()
    mailed: list[JSONValue] = [number for number, at_once in new if at_once]
    if mailed:
        app.configure_task("notices.mail_urgent").defer(notices=mailed)
    return len(new)


def _listeners(telling: Telling, by: Actor | None) -> list[User]:
    people = {user.pk: user for user in telling.users}.values()
    return [user for user in people if user.is_active and (by is None or user.actor_id != by.actor_id)]


def _by_dossier(heard: Iterable[tuple[Telling, list[User]]]) -> dict[str, list[User]]:
    found: dict[str, list[User]] = {}
    for telling, users in heard:
        if telling.dossier and users:
            found.setdefault(telling.dossier, []).extend(users)
    return found


def _notice(telling: Telling, user: User, at: datetime) -> Notice:
    with override(user.language):
        subject, body = " ".join(str(telling.subject).split())[:250], str(telling.body)  # a header is one line
    return Notice(
        user=user, key=telling.key, subject=subject, body=body, url=telling.url, dossier=telling.dossier,
        urgent=telling.urgent, at=at, folded=fold(f"{subject} {body}"),
    )  # fmt: skip


def withdraw(dossiers: Iterable[str], *, user: User) -> int:
    """Take back what `user` was told of dossiers that the person must see nothing of any more; returns how many."""
    return Notice.objects.filter(user=user, dossier__in=list(dossiers)).delete()[0]


def mark_read(notice: Notice, *, by: User) -> Notice:
    """The person has seen it."""
    require(rules.may_read(by, notice))
    if notice.read_at is None:
        notice.read_at = now()
        notice.save(update_fields=["read_at"])
    return notice


def mark_seen(numbers: Iterable[int], *, by: User) -> int:
    """The person has opened what these own notices tell of; returns how many were new."""
    return Notice.objects.filter(pk__in=list(numbers), user=by, read_at=None).update(read_at=now())


def mark_all_read(*, by: User, before: datetime | None = None) -> int:
    """The person has seen all there is, or all that came `before` a moment; returns how many were new."""
    unread = Notice.objects.filter(user=by, read_at=None)
    return (unread.filter(at__lt=before) if before else unread).update(read_at=now())


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
