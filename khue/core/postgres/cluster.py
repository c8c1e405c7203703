"""Makes a data folder, and starts the server of one under its watcher."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from khue.core.postgres import binaries
from khue.core.postgres.diagnosis import explained
from khue.core.postgres.errors import PostgresUnavailable
from khue.core.postgres.folders import own_file
from khue.core.postgres.place import PORT, Place

USER = "khue"
EXTENSIONS = ("pg_trgm", "unaccent", "vector", "ltree", "btree_gist")

# Bytes sort by code point (a key is kept for Vietnamese order), but letters are letters: under plain `C`, lower()
# leaves `Đ` as it is and trigrams drop every letter that has a mark.
LOCALE = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
CTYPES = ("C.UTF-8", "UTF-8", "C")
"""Names under which systems know it (glibc and musl, older macOS), tried in turn; `C` always exists."""

SETTINGS = {
    "max_connections": "200",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "1GB",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "jit": "off",
}
"""Written into postgresql.conf when the folder is made; an administrator may change them there."""
FLEETING = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "track_counts": "off",
    "track_activities": "off",
    "update_process_title": "off",
}
"""For tests only: data that a power cut may destroy; rows touched, which take a tenth of a statement to count, and what
each connection is doing, which takes a twentieth to tell, are not asked for."""
FRESH = "data.new-"
LOG_LIMIT = 10_000_000
"""Bytes; a longer log is set aside at the next start."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A data folder with the programs that serve it."""

    place: Place
    programs: Path
    durable: bool

    @classmethod
    def at(cls, place: Place, *, durable: bool) -> "Cluster":
        """The cluster of `place`. As root the programs are a copy that the server's account can reach."""
        return cls(place, binaries.programs(shared=os.geteuid() == 0), durable)

    def run(self, program: str, *arguments: str, feed: str | None = None) -> subprocess.CompletedProcess[str]:
        """Runs one of the programs under the server's account, from a folder which that account can enter."""
        command = [str(self.programs / program), *arguments]
        where = self.place.home
        return subprocess.run(
            command,
            input=feed,
            capture_output=True,
            text=True,
            check=False,
            cwd=where,
            env=environment(),
            **self.identity,
        )

    @property
    def identity(self) -> dict[str, Any]:
        """What `subprocess` needs to drop from root to the server's account."""
        if os.geteuid() != 0:
            return {}
        return {"user": self.place.owner, "group": self.place.group, "extra_groups": []}

    def make(self) -> None:
        """Makes the data folder, all of it or nothing. Raises PostgresUnavailable with what initdb said."""
        for remains in self.place.home.glob(f"{FRESH}*"):
            shutil.rmtree(remains, ignore_errors=True)
        # A name of its own: the initdb of a process that was killed may still be at work in another.
        fresh = self.place.home / f"{FRESH}{secrets.token_hex(4)}"
        for ctype in CTYPES:
            shutil.rmtree(fresh, ignore_errors=True)
            made = self.run("initdb", *self._initdb_arguments(fresh, ctype))
            if made.returncode == 0 or "locale" not in made.stderr:
                break
        if made.returncode == 0:
            made = self.run("postgres", "--single", "-j", "-D", str(fresh), "template1", feed=_first_words())
        if made.returncode != 0 or "ERROR:" in made.stderr:
            shutil.rmtree(fresh, ignore_errors=True)
            raise PostgresUnavailable(explained("Không tạo được thư mục dữ liệu", self.place.data, made.stderr))
        fresh.rename(self.place.data)

    def _initdb_arguments(self, folder: Path, ctype: str) -> list[str]:
        settings = SETTINGS if self.durable else SETTINGS | FLEETING
        named = [f"--set={name}={value}" for name, value in settings.items()]
        hurry = [] if self.durable else ["--no-sync", "--wal-segsize=1"]  # megabytes: tests copy whole folders
        account = ["--username=postgres", "--auth=trust"]  # the folder of the socket admits the owner alone
        return [f"--pgdata={folder}", *LOCALE, f"--lc-ctype={ctype}", "--lc-collate=C", *account, *named, *hurry]

    def check_version(self) -> None:
        """Raises PostgresUnavailable when the data were written by another major version."""
        stamp = self.place.data / "PG_VERSION"
        if not stamp.is_file():
            raise PostgresUnavailable(
                f"Thư mục dữ liệu {self.place.data} bị hỏng: thiếu tệp PG_VERSION. Hãy khôi phục từ bản sao lưu bằng "
                "`khue restore`, hoặc chuyển thư mục này đi nơi khác để bắt đầu lại với cơ sở dữ liệu trống."
            )
        written, ours = stamp.read_text().strip(), binaries.release(self.programs)
        if written != ours:
            raise PostgresUnavailable(
                f"Dữ liệu ở {self.place.data} do PostgreSQL {written} ghi, còn bản đang cài là PostgreSQL {ours}. "
                f"Hãy cài lại bản {written} rồi chạy `khue backup`, sau đó cài bản {ours} và chạy `khue restore`."
            )

    def look_after(self) -> int:
        """Starts a detached watcher, which starts the server unless one runs whose watcher was killed.

        Does not wait for the server; returns where its log begins.
        """
        log = self.place.log
        begin = log.stat().st_size if log.exists() else 0
        if begin > LOG_LIMIT:
            log.replace(log.with_suffix(".log.1"))
            own_file(log, self.place)
            begin = 0
        if (pid := self.recorded_pid()) is not None:
            self._watch({"pid": pid})
        else:
            # PostgreSQL itself discards these unless some process has the number in them: another one by now, as is
            # usual after a restart of a container, or the dead one that nobody buried. It would refuse for ever.
            for stale in (self.place.data / "postmaster.pid", self.place.socket_dir / f".s.PGSQL.{PORT}.lock"):
                stale.unlink(missing_ok=True)
            self._watch(self._orders())
        return begin

    def _orders(self) -> dict[str, Any]:
        command = [str(self.programs / "postgres"), "-D", str(self.place.data), "-h", "", "-p", str(PORT)]
        command += ["-k", str(self.place.socket_dir), "-c", "unix_socket_permissions=0700"]
        return {"command": command, "env": environment(), "as": self.identity | {"cwd": str(self.place.home)}}

    def recorded_pid(self) -> int | None:
        """The process id in postmaster.pid, when that process is a PostgreSQL of ours that still runs."""
        try:
            pid = int((self.place.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        return pid if str(self.place.data) in _command_line(pid) else None

    def _watch(self, plan: dict[str, Any]) -> None:
        place = self.place
        plan |= {"users": str(place.users), "watcher": str(place.watcher), "log": str(place.log)}
        script = Path(__file__).with_name("watcher.py")
        command = [sys.executable, "-I", "-S", str(script), json.dumps(plan)]
        nothing = subprocess.DEVNULL  # a pipe would stay open for as long as the server runs
        subprocess.run(
            command,
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            start_new_session=True,
            check=False,
            env=environment(),
        )


def environment() -> dict[str, str]:
    """A bare environment: no PGDATA, PGHOST or odd locale of the caller's reaches the programs."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _command_line(pid: int) -> str:
    """How a process was called; empty when it has ended, even if nobody has buried it yet."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    return subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout


def _first_words() -> str:
    # Into template1, so that every database made later has the extensions without its role being a superuser.
    wanted = [f"CREATE ROLE {USER} LOGIN CREATEDB;", *(f"CREATE EXTENSION {name};" for name in EXTENSIONS)]
    return "".join(f"{sentence}\n\n" for sentence in wanted)
