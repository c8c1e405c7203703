"""Issuers of certificates: added by content, used by the signature check, removed for a reason."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from khue.accounts.models import Membership, User
from khue.core.refusals import Refused
from khue.directory.models import Unit
from khue.documents.actions.trust import DOSSIER, distrust, trust
from khue.documents.models import Signature, TrustedCertificate
from khue.documents.rules.trust import trusted
from khue.documents.tests.city import LONG_AGO, Office, person
from khue.documents.tests.signed import certificate, signed_pdf
from khue.journal.models import Entry
from khue.journal.timeline import timeline

pytestmark = pytest.mark.usefixtures("put_back")


def made(name: str, *, ca: bool = True, days: int = 900, pem: bool = True, key: bool = False) -> bytes:
    """A self-signed certificate of an elliptic key."""
    secret = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begins = datetime.now(UTC) - timedelta(days=400)
    built = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(secret.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .sign(secret, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM if pem else serialization.Encoding.DER
    plain = serialization.NoEncryption()
    hidden = secret.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain) if key else b""
    return hidden + built.public_bytes(encoding)


@pytest.fixture(autouse=True)
def no_folder(tmp_path: Path, settings: object) -> None:
    """Nothing came with the installation, unless a test puts it there."""
    (tmp_path / "shelf").mkdir()
    shelf = Path(settings.PROCESSES)  # type: ignore[attr-defined]
    for each in shelf.iterdir():
        if each.name != "trust":
            (tmp_path / "shelf" / each.name).symlink_to(each)
    settings.PROCESSES = tmp_path / "shelf"  # type: ignore[attr-defined]


@pytest.fixture
def keeper(here: Office) -> User:
    return person("Quản Trị", "administrator", here.sokhcn.parent)


def test_the_issuer_added_by_an_administrator_is_trusted_by_the_check(keeper: User, tmp_path: Path) -> None:
    from khue.documents.rules.signatures import signatures_of

    pdf = signed_pdf(tmp_path)
    assert signatures_of(pdf)[0].trust == Signature.Trust.UNKNOWN
    (added,) = trust(certificate(365)[1], by=keeper)
    assert signatures_of(pdf)[0].trust == Signature.Trust.TRUSTED
    distrust(added, by=keeper, reason="Hết hợp đồng")
    assert signatures_of(pdf)[0].trust == Signature.Trust.UNKNOWN
    assert [entry.verb for entry in Entry.objects.filter(dossier=DOSSIER)] == ["trust.added", "trust.removed"]
    assert any("Hết hợp đồng" in str(entry) for entry in timeline(DOSSIER))
    assert trust(certificate(365)[1], by=keeper)  # it may be trusted again


def test_content_counts_and_not_the_name(keeper: User) -> None:
    assert [one.subject for one in trust(made("CA Một", pem=False), by=keeper)] == ["CA Một"]
    both = trust(made("CA Hai") + made("CA Ba"), by=keeper)
    assert [one.subject for one in both] == ["CA Hai", "CA Ba"]
    assert {each.subject for each in trusted()} == {"CA Một", "CA Hai", "CA Ba"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "certificate-unreadable"),
        (b"%PDF-1.7 no certificate", "certificate-unreadable"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "certificate-unreadable"),
        (b"x" * (2**20 + 1), "certificate-unreadable"),
        (made("Có khoá", key=True), "certificate-with-key"),
        (made("Người ký", ca=False), "certificate-no-issuer"),
        (made("Cũ", days=100), "certificate-expired"),
    ],
)
def test_what_is_no_issuer_of_today_is_refused(keeper: User, data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        trust(data, by=keeper)
    assert refused.value.refusal.code == code
    assert not TrustedCertificate.objects.exists()


def test_one_bad_certificate_keeps_the_others_of_its_file_out(keeper: User) -> None:
    with pytest.raises(Refused):
        trust(made("Tốt") + made("Người ký", ca=False), by=keeper)
    assert trusted() == []


def test_nothing_is_trusted_twice(keeper: User) -> None:
    data = made("CA Một")
    trust(data, by=keeper)
    with pytest.raises(Refused) as refused:
        trust(data, by=keeper)
    assert refused.value.refusal.code == "certificate-known"


def test_only_administrators_with_none_above_decide(here: Office) -> None:
    below = person("Quản Trị Sở", "administrator", here.sokhcn)
    first = trust(made("CA Sở"), by=below)  # while there is nobody above
    assert first
    person("Quản Trị", "administrator", here.sokhcn.parent)
    below = User.objects.get(pk=below.pk)
    for user in (here.clerk, here.leader, below):
        with pytest.raises(Refused) as refused:
            trust(made("CA Một"), by=user)
        assert refused.value.refusal.code == "trust-not-yours"


def test_the_folder_of_the_installation_counts_as_well(tmp_path: Path, keeper: User) -> None:
    folder = tmp_path / "shelf" / "trust"
    folder.mkdir()
    (folder / "a.der").write_bytes(made("CA Cài sẵn", pem=False))
    (folder / "GHI-CHU.txt").write_text("không phải chứng thư")
    (one,) = trusted()
    assert (one.subject, one.file, one.row) == ("CA Cài sẵn", "a.der", None)


def test_the_page_adds_shows_and_removes(keeper: User, here: Office, client: Client) -> None:
    address = reverse("documents:certificates")
    client.force_login(here.clerk)
    assert "quản trị cấp cao nhất" in client.get(address).content.decode()
    client.force_login(keeper)
    assert "Chưa tin cậy tổ chức nào" in client.get(address).content.decode()
    wrong = client.post(address, {"file": SimpleUploadedFile("a.crt", b"hello")})
    assert wrong.status_code == 422
    assert "không phải chứng thư" in wrong.content.decode()
    client.post(address, {"file": SimpleUploadedFile("a.crt", made("CA Một"))})
    row = TrustedCertificate.objects.get()
    page = client.get(address).content.decode()
    for words in ("CA Một", "Quản Trị", f"{row.valid_to:%d/%m/%Y}", row.fingerprint[:2].upper()):
        assert words in page
    client.post(reverse("documents:certificate-distrust", args=[row.pk]), {"reason": " "})
    row.refresh_from_db()
    assert row.removed_at is None
    client.post(reverse("documents:certificate-distrust", args=[row.pk]), {"reason": "Thử"})
    row.refresh_from_db()
    assert (row.removed_by, row.reason) == (keeper, "Thử")


def test_membership_elsewhere_at_the_top_counts(here: Office) -> None:
    """A second tree has administrators of its own; they share one installation and its trust."""
    top = Unit.objects.create(name="Tổ chức khác", kind="authority", valid_from=LONG_AGO)
    user = person("Người Khác")
    Membership.objects.create(user=user, unit=top, role="administrator", valid_from=LONG_AGO)
    assert trust(made("CA Một"), by=user)
