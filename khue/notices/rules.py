"""A notice is for one person only."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.refusals import Refusal
from khue.notices.models import Notice

UNREAD = "SELECT COUNT(*) FROM notices_notice WHERE user_id = %s AND read_at IS NULL"


def visible_to(user: User) -> QuerySet[Notice]:
    """The person's own."""
    return Notice.objects.filter(user=user)


def unread(user: AbstractBaseUser) -> int:
    """How many the person has not read, asked for every page."""
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, (user.pk,))
        return int(cursor.fetchone()[0])


def may_read(by: User, notice: Notice) -> Refusal | None:
    """Only the person it was written to."""
    if notice.user_id == by.pk:
        return None
    return Refusal("notice.not-yours", _("This notice was written to somebody else."))
