"""Backup: the whole state of the site in one folder."""

import contextlib
import shutil
from pathlib import Path

import psycopg
from django.conf import settings
from django.utils.translation import gettext as _

from khue import __version__
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused
from khue.journal.chain import ENDS, ends_told
from khue.site.upkeep import archive, postgres

STAMP = "last-backup"
"""File under `var/` whose content is the moment of the last backup; the doctor reads it."""


def backup(folder: Path) -> archive.Manifest:
    """Writes a backup into `folder`, which must be new or empty; it appears only when it is whole. Raises Refused."""
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        sentence = _("%(folder)s is not empty. Name a new folder for the backup.")
        raise Refused(Refusal("not-empty", sentence % {"folder": folder}))
    partial = folder.with_name(f"{folder.name}.partial")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True, mode=0o700)
        manifest = _fill(partial)
        with contextlib.suppress(FileNotFoundError):
            folder.rmdir()
        partial.rename(folder)
    except OSError as error:
        sentence = _("The backup could not be written to %(folder)s: %(said)s. Check the space and the permissions.")
        raise Refused(Refusal("unwritable", sentence % {"folder": folder, "said": error.strerror})) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    (settings.VAR / STAMP).write_text(manifest.made_at)
    return manifest


def _fill(folder: Path) -> archive.Manifest:
    with postgres.connect() as session:
        session.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = session.execute("SELECT pg_export_snapshot()").fetchone()
        assert snapshot is not None  # noqa: S101
        postgres.dump(str(folder / archive.DATABASE), snapshot[0])
        with (folder / ENDS).open("w", encoding="utf-8") as ends:
            ends.writelines(ends_told(session))
        manifest = archive.Manifest(
            made_at=now().isoformat(timespec="seconds"),
            khue=__version__,
            server=session.info.server_version // 10000,
            migrations=_migrations(session),
            rows=postgres.counts(session),
        )
    # After the database: a file is written before its row is, so that no row of the dump lacks its file.
    archive.copy(Path(settings.MEDIA_ROOT), folder / archive.FILES)
    archive.copy(settings.PROCESSES, folder / archive.SHELF)
    manifest.files = {str(path.relative_to(folder)): archive.digest(path) for path in archive.contents(folder)}
    manifest.write(folder)
    return manifest


def _migrations(session: psycopg.Connection) -> list[str]:
    rows = session.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
    return [name for (name,) in rows]
