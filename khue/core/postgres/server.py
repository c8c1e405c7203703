"""Start, join and leave the embedded server."""

import os
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from khue.core.postgres import folders, locks
from khue.core.postgres.cluster import USER, Cluster
from khue.core.postgres.diagnosis import explained, tail
from khue.core.postgres.errors import PostgresUnavailable
from khue.core.postgres.place import PORT, Place, place

PATIENCE = 120.0
"""Seconds that a start may take, recovery after a crash included."""
PAUSE = 0.02
PASSING = ("is still in use", "Is another postmaster", "ready to accept connections")
"""The processes of a killed server are still leaving, or ours was killed as soon as it was up: the next try helps."""
CROWDED = ("too many clients", "remaining connection slots")
"""A server that says so is up and well."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server that this process uses; it stays up at least until `release()` or the end of the process."""

    socket_dir: Path
    user: str
    port: int
    _seat: int = field(repr=False)
    """Descriptor of the shared lock that counts this process among the users."""

    def database_url(self, name: str) -> str:
        """The address of the database `name`, for libpq, Django and psycopg alike."""
        return f"postgresql://{self.user}@/{quote(name)}?host={quote(str(self.socket_dir), safe='')}&port={self.port}"

    def release(self) -> None:
        """Leaves the server; when no other process uses it, it stops. Leaving twice does no harm."""
        for root, server in list(_joined.items()):
            if server is self:
                del _joined[root]
                os.close(self._seat)


_joined: dict[Path, Server] = {}
_joining = threading.Lock()


def ensure_running(root: Path, *, durable: bool = True) -> Server:
    """Starts the server of the folder `root` (the project's `var/`), or joins it; returns when it answers queries.

    Safe when many processes call it at once, and to call again. Without `durable` it is the server for tests, with
    a folder of its own and no care for power cuts. Raises PostgresUnavailable with a sentence for people.
    """
    where = place(root, durable=durable)
    try:
        folders.prepare(where)
        with _joining:
            joined = _joined.get(where.home) or _join(where)
        if not (_answers(where) and locks.is_held(where.watcher)):
            with locks.held(where.starting, seconds=PATIENCE):
                _start(Cluster.at(where, durable=durable))
    except OSError as error:
        raise PostgresUnavailable(explained("Không khởi động được cơ sở dữ liệu", where.home, str(error))) from error
    return joined


def connection_settings(var: Path, database: str, *, durable: bool = True) -> dict[str, Any]:
    """Django's `DATABASES` entry for `database` on the server of `var`. Starts nothing."""
    where = place(var, durable=durable)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": USER,
        "PASSWORD": "",
        "HOST": str(where.socket_dir),
        "PORT": str(PORT),
        "OPTIONS": {},
    }


def _join(where: Place) -> Server:
    # Waits here while a watcher that found the server unused is stopping it.
    seat = locks.take(where.users, shared=True, seconds=PATIENCE)
    server = Server(where.socket_dir, USER, PORT, seat)
    _joined[where.home] = server
    return server


def _start(cluster: Cluster) -> None:
    where = cluster.place
    if _answers(where) and locks.is_held(where.watcher):
        return  # another process started it while we waited
    if not where.data.exists():
        cluster.make()
    cluster.check_version()
    deadline = time.monotonic() + PATIENCE
    while not _came_up(cluster, deadline):
        time.sleep(PAUSE * 10)


def _came_up(cluster: Cluster, deadline: float) -> bool:
    """Whether the server started; False means that the same may work in a moment. Raises PostgresUnavailable."""
    where = cluster.place
    ours = not locks.is_held(where.watcher)
    begin = cluster.look_after() if ours else where.log.stat().st_size
    while not _answers(where):
        said = tail(where.log, begin)
        if time.monotonic() > deadline:
            raise PostgresUnavailable(explained("Cơ sở dữ liệu không trả lời kịp", where.home, said))
        if not locks.is_held(where.watcher):
            if ours and not any(words in said for words in PASSING):
                raise PostgresUnavailable(explained("Không khởi động được cơ sở dữ liệu", where.home, said))
            return False
        time.sleep(PAUSE)
    return True


def _answers(where: Place) -> bool:
    """Whether the server takes connections; it refuses them until recovery has ended."""
    if not (where.socket_dir / f".s.PGSQL.{PORT}").exists():
        return False
    address = Server(where.socket_dir, USER, PORT, _seat=-1).database_url("postgres")
    try:
        psycopg.connect(address, connect_timeout=5, sslmode="disable").close()
    except psycopg.OperationalError as error:
        return any(words in str(error) for words in CROWDED)
    return True
