"""A notice is for one person only."""

from dataclasses import dataclass, field

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.refusals import Refusal
from khue.notices.models import Notice

UNREAD = """
SELECT COUNT(*) FILTER (WHERE NOT here), ARRAY_AGG(id) FILTER (WHERE here)
FROM (
    SELECT id, split_part(url, '#', 1) = ANY (%s) AS here FROM notices_notice WHERE user_id = %s AND read_at IS NULL
) AS unread
"""
OPENED = "_opened_page"
"""Where a person's `Opened` lies for one request."""


@dataclass(slots=True)
class Opened:
    """The page that a person opens: its addresses, and the unread notices that lead there once the bell counted."""

    addresses: list[str]
    told: list[int] = field(default_factory=list)


def visible_to(user: User) -> QuerySet[Notice]:
    """The person's own."""
    return Notice.objects.filter(user=user)


def unread(user: AbstractBaseUser) -> int:
    """How many the person has not read, asked for every page; those that lead to the page itself are being read."""
    opened: Opened | None = user.__dict__.get(OPENED)
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, (opened.addresses if opened else [], user.pk))
        count, here = cursor.fetchone()
    if opened is not None:
        opened.told = here or []
    return int(count)


def may_read(by: User, notice: Notice) -> Refusal | None:
    """Only the person it was written to."""
    if notice.user_id == by.pk:
        return None
    return Refusal("notice.not-yours", _("This notice was written to somebody else."))
