"""An installation with some content, and an empty one to restore into."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from pytest_django import Settings

from khue.core.actors import SystemActor
from khue.core.postgres import create_database, drop_database
from khue.journal.actions import record
from khue.site.upkeep import postgres


@dataclass(frozen=True)
class Neighbour:
    """The server that the tests use, whichever it is."""

    def database_url(self, name: str) -> str:
        conninfo, environment = postgres.address()
        return psycopg.conninfo.make_conninfo(conninfo, dbname=name, password=environment["PGPASSWORD"])


@pytest.fixture
def installation(transactional_db: None, settings: Settings, tmp_path: Path) -> Path:
    """A folder with attachments and a shelf; the database has journal entries."""
    settings.VAR = tmp_path / "var"
    settings.MEDIA_ROOT = settings.VAR / "files"
    settings.PROCESSES = tmp_path / "processes"
    for name, text in {"var/files/ab/giấy mời.txt": "một", "processes/calendar/2026.toml": "days = []"}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    for number in range(3):
        record("dossier:1", "noted", by=SystemActor("Thử"), number=number)
    return tmp_path


@pytest.fixture
def emptied(installation: Path) -> Iterator[None]:
    """Call `getfixturevalue("emptied")` after the backup: from then on Django uses an empty database and folders."""
    server, name = Neighbour(), f"khue_test_empty_{secrets.token_hex(4)}"
    here = connection.settings_dict["NAME"]
    create_database(server, name)
    connection.close()
    connection.settings_dict["NAME"] = name
    settings.MEDIA_ROOT = installation / "other" / "files"
    yield
    connection.close()
    connection.settings_dict["NAME"] = here
    drop_database(server, name)
