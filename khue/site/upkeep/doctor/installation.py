"""How this installation is set up: mail, settings for the open net, calendar, backups."""

import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone
from django.utils.translation import gettext as _

from khue.accounts.models import Membership
from khue.core.clock import now, today
from khue.documents.rules.trust import trusted
from khue.site.upkeep.backup import STAMP
from khue.site.upkeep.doctor.finding import Finding

SMTP = "django.core.mail.backends.smtp.EmailBackend"
PATIENCE = 5
"""Seconds to wait for the mail server."""
ENDS_SOON = timedelta(days=60)
"""So long before a certificate ends the doctor says so."""
OLD = timedelta(days=2)
"""Age of the last backup from which on it is too old: it is meant to be made every night."""


def mail() -> Iterator[Finding]:
    """Whether mail leaves the machine, and the mail server answers."""
    if settings.EMAIL_BACKEND != SMTP:
        sentence = _("Mail is not sent, only kept on this machine: name a mail server in KHUE_MAIL_URL.")
        yield Finding("minor", _("Mail"), sentence)
        return
    server = get_connection(timeout=PATIENCE)
    facts = {"server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"}
    try:
        server.open()
        server.close()
    except (OSError, smtplib.SMTPException) as error:
        sentence = _("The mail server %(server)s does not answer: %(said)s")
        yield Finding("bad", _("Mail"), sentence % (facts | {"said": error}))
    else:
        yield Finding("good", _("Mail"), _("The mail server %(server)s answers.") % facts)


def people() -> Iterator[Finding]:
    """Whether somebody can sign in and keep the accounts."""
    if Membership.objects.filter(role="administrator", valid_to=None, user__is_active=True).exists():
        yield Finding("good", _("Administrator"), _("Somebody keeps the accounts."))
    else:
        sentence = _("Nobody keeps the accounts yet: run `khue invite ADDRESS --name … --unit …` and open the link.")
        yield Finding("minor", _("Administrator"), sentence)


def protection() -> Iterator[Finding]:
    """Settings that must not stay as on a laptop once others reach the site."""
    if settings.DEBUG:
        yield Finding("bad", _("Protection"), _("KHUE_DEBUG shows inner details to visitors: turn it off."))
    elif not settings.SITE_URL.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        sentence = _("%(url)s is not encrypted: put a reverse proxy with https before it and set KHUE_URL.")
        yield Finding("minor", _("Protection"), sentence % {"url": settings.SITE_URL})
    else:
        yield Finding("good", _("Protection"), _("Addresses and secrets are set safely."))


def certificates() -> Iterator[Finding]:
    """Whether issuers of digital signatures are trusted, and their certificates last a while yet."""
    kept = trusted()
    if not kept:
        sentence = _("No issuer of certificates is trusted: digital signatures are shown with an unknown issuer.")
        yield Finding("minor", _("Certificates"), sentence)
    soon = [each for each in kept if each.valid_to < now() + ENDS_SOON]
    for each in soon:
        facts = {"name": each.subject, "day": f"{each.valid_to:%d/%m/%Y}"}
        sentence = _("The certificate of %(name)s ends on %(day)s: add the new one on the page of trusted issuers.")
        if each.expired:
            sentence = _("The certificate of %(name)s ended on %(day)s: remove it on the page of trusted issuers.")
        yield Finding("minor", _("Certificates"), sentence % facts)
    if kept and not soon:
        yield Finding("good", _("Certificates"), _("Trusted issuers: %(count)s, all valid.") % {"count": len(kept)})


def calendar() -> Iterator[Finding]:
    """Whether the swapped working days of this year, and from December on of the next, are on the shelf."""
    year = (today() + timedelta(days=31)).year
    facts = {"year": year, "file": f"calendar/{year}.toml"}
    if (settings.PROCESSES / "calendar" / f"{year}.toml").is_file():
        yield Finding("good", _("Calendar"), _("Days off and swapped days of %(year)d are known.") % facts)
    else:
        sentence = _("The swapped working days of %(year)d are missing (%(file)s): deadlines may be a day off.")
        yield Finding("minor", _("Calendar"), sentence % facts)


def backups() -> Iterator[Finding]:
    """When the last backup was made."""
    stamp = settings.VAR / STAMP
    made_at = datetime.fromisoformat(stamp.read_text()) if stamp.is_file() else None
    if made_at is None:
        yield Finding("minor", _("Backup"), _("No backup has been made yet: run `khue backup DIR` every night."))
        return
    facts = {"at": timezone.localtime(made_at).strftime("%d/%m/%Y %H:%M")}
    old = now() - made_at > OLD
    sentence = _("The last backup is of %(at)s: make one every night.") if old else _("The last backup is of %(at)s.")
    yield Finding("minor" if old else "good", _("Backup"), sentence % facts)
