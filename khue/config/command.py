"""Runs a Django command, with the embedded database started first where one is used."""

import sys

import django
from django.conf import settings
from django.core.management import ManagementUtility
from django.core.management.base import CommandError

from khue.config.database import DatabaseUnavailable, start_database
from khue.core.loading import for_good
from khue.core.refusals import Refusal, Refused, require
from khue.site.upkeep.tables import strange_tables

ON_TABLES = {"serve", "worker", "migrate", "demo"}
"""Commands that begin to work on whatever tables are there."""
WITHOUT_DATABASE = {"makemessages", "compilemessages", "process", "doctor", "help", "version"}


def execute(arguments: list[str]) -> int:
    """Run `arguments` as a Django command and return its exit status; a refusal is one sentence on stderr."""
    name = arguments[0] if arguments else "help"
    try:
        if name not in WITHOUT_DATABASE or arguments[:2] == ["process", "load"]:
            start_database(settings.VAR)
        with for_good():
            django.setup()
        require(unfit_tables(arguments))
        ManagementUtility(["khue", *arguments]).execute()
    except (Refused, DatabaseUnavailable, CommandError) as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    return 0


def unfit_tables(arguments: list[str]) -> Refusal | None:
    """Why a command that works on the tables that are there cannot begin."""
    if ON_TABLES.isdisjoint(arguments[:1]) or "--rebuild" in arguments:
        return None
    return strange_tables()
