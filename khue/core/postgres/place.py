"""Where the files of the embedded server lie, and under whose account it runs. Everything here is only computed.

An ordinary user has it all in `var/postgres`. PostgreSQL refuses to run as root: started by root, it runs under an
unprivileged account with its data in the system's state folder, and `var/` holds a pointer to it, because that
account may have no way into the home of root, and no permission outside our own folders is touched to give it one.
"""

import contextlib
import hashlib
import itertools
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

STATE = Path("/var/lib/khue")
PORT = 5432
"""No TCP port: only part of the name of the socket file."""
LONGEST_SOCKET = 100
"""Bytes of a socket's path. The systems allow 104 to 108."""
ACCOUNTS = ("postgres", "nobody")
LAST_RESORT = 65534
"""The user id of `nobody`, by custom, where the system names neither account."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one server, and the account that owns it."""

    home: Path
    owner: int
    """User id the server runs under."""
    pointer: Path
    """File in `var/` that names `home` where root's data lie in the state folder."""

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def users(self) -> Path:
        return self.home / "users"

    @property
    def watcher(self) -> Path:
        return self.home / "watcher"

    @property
    def starting(self) -> Path:
        return self.home / "starting"

    @property
    def group(self) -> int:
        """The group of the owner; a group of the same number where the system knows no such account."""
        try:
            return pwd.getpwuid(self.owner).pw_gid
        except KeyError:
            return self.owner

    @property
    def outside(self) -> bool:
        """Whether the data lie in the state folder instead of `var/`."""
        return self.home.is_relative_to(STATE)

    @property
    def socket_dir(self) -> Path:
        """The folder of the socket: in `home` when short enough, else a private one named by a hash."""
        near = self.home / "run"
        if len(os.fsencode(near / f".s.PGSQL.{PORT}.lock")) < LONGEST_SOCKET:
            return near
        # Not XDG_RUNTIME_DIR nor TMPDIR: they differ between a login, a service and a timer of the same user,
        # and all of them must find the one server. The folder is checked to be ours alone before use.
        return Path("/tmp", f"khue-{self.owner}-{short_hash(self.home)}")  # noqa: S108


def short_hash(path: Path) -> str:
    """Twelve hexadecimal digits that stand for a path."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def unprivileged() -> int:
    """The user id that a server started by root runs under."""
    for name in ACCOUNTS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_uid
    return LAST_RESORT


def place(var: Path, *, durable: bool = True) -> Place:
    """The place of the server of the folder `var`; the one for tests has a folder of its own."""
    name = "postgres" if durable else "test-postgres"
    here = var.resolve() / name
    pointer = here.with_suffix(".path")
    if os.geteuid() != 0:
        return Place(here, os.geteuid(), pointer)
    if here.is_dir() and (owner := here.stat().st_uid) != 0:
        return Place(here, owner, pointer)  # root visits an ordinary user's installation: stay with that user
    return Place(_pointed(pointer) or _unused(var, name, pointer), unprivileged(), pointer)


def _pointed(pointer: Path) -> Path | None:
    """The folder that a pointer names; None when there is none, or when the pointer came along in a copy of `var`."""
    home = _named(pointer)
    if home is None or not home.is_relative_to(STATE):
        return None
    first = _named(home / "pointer")
    copied = first not in (None, pointer) and _named(first) == home
    return None if copied else home


def _unused(var: Path, name: str, pointer: Path) -> Path:
    """The folder of a `var` that has none yet: never one with the data of a `var` that was here before."""
    stem = short_hash(var.resolve())
    free = next(home for turn in itertools.count(1) if not (home := STATE / _turned(stem, turn) / name).exists())
    # Another process may have begun between the two looks; its pointer is there before its folder.
    return _pointed(pointer) or free


def _turned(stem: str, turn: int) -> str:
    return stem if turn == 1 else f"{stem}-{turn}"


def _named(file: Path) -> Path | None:
    """The path that is written in a file; None without the file."""
    return Path(file.read_text().strip()) if file.is_file() else None


def is_private(folder: Path, *owners: int) -> bool:
    """Whether `folder` is a real folder of one of `owners`, closed to everyone else."""
    state = folder.lstat()
    return stat.S_ISDIR(state.st_mode) and state.st_uid in owners and not state.st_mode & 0o077
