"""The doctor looks at real things: a closed port, an empty folder, a mail server that answers."""

import os
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from khue.core.clock import now
from khue.core.refusals import Refused
from khue.site.upkeep.backup import STAMP
from khue.site.upkeep.doctor import examine, installation, machine, server
from khue.site.upkeep.tables import strange_tables

PROJECT = Path(__file__).parents[4]


class Postman(socketserver.StreamRequestHandler):
    """A mail server that greets and says yes."""

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        for _line in self.rfile:
            self.wfile.write(b"250 yes\r\n")


@pytest.fixture
def post_office() -> Iterator[int]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postman) as server:
        threading.Thread(target=server.serve_forever, args=[0.01]).start()  # seconds until it hears that it may stop
        yield server.server_address[1]
        server.shutdown()


def levels(findings: object) -> list[str]:
    assert isinstance(findings, Iterator)
    return [finding.level for finding in findings]


@pytest.mark.django_db
def test_a_database_in_order_is_well_but_for_its_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "the one the tests use")
    assert levels(server.database()) == ["good", "good", "good", "minor"]


@pytest.mark.django_db
def test_missing_tables_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "the one the tests use")
    call_command("migrate", "journal", "zero", verbosity=0)
    assert "khue migrate" in next(f.sentence for f in server.database() if f.level == "bad")


@pytest.mark.django_db
def test_tables_of_another_version_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "the one the tests use")
    assert strange_tables() is None
    MigrationRecorder(connection).record_applied("documents", "0042_of_another_time")
    assert "documents.0042_of_another_time" in next(f.sentence for f in server.database() if f.level == "bad")


def test_a_clock_that_is_off_is_bad() -> None:
    assert server.clock(timedelta(seconds=4)).level == "good"
    assert "61" in server.clock(timedelta(seconds=61)).sentence


def test_an_old_server_and_a_foreign_encoding_are_bad() -> None:
    assert server.release("18.6", "UTF8").level == "good"
    assert "14.1" in server.release("14.1 (Debian)", "UTF8").sentence
    assert "SQL_ASCII" in server.release("18.6", "SQL_ASCII").sentence


def test_mail_is_tried_for_real(settings: Settings, post_office: int) -> None:
    settings.EMAIL_BACKEND = installation.SMTP
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post_office
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    assert levels(installation.mail()) == ["good"]
    settings.EMAIL_PORT = 1
    assert levels(installation.mail()) == ["bad"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert levels(installation.mail()) == ["minor"]


def test_calendar_backups_and_protection_follow_the_installation(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = settings.PROCESSES = tmp_path
    assert levels(installation.calendar()) == levels(installation.backups()) == ["minor"]
    year = (now() + timedelta(days=31)).year
    (tmp_path / "calendar").mkdir()
    (tmp_path / "calendar" / f"{year}.toml").write_text("")
    (tmp_path / STAMP).write_text(now().isoformat())
    assert levels(installation.calendar()) == levels(installation.backups()) == ["good"]
    (tmp_path / STAMP).write_text((now() - timedelta(days=3)).isoformat())
    assert levels(installation.backups()) == ["minor"]
    settings.DEBUG = True
    assert levels(installation.protection()) == ["bad"]
    settings.DEBUG, settings.SITE_URL = False, "http://khcn.example.vn"
    assert levels(installation.protection()) == ["minor"]


def test_programs_are_missed_where_they_are_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert levels(machine.programs()) == ["minor", "minor"]
    assert "fonts-liberation" in list(machine.fonts())[-1].sentence


def test_parts_of_the_pages_are_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "PARTS", ("tabler/css/not-there.css",))
    found = next(machine.fonts())
    assert found.level == "bad"
    assert "make setup" in found.sentence


@pytest.mark.django_db
def test_the_command_says_everything_and_counts_what_is_bad(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "the one the tests use")
    settings.DEBUG = True
    bad = sum(finding.level == "bad" for finding in examine())
    with pytest.raises(Refused, match=str(bad)):
        call_command("doctor")
    assert len(capsys.readouterr().out.splitlines()) == len(list(examine()))


def test_a_database_that_cannot_be_reached_is_one_finding_among_others(tmp_path: Path) -> None:
    environment = os.environ | {"DATABASE_URL": "postgresql://khue@127.0.0.1:1/khue", "KHUE_VAR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "khue", "doctor"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stdout
    assert "LibreOffice" in done.stdout
    assert len(done.stderr.splitlines()) == 1
