"""What the journal says of documents, number series and case files."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "document.entered": _("%(actor)s entered it from the register under arrival number %(number)s"),
    "series.entered": _("%(actor)s entered numbers %(first)s to %(last)s from the book; %(missing)s have no row there"),
    "document.registered": _("%(actor)s registered it under arrival number %(number)s"),
    "document.corrected": _("%(actor)s corrected its facts"),
    "document.read": _("%(actor)s read the file"),
    "document.content-taken-out": _("%(actor)s took the file out, because the document bears a mark of secrecy"),
    "document.forwarded": _("%(actor)s forwarded it to %(to)s"),
    "document.disposed": _("%(actor)s wrote on the disposition slip: %(comment)s"),
    "document.acknowledged-receipt": _("%(actor)s acknowledged receipt"),
    "document.acknowledged-recall": _("%(actor)s confirmed that the recalled copy was destroyed"),
    "document.drafted": _("%(actor)s began to write it: %(paper)s"),
    "document.commented": _("%(actor)s commented on the draft: %(comment)s"),
    "document.comment-resolved": _("%(actor)s resolved the comment: %(comment)s"),
    "document.signed-copy": _("%(actor)s attached the signed copy %(signers)s"),
    "document.signed-copy-removed": _("%(actor)s took the signed copy away: %(reason)s"),
    "document.handed-over": _("%(actor)s put %(new)s in the place of %(old)s as the one that goes on with it"),
    "document.numbered": _("%(actor)s gave it the number %(sign)s"),
    "document.issued": _("%(actor)s issued %(sign)s"),
    "document.sent": _("%(actor)s sent it to %(to)s"),
    "document.recalled": _("%(actor)s recalled it: %(reason)s"),
    "document.filed": _("%(actor)s put it into the case file %(file)s"),
    "document.unfiled": _("%(actor)s took it out of the case file %(file)s"),
    "document.reminded": _("%(actor)s reminded %(to)s to acknowledge"),
    "citation.linked": _("%(actor)s linked the citation %(sign)s"),
    "series.opened": _("%(actor)s opened the series %(name)s"),
    "series.reserved": _("%(actor)s reserved number %(number)s of the series %(name)s: %(reason)s"),
    "series.released": _("%(actor)s gave number %(number)s of the series %(name)s back: %(reason)s"),
    "casefile.opened": _("%(actor)s opened the file %(title)s"),
    "casefile.changed": _("%(actor)s changed the description of the file"),
    "trust.added": _("%(actor)s trusted the issuer %(name)s, valid until %(until)s (SHA-256 %(fingerprint)s)"),
    "trust.removed": _("%(actor)s no longer trusts the issuer %(name)s: %(reason)s"),
    "casefile.destroyed": _(
        "%(actor)s destroyed the file by decision %(decision)s of %(day)s; documents whose content went: %(gone)s, "
        "kept in other files: %(kept)s"
    ),
    "casefile.kept-longer": _(
        "%(actor)s kept the file longer by decision %(decision)s of %(day)s, %(old)s → %(new)s: %(reason)s"
    ),
    "casefile.frozen": _("%(actor)s froze the file: %(reason)s"),
}
