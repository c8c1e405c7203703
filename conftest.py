"""Tests run against copies of one template database; see khue/core/postgres/testing.py."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils.crypto import get_random_string
from django.utils.timezone import now
from pytest_django.plugin import DjangoDbBlocker
from whitenoise.middleware import WhiteNoiseMiddleware

from khue.config.database import from_url
from khue.core.postgres import ensure_running
from khue.core.postgres.databases import Addressed
from khue.core.postgres.testing import Copy, RealServer, copied, fingerprint
from tests.on_demand import on_demand
from tests.worlds import Worlds, taken_back

HERE = Path(__file__).parent
LONGEST = (
    "tests/browser/test_budgets.py", "tests/journeys/test_secrecy.py", "tests/journeys/test_river", "tests/browser/",
    "tests/journeys/", "tests/architecture/", "tests/test_survives_kill.py", "khue/missions/", "khue/councils/",
    "khue/documents/", "khue/needs/", "khue/indicators/",
)  # fmt: skip
"""What takes long is begun first: a worker that meets it at the end works alone while the others have nothing left."""
WITHOUT_DATABASE = "khue/language/"
"""What the other workers do while the first of them builds the template."""
MEMORY, ROOM = Path("/dev/shm"), 2**30  # noqa: S108 - a folder with a name of its own is made in it
"""Where Linux keeps files in memory, and the bytes that must be free there; in a container it is often small."""
QUICK = "-c jit=off -c join_collapse_limit=1 -c from_collapse_limit=1"
"""In tables of a dozen rows it takes longer to think of the best way to join them than to go any."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put one of the longest first, then what needs no database, then the longest; each file is handed out as a whole,
    in this order."""

    def place(item: pytest.Item) -> int:
        path = item.path.relative_to(HERE).as_posix()
        return next((number for number, start in enumerate(LONGEST) if path.startswith(start)), len(LONGEST))

    _draw_without_our_words()
    items.sort(key=place)
    first = items[0].path if items else HERE
    items.sort(key=lambda item: (item.path != first, not item.path.is_relative_to(HERE / WITHOUT_DATABASE)))


def _draw_without_our_words() -> None:
    """Hypothesis would take every module of ours apart, in each worker, for words and numbers to try now and then on
    the few functions that it is asked about: a second each, three where nothing is kept of an earlier run."""
    if providers := sys.modules.get("hypothesis.internal.conjecture.providers"):
        providers._get_local_constants = providers.Constants  # type: ignore[attr-defined]


def _server() -> Addressed:
    if url := os.environ.get("DATABASE_URL"):
        return RealServer(url)
    return ensure_running(HERE / "var", durable=False)


def _state() -> str:
    migrations = HERE.glob("khue/*/migrations/*.py")
    shelf = (file for file in HERE.glob("processes/**/*") if file.is_file())
    return fingerprint([*migrations, *shelf, HERE / "requirements-dev.lock"])


def _point(url: str) -> None:
    """Lets Django use the database at `url` from now on."""
    connection.close()
    told = from_url(url)
    told["OPTIONS"] |= {"options": QUICK}
    for target in (settings.DATABASES["default"], connection.settings_dict):
        target.update(told)


def _build(url: str) -> None:
    _point(url)
    with on_demand():
        call_command("migrate", verbosity=0)
    connection.close()


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[], None]]:
    """A copy of the template for this process, and how to bring it back to that state; `--create-db` builds the
    template anew."""
    rebuild: bool = request.config.getoption("create_db")

    def build(url: str) -> None:
        with django_db_blocker.unblock():
            _build(url)

    with copied(_server(), _state(), build, rebuild=rebuild) as copy:
        _point(copy.url)
        with pytest.MonkeyPatch.context() as patch:
            # Emptying the tables would lose the rows that migrations load, and the journal refuses it.
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: _renew(copy))
            yield lambda: _renew(copy)
        connection.close()


def _renew(copy: Copy) -> None:
    connection.close()
    copy.renew()


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001
    """For a world that is dear to build: what a module's own fixtures make stays for all its tests, then goes.

    Its tests ask for `put_back` instead of `db`, and for a copy of the world, so that none changes it for the next.
    """
    with django_db_blocker.unblock(), taken_back():
        yield


@pytest.fixture
def put_back(kept: None) -> Iterator[None]:  # noqa: ARG001
    """Nothing that the test writes into the world of its module stays."""
    with taken_back():
        yield


@pytest.fixture(scope="module")
def committed(django_db_setup: Callable[[], None], django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """For a world that is looked at over other connections too: what a module's fixtures and tests write is committed,
    and goes after its last test. They do without `db`, and what one test writes must not matter to the next."""
    with django_db_blocker.unblock():
        yield
        django_db_setup()


@pytest.fixture(scope="module")
def worlds(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Worlds]:  # noqa: ARG001
    """For worlds of which one grows from another; put tests of the same one side by side.

    As with `kept`, its tests do without `db`.
    """
    made = Worlds()
    with django_db_blocker.unblock():
        yield made
        made.leave()


@pytest.fixture(autouse=True, scope="session")
def _own_folder() -> Iterator[None]:
    """Files that tests write go to a folder of this run, never to the `var/` of the installation. Where there is room
    it is in memory: the search index is written hundreds of times, and waits for the disk each time."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    kept = TemporaryDirectory(prefix="khue-", dir=MEMORY if roomy else None, ignore_cleanup_errors=True)
    with kept as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        patch.setattr(settings, "VAR", folder)
        patch.setattr(settings, "MEDIA_ROOT", folder / "files")
        yield


@pytest.fixture(autouse=True)
def _own_index() -> None:
    """Each test begins without a search index: words of records that were taken back would count as known words."""
    shutil.rmtree(Path(settings.VAR) / "matching", ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def _static_files_listed_once() -> Iterator[None]:
    """Each test client lists all static files when it begins; a test signs in a dozen, which list the same."""
    listed: dict[str, Any] = {}
    look = WhiteNoiseMiddleware.add_files_from_finders

    def once(middleware: WhiteNoiseMiddleware) -> None:
        if not listed:
            own, middleware.files = middleware.files, {}
            look(middleware)
            listed.update(middleware.files)
            middleware.files = own
        middleware.files.update(listed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", once)
        yield


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> Iterator[None]:
    """Passwords are hashed slowly on purpose; in tests that would be most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
        yield


@pytest.fixture(autouse=True, scope="session")
def _signed_in_at_once() -> Iterator[None]:
    """A test that is to be somebody writes down their session, one statement; Django's `force_login` goes the way of a
    person at the sign-in, with sixteen. How people sign in is tested by signing in."""

    def enter(client: Client, user: AbstractBaseUser, backend: str | None = None) -> None:
        facts = {
            SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: backend or settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }  # fmt: skip
        key, until = get_random_string(32), now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        Session.objects.create(session_key=key, session_data=SessionStore().encode(facts), expire_date=until)
        client.cookies[settings.SESSION_COOKIE_NAME] = key

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", enter)
        yield
