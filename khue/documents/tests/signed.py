"""PDFs to test with: plain, signed, and signed then changed."""

import io
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.core.files.base import ContentFile


def plain_pdf() -> bytes:
    """A PDF of one empty page."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    out, places = io.BytesIO(b""), []
    out.write(b"%PDF-1.7\n")
    for number, part in enumerate(parts, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    start = out.tell()
    out.write(b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


@cache
def certificate(days: int = 365) -> tuple[bytes, bytes]:
    """A key and its self-signed certificate, both PEM; valid from 30 days ago for `days` days."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, "Bùi Văn Khánh"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Sở Khoa học và Công nghệ"),
        ]
    )
    begins = datetime.now(UTC) - timedelta(days=30)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(True, True, False, False, False, True, False, False, False),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return secret, made.public_bytes(serialization.Encoding.PEM)


def signed_pdf(folder: object, days: int = 365) -> bytes:
    """A PDF signed with that certificate; `folder` is where key and certificate may lie meanwhile."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, signers

    secret, public = certificate(days)
    key_file, certificate_file = folder / "key.pem", folder / "certificate.pem"  # type: ignore[operator]
    key_file.write_bytes(secret)
    certificate_file.write_bytes(public)
    signer = signers.SimpleSigner.load(str(key_file), str(certificate_file))
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(plain_pdf()))
    signers.sign_pdf(writer, PdfSignatureMetadata(field_name="Signature1"), signer=signer, output=out)
    return out.getvalue()


def upload(data: bytes, name: str = "ban-ky.pdf") -> "ContentFile[bytes]":
    """An upload of these bytes."""
    return ContentFile(data, name=name)
