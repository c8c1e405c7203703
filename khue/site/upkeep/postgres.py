"""The programs of PostgreSQL on the site's database. Those of the wheel serve older servers too."""

import contextlib
import os
import subprocess
import tempfile

import psycopg
from django.db import connection
from django.utils.translation import gettext as _
from psycopg import sql

from khue.core.postgres import binaries
from khue.core.refusals import Refusal, Refused

OUR_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


def address() -> tuple[str, dict[str, str]]:
    """The site's database as a libpq string, and the environment that holds its password: `ps` shows arguments."""
    known = {option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults()}
    parameters = {name: value for name, value in connection.get_connection_params().items() if name in known}
    password = str(parameters.pop("password", "") or "")
    return psycopg.conninfo.make_conninfo(**parameters), {**os.environ, "PGPASSWORD": password}


def connect() -> psycopg.Connection:
    """A connection of our own, apart from Django's."""
    conninfo, environment = address()
    return psycopg.connect(conninfo, password=environment["PGPASSWORD"])


def tables(session: psycopg.Connection) -> list[str]:
    """The site's tables by name."""
    return [name for (name,) in session.execute(OUR_TABLES).fetchall()]


def counts(session: psycopg.Connection) -> dict[str, int]:
    """How many rows each table has, as the session sees them."""
    found = {}
    for table in tables(session):
        row = session.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", table))).fetchone()
        found[table] = row[0] if row else 0
    return found


def dump(target: str, snapshot: str) -> None:
    """Writes the database as `snapshot` shows it into the file `target`. Raises Refused with what pg_dump said."""
    conninfo, environment = address()
    command = [_program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    command += [f"--file={target}", f"--dbname={conninfo}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Refused(Refusal("dump-failed", _("The database could not be read: %(said)s") % {"said": done.stderr}))


def load(source: str) -> None:
    """Fills the empty database from a dump, in one transaction: all of it or nothing. Raises Refused."""
    conninfo, environment = address()
    read = [_program("pg_restore"), "--no-owner", "--no-privileges", "--no-comments", "--file=-", source]
    write = [_program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={conninfo}"]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(write, env=environment, stdin=pipe, stdout=nothing, stderr=said) as writer,
        subprocess.Popen(read, stdout=pipe, stderr=said) as reader,
    ):
        _hand_over(reader, writer)
        if writer.wait() != 0 or reader.wait() != 0:
            said.seek(0)
            words = said.read().decode(errors="replace")
            raise Refused(Refusal("load-failed", _("The database could not be filled: %(said)s") % {"said": words}))


def _hand_over(reader: subprocess.Popen[bytes], writer: subprocess.Popen[bytes]) -> None:
    """Passes the SQL on and has it committed only when all of it was read."""
    assert reader.stdout is not None  # noqa: S101
    assert writer.stdin is not None  # noqa: S101
    with contextlib.suppress(BrokenPipeError):  # the writer has refused and says why
        writer.stdin.write(b"BEGIN;\n")
        for line in reader.stdout:
            # A setting that servers before release 17 do not know; it only says "no limit", as is usual anyway.
            if not line.startswith(b"SET transaction_timeout"):
                writer.stdin.write(line)
        if reader.wait() == 0:  # otherwise it ends without, which undoes everything
            writer.stdin.write(b"COMMIT;\n")
        writer.stdin.close()
    reader.stdout.close()


def _program(name: str) -> str:
    return str(binaries.programs(shared=False) / name)
