"""Whether the tables are those of this Khuê, so that nobody meets an error on every page instead of one sentence."""

from pathlib import Path

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _

from khue.core.refusals import Refusal


def strange_tables() -> Refusal | None:
    """`tables.strange` where the database went through changes of tables that this version does not have: it was made
    by a newer Khuê, or by one from before the changes of an app were drawn together."""
    unknown = sorted(_made() - _known())
    if not unknown:
        return None
    sentence = _(
        "This database was made by another version of Khuê: this one does not know %(change)s and would meet tables "
        "that it does not expect. If it holds the demo city, build it anew: %(command)s. If it holds real work, "
        "nothing was touched: start the version that made it, or restore its last backup with that version."
    )
    app, name = unknown[0]
    return Refusal("tables.strange", sentence % {"change": f"{app}.{name}", "command": "khue demo --rebuild --serve"})


def _made() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        if cursor.fetchone() != (True,):
            return set()
        cursor.execute("SELECT app, name FROM django_migrations WHERE app = ANY (%s)", [list(_ours())])
        return set(cursor.fetchall())


def _known() -> set[tuple[str, str]]:
    return {(app, path.stem) for app, folder in _ours().items() for path in folder.glob("[0-9]*.py")}


def _ours() -> dict[str, Path]:
    return {one.label: Path(one.path) / "migrations" for one in apps.get_app_configs() if one.name.startswith("khue.")}
