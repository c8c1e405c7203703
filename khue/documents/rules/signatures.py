"""Checking the digital signatures of a PDF with pyHanko. Nothing is fetched from the network."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from asn1crypto import x509
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from khue.documents.models import Signature
from khue.documents.rules.trust import trusted

Trust = Signature.Trust


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one signature."""

    signer: str
    organisation: str
    certificate_issuer: str
    signed_at: datetime | None
    timestamped: bool
    intact: bool
    covers_whole: bool
    trust: str
    problem: str = ""


def signatures_of(data: bytes) -> list[Checked]:
    """The signatures of a PDF, oldest first; an empty list for a PDF without any or a file that is no PDF."""
    if not data.startswith(b"%PDF"):
        return []
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        embedded = list(reader.embedded_regular_signatures)
    except (PdfError, ValueError, KeyError, IndexError, TypeError):
        return []
    roots = [each.certificate for each in trusted()] if embedded else []
    return [_checked(one, roots, last=one is embedded[-1]) for one in embedded]


def _checked(embedded: Any, roots: list[x509.Certificate], *, last: bool) -> Checked:
    certificate = embedded.signer_cert
    subject, issuer = certificate.subject.native, certificate.issuer.native
    known = {
        "signer": _text(subject.get("common_name") or certificate.subject.human_friendly),
        "organisation": _text(subject.get("organization_name") or ""),
        "certificate_issuer": _text(issuer.get("common_name") or certificate.issuer.human_friendly),
    }
    try:
        status = validate_pdf_signature(embedded, ValidationContext(trust_roots=roots, allow_fetching=False))
    except (SignatureValidationError, SigningError, PdfError, ValueError) as error:
        return Checked(
            **known,
            signed_at=embedded.self_reported_timestamp,
            timestamped=False,
            intact=False,
            covers_whole=False,
            trust=Trust.UNKNOWN,
            problem=_("The signature cannot be read: %(error)s") % {"error": error},
        )
    intact = bool(status.intact and status.valid)
    stamp = status.timestamp_validity if status.timestamp_validity and status.timestamp_validity.intact else None
    signed_at = stamp.timestamp if stamp else status.signer_reported_dt
    covers = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    earlier = not last and status.coverage == SignatureCoverageLevel.ENTIRE_REVISION
    return Checked(
        **known,
        signed_at=signed_at,
        timestamped=stamp is not None,
        intact=intact,
        covers_whole=covers or earlier,
        trust=_trust(bool(status.trusted), certificate, signed_at),
        problem="" if intact else _("The content was changed after it was signed."),
    )


def _trust(trusted: bool, certificate: x509.Certificate, signed_at: datetime | None) -> str:
    day = signed_at or datetime.now(UTC)
    if not certificate.not_valid_before <= day <= certificate.not_valid_after:
        return Trust.EXPIRED
    return Trust.TRUSTED if trusted else Trust.UNKNOWN


def _text(value: Any) -> str:
    return (", ".join(value) if isinstance(value, list) else str(value))[:250]
