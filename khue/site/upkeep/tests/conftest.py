"""An installation with some content, and an empty one to restore into."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from khue.core.actors import SystemActor
from khue.core.postgres import create_database, drop_database
from khue.journal.actions import record
from khue.site.upkeep import postgres
from khue.site.upkeep.backup import backup


@dataclass(frozen=True)
class Neighbour:
    """The server that the tests use, whichever it is."""

    def database_url(self, name: str) -> str:
        conninfo, environment = postgres.address()
        return psycopg.conninfo.make_conninfo(conninfo, dbname=name, password=environment["PGPASSWORD"])


@contextmanager
def installed(folder: Path) -> Iterator[Path]:
    """Khuê with attachments and a shelf in `folder`."""
    for name, text in {"var/files/ab/giấy mời.txt": "một", "processes/calendar/2026.toml": "days = []"}.items():
        path = folder / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    var = folder / "var"
    with override_settings(VAR=var, MEDIA_ROOT=var / "files", PROCESSES=folder / "processes"):
        yield folder


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Path]:
    """Its folder; what lies there is for this test alone."""
    with installed(tmp_path) as folder:
        yield folder


@pytest.fixture(scope="module")
def noted(committed: None) -> None:
    """The database has journal entries."""
    for number in range(3):
        record("dossier:1", "noted", by=SystemActor("Thử"), number=number)


@pytest.fixture(scope="module")
def kept_backup(noted: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with installed(tmp_path_factory.mktemp("kept")) as folder:
        backup(folder / "backup")
    return folder / "backup"


@pytest.fixture
def backed_up(installation: Path, kept_backup: Path) -> Path:
    """A backup of it, to be damaged."""
    return Path(shutil.copytree(kept_backup, installation / "backup"))


@pytest.fixture(scope="module")
def empty(django_db_setup: object, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The name of an empty database."""
    name = f"khue_test_empty_{secrets.token_hex(4)}"
    with django_db_blocker.unblock():
        create_database(Neighbour(), name)
        yield name
        drop_database(Neighbour(), name)


@pytest.fixture
def emptied(installation: Path, empty: str) -> Iterator[None]:
    """Call `getfixturevalue("emptied")` after the backup: from then on Django uses an empty database and folders."""
    here = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = empty
    settings.MEDIA_ROOT = installation / "other" / "files"
    yield
    connection.close()
    with postgres.connect() as session:
        filled = postgres.tables(session)
    if filled:
        drop_database(Neighbour(), empty)
        create_database(Neighbour(), empty)
    connection.settings_dict["NAME"] = here
