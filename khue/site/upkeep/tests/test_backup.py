"""A backup is whole or refused; a restore fills an empty installation or touches nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from khue.core.refusals import Refused
from khue.journal.chain import ENDS, verify
from khue.journal.models import Entry
from khue.site.upkeep import archive, postgres
from khue.site.upkeep.backup import backup
from khue.site.upkeep.restore import restore

pytestmark = pytest.mark.usefixtures("noted")


def test_what_was_backed_up_comes_back(installation: Path, request: pytest.FixtureRequest) -> None:
    before = list(Entry.objects.order_by("pk").values())
    folder = installation / "backup"
    manifest = backup(folder)
    assert folder.stat().st_mode & 0o077 == 0
    assert manifest.rows[Entry._meta.db_table] == len(before) == 3
    request.getfixturevalue("emptied")
    restored, differing = restore(folder)
    assert restored == manifest
    assert differing == []
    assert list(Entry.objects.order_by("pk").values()) == before
    assert (folder / ENDS).read_text().count("\n") == verify().dossiers
    call_command("journal", "verify", backup=folder)
    assert Path(settings.MEDIA_ROOT, "ab", "giấy mời.txt").read_text(encoding="utf-8") == "một"
    call_command("migrate", check=True, verbosity=0)


def test_the_shelf_gets_back_what_it_lacks_and_names_what_differs(
    installation: Path, request: pytest.FixtureRequest
) -> None:
    (installation / "processes" / "roles.toml").write_text("a = 1")
    backup(installation / "backup")
    (installation / "processes" / "roles.toml").unlink()
    (installation / "processes" / "calendar" / "2026.toml").write_text("days = [1]")
    request.getfixturevalue("emptied")
    _, differing = restore(installation / "backup")
    assert differing == ["calendar/2026.toml"]
    assert (installation / "processes" / "roles.toml").read_text() == "a = 1"


def test_a_used_installation_is_never_restored_into(backed_up: Path) -> None:
    with pytest.raises(Refused) as refused:
        restore(backed_up)
    assert refused.value.refusal.code == "not-empty"
    assert Entry.objects.count() == 3


@pytest.mark.usefixtures("emptied")
def test_files_alone_make_the_target_used(installation: Path, backed_up: Path) -> None:
    settings.MEDIA_ROOT = installation / "var" / "files"
    with pytest.raises(Refused) as refused:
        restore(backed_up)
    assert refused.value.refusal.code == "not-empty"


def test_a_full_folder_is_not_overwritten(installation: Path) -> None:
    with pytest.raises(Refused) as refused:
        backup(installation)
    assert refused.value.refusal.code == "not-empty"


def test_a_folder_that_cannot_be_written_is_named(installation: Path) -> None:
    (installation / "file").write_text("")
    with pytest.raises(Refused) as refused:
        backup(installation / "file" / "backup")
    assert refused.value.refusal.code == "unwritable"


def alter(folder: Path) -> None:
    (folder / "files" / "ab" / "giấy mời.txt").write_text("hai", encoding="utf-8")


def lose(folder: Path) -> None:
    (folder / archive.DATABASE).unlink()


def add(folder: Path) -> None:
    (folder / "files" / "stranger").write_text("")


def behead(folder: Path) -> None:
    (folder / archive.MANIFEST).unlink()


def claim_newer(folder: Path) -> None:
    change(folder, migrations=["journal.9999_unheard_of"])


def claim_newer_server(folder: Path) -> None:
    change(folder, server=99)


def claim_newer_format(folder: Path) -> None:
    change(folder, format=2)


def change(folder: Path, **facts: object) -> None:
    path = folder / archive.MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | facts))


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (alter, "backup-damaged"),
        (lose, "backup-damaged"),
        (add, "backup-damaged"),
        (behead, "no-backup"),
        (claim_newer, "backup-newer"),
        (claim_newer_server, "server-older"),
        (claim_newer_format, "backup-newer"),
    ],
)
@pytest.mark.usefixtures("emptied")
def test_a_backup_that_is_not_whole_or_too_new_is_refused(
    backed_up: Path, harm: Callable[[Path], None], code: str
) -> None:
    harm(backed_up)
    with pytest.raises(Refused) as refused:
        restore(backed_up)
    assert refused.value.refusal.code == code
    with postgres.connect() as session:
        assert postgres.tables(session) == []
    assert not Path(settings.MEDIA_ROOT).exists()


@pytest.mark.parametrize("share", [0.5, 0.95, 0.999])
@pytest.mark.usefixtures("emptied")
def test_a_dump_that_breaks_off_leaves_nothing(backed_up: Path, share: float) -> None:
    dump = backed_up / archive.DATABASE
    dump.write_bytes(dump.read_bytes()[: int(dump.stat().st_size * share)])
    files = archive.Manifest.read(backed_up).files
    change(backed_up, files=files | {archive.DATABASE: archive.digest(dump)})
    with pytest.raises(Refused) as refused:
        restore(backed_up)
    assert refused.value.refusal.code == "load-failed"
    with postgres.connect() as session:
        assert postgres.tables(session) == []
    assert not Path(settings.MEDIA_ROOT).exists()
