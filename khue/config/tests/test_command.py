"""What `khue` does before a command begins."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from khue.config.command import unfit_tables, unknown


@pytest.mark.django_db
def test_tables_of_another_version_are_told_before_anything_meets_them() -> None:
    commands = [["demo"], ["demo", "--serve"], ["migrate"], ["serve"], ["worker", "--once"]]
    assert [unfit_tables(arguments) for arguments in commands] == [None] * len(commands)
    MigrationRecorder(connection).record_applied("documents", "0042_of_another_time")
    for arguments in commands:
        refusal = unfit_tables(arguments)
        assert refusal is not None
        assert "documents.0042_of_another_time" in str(refusal)
        assert "khue demo --rebuild" in str(refusal)
        assert "\n" not in str(refusal), "one sentence"
    assert unfit_tables(["demo", "--rebuild"]) is None
    assert unfit_tables(["doctor"]) is None


def test_a_command_that_there_is_not_names_those_that_there_are() -> None:
    told = unknown("raport")
    assert told is not None
    for words in ("“raport”", " report,", " extract,", "khue help"):
        assert words in told
    assert [unknown(name) for name in ("report", "migrate", "help", "--version")] == [None] * 4
