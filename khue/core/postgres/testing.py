"""Databases for tests: one template, built once for each state of the migrations, and a private copy for each worker.

Everything goes through one lock in the server, so that any number of test runs may share it. A run that was killed
leaves copies behind; the next run drops those whose owner no longer holds their lock.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from khue.core.postgres.databases import Addressed, create_database, drop_database, exists

TEMPLATE, COPY = "khue_template_", "khue_test_"


@dataclass(frozen=True, slots=True)
class RealServer:
    """A server that is not ours to start, named by the address of any database on it."""

    url: str = field(repr=False)

    def database_url(self, name: str) -> str:
        """The address of the database `name` on the same server."""
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{quote(name)}"))


@dataclass(frozen=True, slots=True)
class Copy:
    """A private copy of the template."""

    server: Addressed
    template: str
    name: str

    @property
    def url(self) -> str:
        return self.server.database_url(self.name)

    def renew(self) -> None:
        """Brings the copy back to the state of the template. Connections to it are cut."""
        drop_database(self.server, self.name)
        create_database(self.server, self.name, template=self.template)


def fingerprint(files: Iterable[Path]) -> str:
    """Twelve hexadecimal digits that change when a file of `files` is changed, added, removed or renamed."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{file.name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:12]


@contextmanager
def copied(server: Addressed, state: str, build: Callable[[str], None], *, rebuild: bool = False) -> Iterator[Copy]:
    """A copy of the template for `state`, dropped at the end.

    `build` fills the empty database whose address it gets; it is called only when no template of that state exists,
    or with `rebuild`, and must have closed its connections when it returns.
    """
    template = f"{TEMPLATE}{state}"
    copy = Copy(server, template, f"{COPY}{state}_{secrets.token_hex(4)}")
    with psycopg.connect(server.database_url("postgres"), autocommit=True) as keeper:
        with _alone(keeper):
            _sweep(keeper, server)
            if rebuild or not exists(server, template):
                _build(keeper, server, template, build)
            keeper.execute("SELECT pg_advisory_lock(hashtext(%s))", (copy.name,))
            create_database(server, copy.name, template=template)
        try:
            yield copy
        finally:
            drop_database(server, copy.name)


@contextmanager
def _alone(keeper: psycopg.Connection) -> Iterator[None]:
    keeper.execute("SELECT pg_advisory_lock(hashtext(%s))", (TEMPLATE,))
    try:
        yield
    finally:
        keeper.execute("SELECT pg_advisory_unlock(hashtext(%s))", (TEMPLATE,))


def _sweep(keeper: psycopg.Connection, server: Addressed) -> None:
    """Drops the copies whose owners are gone."""
    for name in _named(keeper, COPY):
        free = keeper.execute("SELECT pg_try_advisory_lock(hashtext(%s))", (name,)).fetchone()
        if free == (True,):
            drop_database(server, name)
            keeper.execute("SELECT pg_advisory_unlock(hashtext(%s))", (name,))


def _build(keeper: psycopg.Connection, server: Addressed, template: str, build: Callable[[str], None]) -> None:
    for name in _named(keeper, TEMPLATE):  # of other states, or left half-made
        drop_database(server, name)
    partial = f"{template}_partial"
    create_database(server, partial)
    build(server.database_url(partial))
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    keeper.execute(rename.format(sql.Identifier(partial), sql.Identifier(template)))


def _named(keeper: psycopg.Connection, prefix: str) -> list[str]:
    rows = keeper.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (prefix,)).fetchall()
    return [name for (name,) in rows]
