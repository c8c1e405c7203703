"""Runs a Django command, with the embedded database started first where one is used."""

import sys

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility, get_commands
from django.core.management.base import CommandError

from khue.config.database import DatabaseUnavailable, start_database
from khue.config.overview import overview, own_commands
from khue.core.loading import for_good
from khue.core.refusals import Refusal, Refused, require
from khue.site.upkeep.tables import strange_tables

ON_TABLES = {"serve", "worker", "migrate", "demo"}
"""Commands that begin to work on whatever tables are there."""
WITHOUT_DATABASE = {"makemessages", "compilemessages", "process", "doctor", "help", "-h", "--help", "version"}
FOR_HELP: tuple[list[str], ...] = ([], ["help"], ["-h"], ["--help"])
"""How people ask what there is."""


def execute(arguments: list[str]) -> int:
    """Run `arguments` as a Django command and return its exit status; a refusal is one sentence on stderr."""
    name = arguments[0] if arguments else "help"
    try:
        if name not in WITHOUT_DATABASE or arguments[:2] == ["process", "load"]:
            start_database(settings.VAR)
        with for_good():
            django.setup()
        if (told := unknown(name)) is not None:
            sys.stderr.write(f"{told}\n")
            return 2
        if arguments in FOR_HELP:
            sys.stdout.write(f"{overview()}\n")
            return 0
        require(unfit_tables(arguments))
        ManagementUtility(["khue", *arguments]).execute()
    except (Refused, DatabaseUnavailable, ImproperlyConfigured, CommandError) as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    return 0


def unknown(name: str) -> str | None:
    """What to say of a command that there is not; None for one that there is, and for options before any."""
    if name.startswith("-") or name in {"help", "version", *get_commands()}:
        return None
    return f"Không có lệnh “{name}”. Các lệnh của Khuê: {', '.join(own_commands())}. `khue help` nêu từng lệnh làm gì."


def unfit_tables(arguments: list[str]) -> Refusal | None:
    """Why a command that works on the tables that are there cannot begin."""
    if ON_TABLES.isdisjoint(arguments[:1]) or "--rebuild" in arguments:
        return None
    return strange_tables()
