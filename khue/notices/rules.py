"""A notice is for one person only."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.refusals import Refusal
from khue.notices.models import Notice


def visible_to(user: User) -> QuerySet[Notice]:
    """The person's own."""
    return Notice.objects.filter(user=user)


def may_read(by: User, notice: Notice) -> Refusal | None:
    """Only the person it was written to."""
    if notice.user_id == by.pk:
        return None
    return Refusal("notice.not-yours", _("This notice was written to somebody else."))
