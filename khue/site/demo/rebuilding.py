"""The demo city is thrown away to be built anew, as when the shelf was mended since it was founded."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from khue.core.refusals import Refusal, Refused

OURS = "%@khue.example"
"""Addresses that only people of the demo city have."""


def clear() -> None:
    """Empty the database, the attachments and what was made of them.

    Raises Refused `demo.real-people` when somebody has an account who is not of the demo city: this is no trial then.
    The tables may be of an older Khuê, so nothing but their names is taken for granted.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.accounts_user') IS NOT NULL")
        if cursor.fetchone() == (True,):
            _refuse_real_people()
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()
    for folder in (Path(settings.MEDIA_ROOT), Path(settings.VAR) / "matching"):
        shutil.rmtree(folder, ignore_errors=True)


def _refuse_real_people() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM accounts_user WHERE email NOT LIKE %s ORDER BY id LIMIT 1", [OURS])
        if found := cursor.fetchone():
            sentence = _(
                "This database is not only the demo city: %(email)s has an account here. Nothing was removed. "
                "For a demo city beside it, name a new folder: KHUE_VAR=var-demo khue demo --serve."
            )
            raise Refused(Refusal("demo.real-people", sentence % {"email": found[0]}))
