"""Trusting issuers of certificates, and no longer trusting them."""

from asn1crypto import x509
from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.documents.models import TrustedCertificate
from khue.documents.rules.trust import may_keep_trust, may_trust, named, read_certificates
from khue.journal.actions import record

DOSSIER = "trust:certificates"
LARGEST = 2**20


@transaction.atomic
def trust(data: bytes, *, by: User) -> list[TrustedCertificate]:
    """Trust the issuers whose certificates a file holds, all or none.

    Raises:
        Refused: `trust-not-yours`, `certificate-unreadable`, `certificate-with-key`, `certificate-no-issuer`,
            `certificate-expired`, `certificate-known`.
    """
    require(may_keep_trust(by))
    if len(data) > LARGEST:
        raise Refused(Refusal("certificate-unreadable", _("A certificate is a small file; this one is too large.")))
    return [_trusted(certificate, by) for certificate in read_certificates(data)]


def _trusted(certificate: x509.Certificate, by: User) -> TrustedCertificate:
    require(may_trust(certificate))
    made = TrustedCertificate.objects.create(
        content=certificate.dump(), fingerprint=certificate.sha256.hex(), subject=named(certificate.subject),
        issuer=named(certificate.issuer), valid_from=certificate.not_valid_before,
        valid_to=certificate.not_valid_after, added_by=by,
    )  # fmt: skip
    record(
        DOSSIER,
        "trust.added",
        by=by,
        name=made.subject,
        fingerprint=made.fingerprint,
        until=f"{made.valid_to:%d/%m/%Y}",
    )
    return made


@transaction.atomic
def distrust(certificate: TrustedCertificate, *, by: User, reason: str) -> TrustedCertificate:
    """No longer trust it; what was checked before keeps its result.

    Raises:
        Refused: `trust-not-yours`, `reason-missing`.
    """
    require(may_keep_trust(by))
    taken = TrustedCertificate.objects.select_for_update(of=["self"]).get(pk=certificate.pk)
    if not reason.strip():
        raise Refused(Refusal("reason-missing", _("Say why; the reason stays in the journal.")))
    if taken.removed_at is None:
        taken.removed_at, taken.removed_by, taken.reason = now(), by, reason.strip()[:300]
        taken.save(update_fields=["removed_at", "removed_by", "reason"])
        record(DOSSIER, "trust.removed", by=by, name=taken.subject, fingerprint=taken.fingerprint, reason=taken.reason)
    return taken
