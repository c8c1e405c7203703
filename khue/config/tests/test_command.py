"""What `khue` does before a command begins."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from khue.config.command import execute


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["demo", "migrate", "serve", "worker"])
def test_tables_of_another_version_are_told_before_anything_meets_them(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("khue.config.command.start_database", lambda _var: None)
    MigrationRecorder(connection).record_applied("documents", "0042_of_another_time")
    assert execute([command]) == 1
    said = capsys.readouterr().err
    assert "documents.0042_of_another_time" in said
    assert "khue demo --rebuild" in said
    assert said.count("\n") == 1, "one sentence, no traceback"
