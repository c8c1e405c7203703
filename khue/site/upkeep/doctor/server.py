"""Whether the database answers, is new enough, and is in the state that this version expects."""

import os
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from khue.core.postgres import PostgresUnavailable, create_database, ensure_running, exists
from khue.site.upkeep.doctor.finding import Finding
from khue.site.upkeep.tables import strange_tables

ABOUT = """
    SELECT current_setting('server_version'), pg_encoding_to_char(encoding), now()
    FROM pg_database WHERE datname = current_database()
"""
OLDEST = 15
WANTED = ("pg_trgm", "unaccent")
DRIFT = timedelta(seconds=5)
SILENT = timedelta(minutes=2)
"""A worker that works reports every few seconds."""


def database() -> Iterator[Finding]:
    """Starts or reaches the database and looks at it; says nothing more where it cannot be reached."""
    subject = _("Database")
    try:
        _start()
        with connection.cursor() as cursor:
            cursor.execute(ABOUT)
            version, encoding, theirs = cursor.fetchone()
    except PostgresUnavailable as unavailable:
        yield Finding("bad", subject, unavailable.sentence)
        return
    except DatabaseError as error:
        sentence = _("The database cannot be reached: %(said)s Check DATABASE_URL and that the server runs.")
        yield Finding("bad", subject, sentence % {"said": str(error).strip()})
        return
    yield release(version, encoding)
    yield clock(abs(theirs - timezone.now()))
    yield from _extensions()
    yield _migrations()
    yield _worker()


def _start() -> None:
    if not os.environ.get("DATABASE_URL"):
        server = ensure_running(settings.VAR)
        if not exists(server, "khue"):
            create_database(server, "khue")


def release(version: str, encoding: str) -> Finding:
    """Whether the server is new enough and stores Vietnamese."""
    facts = {"version": version, "encoding": encoding, "oldest": OLDEST}
    if int(version.split(".", maxsplit=1)[0]) < OLDEST:
        sentence = _("PostgreSQL %(version)s is too old: install release %(oldest)s or newer.")
        return Finding("bad", _("Database"), sentence % facts)
    if encoding != "UTF8":
        sentence = _("The database stores text as %(encoding)s, which has no Vietnamese: make it anew with UTF8.")
        return Finding("bad", _("Database"), sentence % facts)
    return Finding("good", _("Database"), _("PostgreSQL %(version)s answers.") % facts)


def clock(drift: timedelta) -> Finding:
    """Whether this machine and the database agree on the time."""
    if drift > DRIFT:
        sentence = _(
            "The clocks of this machine and of the database differ by %(seconds)d seconds: deadlines would be wrong. "
            "Turn on time synchronisation on both."
        )
        return Finding("bad", _("Clock"), sentence % {"seconds": drift.total_seconds()})
    facts = {"now": timezone.localtime().strftime("%d/%m/%Y %H:%M"), "zone": settings.TIME_ZONE}
    return Finding("good", _("Clock"), _("It is %(now)s (%(zone)s), the same for the database.") % facts)


def _extensions() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_available_extensions")
        available = {name for (name,) in cursor.fetchall()}
    for name in WANTED:
        if name not in available:
            sentence = _("The extension %(name)s is missing on the server: install postgresql-contrib.")
            yield Finding("bad", _("Database"), sentence % {"name": name})


def _migrations() -> Finding:
    if strange := strange_tables():
        return Finding("bad", _("Tables"), strange.sentence)
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        sentence = _("%(count)d changes of the tables have not been made: run `khue migrate`.")
        return Finding("bad", _("Tables"), sentence % {"count": len(waiting)})
    return Finding("good", _("Tables"), _("All tables are as this version expects."))


def _worker() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('procrastinate_workers') IS NOT NULL")
        if cursor.fetchone() == (True,):
            cursor.execute(
                "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > %s", [timezone.now() - SILENT]
            )
            (count,) = cursor.fetchone()
            if count:
                return Finding("good", _("Worker"), _("%(count)d job workers are running.") % {"count": count})
    sentence = _("No job worker is running: reminders, mail and text recognition wait. Start `khue worker`.")
    return Finding("minor", _("Worker"), sentence)
