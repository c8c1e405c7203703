"""Which issuers of certificates are trusted here, and who may say so. The only place that the signature check reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import pem, x509
from django.conf import settings
from django.utils.translation import gettext as _

from khue.accounts.models import Membership, User
from khue.accounts.part import Part
from khue.accounts.roles import all_roles
from khue.accounts.rules import acting_in
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused
from khue.directory.models import valid_on
from khue.documents.models import TrustedCertificate

KEEP = "trust:keep"
SUFFIXES = {".pem", ".crt", ".cer", ".der"}


@dataclass(frozen=True, slots=True)
class Trusted:
    """A trusted issuer; `row` is empty for one that came with the installation, in `processes/trust/`."""

    certificate: x509.Certificate
    row: TrustedCertificate | None = None
    file: str = ""

    @property
    def subject(self) -> str:
        """Whose certificate it is."""
        return named(self.certificate.subject)

    @property
    def issuer(self) -> str:
        """Who issued it."""
        return named(self.certificate.issuer)

    @property
    def valid_from(self) -> datetime:
        """The first moment at which it is valid."""
        begins: datetime = self.certificate.not_valid_before
        return begins

    @property
    def valid_to(self) -> datetime:
        """The last moment at which it is valid."""
        ends: datetime = self.certificate.not_valid_after
        return ends

    @property
    def fingerprint(self) -> str:
        """SHA-256 in pairs, as certificate viewers show it."""
        found: str = self.certificate.sha256.hex(":").upper()
        return found

    @property
    def expired(self) -> bool:
        """Whether signatures of today can no longer rest on it."""
        return self.valid_to < now()


def trusted() -> list[Trusted]:
    """Every issuer that is trusted now: those that administrators added, then those of the installation."""
    rows = TrustedCertificate.objects.filter(removed_at=None).select_related("added_by")
    added = [Trusted(x509.Certificate.load(bytes(row.content)), row) for row in rows]
    known = {each.certificate.sha256 for each in added}
    return [*added, *(each for each in _installed() if each.certificate.sha256 not in known)]


def _installed() -> Iterator[Trusted]:
    folder: Path = settings.PROCESSES / "trust"
    for path in sorted(folder.glob("*")) if folder.is_dir() else []:
        if path.suffix in SUFFIXES:
            for certificate in read_certificates(path.read_bytes()):
                yield Trusted(certificate, file=path.name)


def read_certificates(data: bytes) -> list[x509.Certificate]:
    """The certificates in a PEM file, one or several, or in a DER file, judged by content.

    Raises:
        Refused: `certificate-unreadable`, `certificate-with-key`.
    """
    try:
        if not pem.detect(data):
            return [_loaded(data)]
        parts = list(pem.unarmor(data, multiple=True))
        if any("PRIVATE KEY" in kind for kind, _headers, _der in parts):
            sentence = _(
                "This file holds a private key. Never pass a key on: choose the file of the certificate alone."
            )
            raise Refused(Refusal("certificate-with-key", sentence))
        found = [_loaded(der) for kind, _headers, der in parts if kind in {"CERTIFICATE", "TRUSTED CERTIFICATE"}]
    except (ValueError, TypeError) as error:
        raise Refused(_unreadable()) from error
    if not found:
        raise Refused(_unreadable())
    return found


def _loaded(der: bytes) -> x509.Certificate:
    """Read whole, so that what is no certificate shows at once."""
    certificate = x509.Certificate.load(der, strict=True)
    if not certificate.native:  # the library reads only what is asked for
        raise ValueError
    return certificate


def _unreadable() -> Refusal:
    sentence = _("This is no certificate. Choose a file .pem, .crt, .cer or .der that the issuer publishes.")
    return Refusal("certificate-unreadable", sentence)


def may_keep_trust(by: User) -> Refusal | None:
    """Trust reaches the whole installation, so it is with those administrators above whom no other one stands."""
    parts = [part for part in acting_in(by) if part.allows(KEEP)]
    if any(not _kept_above(part) for part in parts):
        return None
    return Refusal("trust-not-yours", _("Only the highest administrators decide which issuers are trusted."))


def _kept_above(part: Part) -> bool:
    """Whether a unit above that of `part` has an administrator today."""
    above = [int(number) for number in part.unit_path.strip("/").split("/")][:-1]
    roles = [role.name for role in all_roles().values() if role.allows(KEEP)]
    kept = Membership.objects.filter(valid_on(today()), unit__in=above, role__in=roles, user__is_active=True)
    return kept.exists()


def may_trust(certificate: x509.Certificate) -> Refusal | None:
    """The certificate of an issuer that is valid today and not trusted yet."""
    facts = {"name": named(certificate.subject), "day": f"{certificate.not_valid_after:%d/%m/%Y}"}
    if certificate.ca is False or (certificate.ca is None and certificate.self_signed == "no"):
        sentence = _("“%(name)s” is the certificate of a signer, not of an issuer. Choose the one of the issuer.")
        return Refusal("certificate-no-issuer", sentence % facts)
    if certificate.not_valid_after < now():
        sentence = _("The certificate of “%(name)s” ended on %(day)s. Ask the issuer for the new one.")
        return Refusal("certificate-expired", sentence % facts)
    if any(each.certificate.sha256 == certificate.sha256 for each in trusted()):
        return Refusal("certificate-known", _("“%(name)s” is trusted already.") % facts)
    return None


def named(name: x509.Name) -> str:
    """A name of a certificate for people: common name, organisation."""
    native = name.native
    parts = [native.get("common_name"), native.get("organization_name")]
    words = [", ".join(part) if isinstance(part, list) else str(part) for part in parts if part]
    return " · ".join(dict.fromkeys(words))[:500] or str(name.human_friendly)[:500]
