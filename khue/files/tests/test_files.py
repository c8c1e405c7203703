"""Taking files in, reading them, opening them, removing them."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from importlib import import_module

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from docx import Document
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from khue.accounts.models import User
from khue.core.actors import IMPORTER
from khue.core.clock import at
from khue.core.refusals import Refused
from khue.directory.models import Person
from khue.files import actions, reading, rules, store
from khue.files.models import File, Opening, Version
from khue.journal.models import Entry
from khue.language.reading.tests.pdf_writer import Sheet, pdf

pytestmark = pytest.mark.django_db
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000"
    "000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def officer() -> User:
    return User.objects.create_user("an@example.vn", "Nguyễn Văn An")


@pytest.fixture
def dossier(officer: User) -> Iterator[str]:
    """A dossier of an invented kind that only its named person may see, and only `restricted` ones restricted files."""
    person = Person.objects.create(full_name="Hồ sơ mẫu")
    officer.person = person
    officer.save()
    rules.register(
        "sample",
        lambda user: Person.objects.filter(user=user),
        restricted=lambda user: Person.objects.filter(user=user, title="mật"),
    )
    yield f"sample:{person.pk}"
    rules._kinds.pop("sample")


def word(*paragraphs: str) -> ContentFile:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return ContentFile(buffer.getvalue(), "cong-van.docx")


def run_job(version: Version) -> None:
    app.tasks["files.extract_text"](version_id=version.pk)
    version.refresh_from_db()


def test_a_word_file_is_kept_journalled_and_read_by_a_job(dossier: str) -> None:
    file = actions.attach(word("Giao Sở Tài chính chủ trì."), dossier=dossier, by=IMPORTER)
    version = file.current
    assert (version.kind, version.text_state) == ("docx", "waiting")
    job = ProcrastinateJob.objects.get(task_name="files.extract_text")
    assert job.args == {"version_id": version.pk}
    run_job(version)
    assert version.text_state == "read"
    assert version.text.strip() == "Giao Sở Tài chính chủ trì."
    assert reading.source_of(version).lines[0].end == len("Giao Sở Tài chính chủ trì.")
    assert Entry.objects.get(dossier=dossier).facts["sha256"] == version.sha256


def test_the_app_that_waits_is_told_also_of_what_cannot_be_read(dossier: str, monkeypatch) -> None:
    told: list[str] = []
    monkeypatch.setitem(reading._waiting, "sample", lambda version: told.append(version.text_state))
    file = actions.attach(word("Một"), dossier=dossier, by=IMPORTER)
    store.path_of(file.current.sha256).write_bytes(b"changed")
    run_job(file.current)
    run_job(actions.attach(word("Hai"), dossier=dossier, by=IMPORTER).current)
    assert told == ["unreadable", "read"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("van-ban.pdf", b"", "files.empty"),
        ("van-ban.pdf", b"%PDF-1.7 and nothing more", "files.damaged"),
        ("van-ban.docx", b"%PDF-1.7\n", "files.mislabelled"),
        ("cong-cu.exe", b"MZ\x90\x00" + b"\x00" * 200, "files.not-allowed"),
    ],
)
def test_what_is_not_a_sound_document_is_refused_and_leaves_nothing(
    dossier: str, name: str, content: bytes, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        actions.attach(ContentFile(content, name), dossier=dossier, by=IMPORTER)
    assert refused.value.refusal.code == code
    assert name in refused.value.refusal.sentence
    assert not File.objects.exists()
    assert not Entry.objects.exists()


def test_a_zip_archive_is_not_a_document(dossier: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "chữ")
    with pytest.raises(Refused):
        actions.attach(ContentFile(buffer.getvalue(), "goi.zip"), dossier=dossier, by=IMPORTER)


def test_versions_stay_and_the_newest_counts(dossier: str) -> None:
    file = actions.attach(word("Một"), dossier=dossier, by=IMPORTER)
    actions.add_version(file, word("Hai"), by=IMPORTER)
    file = File.objects.get(pk=file.pk)
    assert [version.number for version in file.versions.all()] == [1, 2]
    assert file.current.number == 2


def test_nobody_sees_files_of_a_dossier_that_is_not_theirs(dossier: str, officer: User, client: Client) -> None:
    file = actions.attach(word("Riêng"), dossier=dossier, by=IMPORTER)
    address = reverse("files:download", args=[file.current.pk])
    assert client.get(address).status_code == 302
    client.force_login(User.objects.create_user("la@example.vn", "Người Lạ"))
    assert client.get(address).status_code == 404
    client.force_login(officer)
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert Opening.objects.get().user == officer


@pytest.mark.parametrize(
    ("file", "shown"),
    [("ban-ve.png", "image/png"), ("van-ban.pdf", "application/pdf"), ("trang.html", ""), ("cong-van.docx", "")],
)
def test_only_what_cannot_run_is_shown_in_place(
    dossier: str, officer: User, client: Client, file: str, shown: str
) -> None:
    content = {"png": PIXEL, "pdf": pdf(Sheet()), "html": b"<html><body><script>alert(1)</script></body></html>"}
    data = content.get(file.rpartition(".")[2]) or word("Riêng").read()
    kept = actions.attach(ContentFile(data, file), dossier=dossier, by=IMPORTER)
    client.force_login(officer)
    answer = client.get(reverse("files:download", args=[kept.current.pk]), {"xem": "1"})
    kind = answer["Content-Disposition"].partition(";")[0]
    assert (answer["Content-Type"], kind) == (
        (shown, "inline") if shown else ("application/octet-stream", "attachment")
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "'none'" in answer["Content-Security-Policy"]
    assert "Cookie" in answer["Vary"], "kept by the browser for this session alone"


def test_restricted_files_need_more(dossier: str, officer: User) -> None:
    actions.attach(word("Mật"), dossier=dossier, by=IMPORTER, restricted=True)
    assert not rules.visible_to(officer).exists()
    Person.objects.filter(user=officer).update(title="mật")
    assert rules.visible_to(officer).count() == 1


def test_an_unregistered_kind_is_seen_by_nobody(officer: User) -> None:
    File.objects.create(dossier_kind="stranger", dossier_id=1, title="x")
    assert not rules.visible_to(officer).exists()


def test_removing_needs_a_reason_and_keeps_the_row(dossier: str, officer: User) -> None:
    file = actions.attach(word("Nhầm"), dossier=dossier, by=IMPORTER)
    with pytest.raises(Refused):
        actions.remove(file, by=officer, reason=" ")
    actions.remove(file, by=officer, reason="Đính nhầm hồ sơ")
    assert not rules.visible_to(officer).exists()
    assert store.load(file.current.sha256)


def test_what_was_removed_takes_no_new_version(dossier: str) -> None:
    file = actions.attach(word("Nhầm"), dossier=dossier, by=IMPORTER)
    actions.remove(file, by=IMPORTER, reason="Đính nhầm")
    with pytest.raises(Refused):
        actions.add_version(file, word("Mới"), by=IMPORTER)


def test_opening_destroyed_content_says_why_to_who_could_have_read_it(
    dossier: str, officer: User, client: Client
) -> None:
    file = actions.attach(word("Hết hạn lưu"), dossier=dossier, by=IMPORTER)
    removed = actions.attach(word("Nhầm"), dossier=dossier, by=IMPORTER)
    with at(date(2026, 11, 3)):
        actions.dispose(file, by=officer, reason="Quyết định 12/QĐ-SKHCN")
    actions.remove(removed, by=officer, reason="Đính nhầm")
    address = reverse("files:download", args=[file.current.pk])
    client.force_login(officer)
    answer = client.get(address)
    assert answer.status_code == 410
    assert "03/11/2026" in answer.content.decode()
    assert "Quyết định 12/QĐ-SKHCN" in answer.content.decode()
    assert client.get(reverse("files:download", args=[removed.current.pk])).status_code == 404
    client.force_login(User.objects.create_user("la@example.vn", "Người Lạ"))
    assert client.get(address).status_code == 404


def test_what_was_destroyed_before_there_was_a_place_for_the_day_says_why_too(
    dossier: str, officer: User, client: Client
) -> None:
    gone = actions.attach(word("Hết hạn lưu"), dossier=dossier, by=IMPORTER)
    removed = actions.attach(ContentFile(store.load(gone.current.sha256), gone.title), dossier=dossier, by=IMPORTER)
    with at(date(2026, 10, 2)):
        actions.remove(removed, by=officer, reason="Đính nhầm")
    with at(date(2026, 11, 3)):
        actions.dispose(gone, by=officer, reason="Quyết định 12/QĐ-SKHCN")
    File.objects.update(disposed_at=None)
    client.force_login(officer)
    address = reverse("files:download", args=[gone.current.pk])
    assert client.get(address).status_code == 404
    with connection.cursor() as cursor:
        cursor.execute(import_module("khue.files.migrations.0003_destroyed_before").FILL)
    answer = client.get(address)
    assert answer.status_code == 410
    assert "03/11/2026" in answer.content.decode()
    assert "Quyết định 12/QĐ-SKHCN" in answer.content.decode()
    assert File.objects.get(pk=removed.pk).disposed_at is None


def test_damaged_content_is_said_not_served(dossier: str, officer: User, client: Client) -> None:
    file = actions.attach(word("Hỏng"), dossier=dossier, by=IMPORTER)
    store.path_of(file.current.sha256).unlink()
    client.force_login(officer)
    assert client.get(reverse("files:download", args=[file.current.pk])).status_code == 409
