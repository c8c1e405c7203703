"""The doctor: says in plain words what is missing or wrong in an installation, and what to do."""

from collections.abc import Iterator
from contextlib import suppress

from django.db import DatabaseError

from khue.site.upkeep.doctor.finding import Finding
from khue.site.upkeep.doctor.installation import backups, calendar, certificates, mail, people, protection
from khue.site.upkeep.doctor.machine import fonts, programs, space, versions
from khue.site.upkeep.doctor.server import database

CHECKS = (versions, database, space, fonts, programs, people, mail, protection, certificates, calendar, backups)


def examine() -> Iterator[Finding]:
    """All findings, in a fixed order; none of the checks stops the others."""
    for check in CHECKS:
        with suppress(DatabaseError):  # that it cannot be asked is a finding of its own
            yield from check()


__all__ = ["Finding", "examine"]
