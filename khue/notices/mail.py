"""Notices by e-mail: urgent ones at once, the others in one message a working day."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from email.headerregistry import Address
from functools import partial
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import ngettext

from khue.accounts.models import User
from khue.core import calendar
from khue.core.clock import now
from khue.notices.models import Notice, Preferences

MOST = 50
"""So many notices stand in one digest; the rest is counted and can be read in the list."""


def mail_urgent(notice_ids: Iterable[int]) -> int:
    """Mail urgent notices that were not mailed yet to those who want it; returns how many messages went out."""
    return sum(_went_out(partial(_mail_one, one)) for one in notice_ids)


@transaction.atomic
def _mail_one(notice_id: int) -> bool:
    waiting = Notice.objects.select_for_update(of=["self"], skip_locked=True).filter(mailed_at=None, read_at=None)
    notice = waiting.select_related("user").filter(pk=notice_id, user__is_active=True).first()
    if notice is None or Preferences.objects.filter(user=notice.user, mail=Preferences.Mail.NONE).exists():
        return False
    notice.mailed_at = now()
    notice.save(update_fields=["mailed_at"])
    _send(notice.user, notice.subject, [notice], 0)
    return True


def send_digests() -> int:
    """Send today's digests to all who have unread news and had none today; returns how many went out.

    Nothing goes out on days off, nor before the hour of `DIGEST_HOUR`. Each person is one transaction, so a mail
    server that fails half-way loses nobody's.
    """
    moment = timezone.localtime(now())
    if moment.hour < settings.DIGEST_HOUR or not calendar.is_working(moment.date()):
        return 0
    people = User.objects.filter(is_active=True, notices__mailed_at=None, notices__read_at=None)
    wanted = Q(notice_preferences=None) | Q(notice_preferences__mail=Preferences.Mail.DIGEST)
    waiting = people.filter(wanted, notices__isnull=False).distinct().values_list("pk", flat=True)
    return sum(_went_out(partial(_send_digest, one, moment)) for one in list(waiting))


def _went_out(send: Callable[[], bool]) -> bool:
    """Send a message, and tell whether it went out: an address that the server refuses keeps nobody else's back, and
    is tried again with what comes later."""
    try:
        return send()
    except SMTPRecipientsRefused:
        return False


@transaction.atomic
def _send_digest(user_id: int, moment: datetime) -> bool:
    Preferences.objects.get_or_create(user_id=user_id)
    preferences = Preferences.objects.select_for_update(of=["self"]).select_related("user").get(user_id=user_id)
    if preferences.digest_on == moment.date():
        return False
    unread = Notice.objects.select_for_update().filter(user_id=user_id, mailed_at=None, read_at=None)
    notices = list(unread.order_by("-urgent", "-at"))
    if not notices:
        return False
    preferences.digest_on = moment.date()
    preferences.save(update_fields=["digest_on"])
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=now())
    with translation.override(preferences.user.language):
        count = len(notices)
        subject = ngettext("%(count)s thing to look at", "%(count)s things to look at", count) % {"count": count}
    _send(preferences.user, subject, notices[:MOST], max(0, count - MOST))
    return True


def _send(user: User, subject: str, notices: Sequence[Notice], more: int) -> None:
    facts = {"user": user, "subject": subject, "notices": notices, "more": more, "site": settings.SITE_URL}
    with translation.override(user.language):
        message = EmailMultiAlternatives(
            f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}",
            render_to_string("notices/mail/notices.txt", facts),
            to=[_addressed(user)],
        )
        message.attach_alternative(render_to_string("notices/mail/notices.html", facts), "text/html")
    message.send()


def _addressed(user: User) -> str:
    """The person and the mailbox in one, whatever signs the name holds."""
    mailbox, _, domain = user.email.rpartition("@")
    return str(Address(" ".join(user.full_name.split()), mailbox, domain))
