"""Restore: an empty installation becomes what a backup holds."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from khue.core.refusals import Refusal, Refused
from khue.site.upkeep import archive, postgres


def restore(folder: Path) -> tuple[archive.Manifest, list[str]]:
    """Fills this empty installation from the backup in `folder`; nothing is touched before everything is checked.

    Returns its manifest, and the shelf versions that differ from those installed here (a dossier keeps the version
    that is stored in the database). Raises Refused where the target is not empty or the backup is not whole.
    """
    manifest = archive.verify(folder)
    _refuse_newer(manifest)
    _refuse_filled()
    _fill(folder)
    _compare(manifest)
    return manifest, _add_to_shelf(folder / archive.SHELF, settings.PROCESSES)


def _refuse_newer(manifest: archive.Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if unknown := [name for name in manifest.migrations if name not in known]:
        sentence = _(
            "The backup was made by Khuê %(version)s, whose database this version does not know (%(migration)s). "
            "Install that version, then restore."
        )
        raise Refused(Refusal("backup-newer", sentence % {"version": manifest.khue, "migration": unknown[0]}))
    with postgres.connect() as session:
        ours = session.info.server_version // 10000
    if ours < manifest.server:
        sentence = _("The backup comes from PostgreSQL %(theirs)s, this server is %(ours)s. Install the newer server.")
        raise Refused(Refusal("server-older", sentence % {"theirs": manifest.server, "ours": ours}))


def _refuse_filled() -> None:
    with postgres.connect() as session:
        filled = postgres.tables(session)
    if filled:
        sentence = _(
            "The database %(name)s already has %(count)s tables; restoring would mix two states. Create an empty "
            "database and name it in DATABASE_URL, or name a new folder in KHUE_VAR, then restore."
        )
        facts = {"name": connection.settings_dict["NAME"], "count": len(filled)}
        raise Refused(Refusal("not-empty", sentence % facts))
    files = Path(settings.MEDIA_ROOT)
    if files.is_dir() and any(files.iterdir()):
        sentence = _("The folder %(folder)s already has files. Move them away, then restore.")
        raise Refused(Refusal("not-empty", sentence % {"folder": files}))


def _fill(folder: Path) -> None:
    """Files first, the database last and in one transaction: whatever fails, the target is empty again."""
    files = Path(settings.MEDIA_ROOT)
    try:
        archive.copy(folder / archive.FILES, files)
        postgres.load(str(folder / archive.DATABASE))
    except (OSError, Refused) as error:
        shutil.rmtree(files, ignore_errors=True)
        if isinstance(error, Refused):
            raise
        sentence = _("The files could not be written to %(folder)s: %(said)s. Check the space and the permissions.")
        raise Refused(Refusal("unwritable", sentence % {"folder": files, "said": error.strerror})) from error


def _compare(manifest: archive.Manifest) -> None:
    with postgres.connect() as session:
        rows = postgres.counts(session)
    for table, expected in manifest.rows.items():
        if rows.get(table) != expected:
            sentence = _("Table %(table)s should have %(expected)s rows and has %(found)s: do not use this database.")
            facts = {"table": table, "expected": expected, "found": rows.get(table, 0)}
            raise Refused(Refusal("rows-differ", sentence % facts))


def _add_to_shelf(kept: Path, shelf: Path) -> list[str]:
    """Puts back versions that this shelf lacks; returns the files that differ from it."""
    differing = []
    for path in archive.contents(kept):
        name = path.relative_to(kept)
        target = shelf / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
        elif target.read_bytes() != path.read_bytes():
            differing.append(str(name))
    return differing
