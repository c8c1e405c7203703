"""Content that several files share goes with the last of them, whoever acts at the same moment."""

import time
from pathlib import Path
from threading import Event

import pytest
from django.core.files.base import ContentFile
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from khue.core.actors import IMPORTER
from khue.core.refusals import Refused
from khue.files import actions, holding, reading, store
from khue.files.models import File, Version
from khue.journal.models import Entry
from tests.at_once import together

pytestmark = pytest.mark.django_db
WORDS = "Hết thời hạn lưu".encode()
WHY = "Quyết định 12/QĐ-SKHCN"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def attached(number: int = 1) -> File:
    return actions.attach(ContentFile(WORDS, "bao-cao.txt"), dossier=f"sample:{number}", by=IMPORTER)


def kept() -> bool:
    """Whether the content still lies there, once all jobs have run."""
    for job in ProcrastinateJob.objects.filter(task_name="files.clear"):
        app.tasks["files.clear"](**job.args)
    return store.path_of(store.sha256_of(WORDS)).exists()


def test_content_goes_with_the_last_file_that_has_it() -> None:
    first, second = attached(), attached(2)
    actions.dispose(first, by=IMPORTER, reason=WHY)
    assert kept()
    actions.dispose(second, by=IMPORTER, reason=WHY)
    assert not kept()


def test_a_file_that_was_only_removed_keeps_its_content() -> None:
    first, removed = attached(), attached(2)
    actions.remove(removed, by=IMPORTER, reason="Đính nhầm")
    actions.dispose(first, by=IMPORTER, reason=WHY)
    assert kept()
    actions.dispose(removed, by=IMPORTER, reason=WHY)
    removed.refresh_from_db()
    assert (kept(), removed.removal_reason) == (False, WHY)


def test_an_earlier_version_of_a_living_file_keeps_its_content() -> None:
    living = attached()
    actions.add_version(living, ContentFile(b"two", "bao-cao.txt"), by=IMPORTER)
    actions.dispose(attached(2), by=IMPORTER, reason=WHY)
    assert kept()


def test_what_is_destroyed_once_stays_as_it_was() -> None:
    file = actions.dispose(attached(), by=IMPORTER, reason=WHY)
    again = actions.dispose(file, by=IMPORTER, reason="Lần hai")
    actions.remove(file, by=IMPORTER, reason="Lần ba")
    file.refresh_from_db()
    assert (file.removal_reason, file.disposed_at) == (WHY, again.disposed_at)
    assert Entry.objects.filter(verb__in=["files.removed", "files.disposed"]).count() == 2
    with pytest.raises(Refused):
        actions.dispose(attached(2), by=IMPORTER, reason=" ")


def test_the_same_content_attached_anew_is_there() -> None:
    actions.dispose(attached(), by=IMPORTER, reason=WHY)
    assert not kept()
    assert store.load(attached(2).current.sha256) == WORDS


def test_text_read_while_the_content_is_destroyed_is_not_kept() -> None:
    file = attached()
    version = Version.objects.select_related("file").get(file=file)
    actions.dispose(file, by=IMPORTER, reason=WHY)
    reading.read_version(version)
    version.refresh_from_db()
    assert (version.text, version.text_state) == ("", Version.Text.NONE)


@pytest.mark.django_db(transaction=True)
def test_of_two_disposals_at_once_the_content_goes() -> None:
    files = [attached(1), attached(2)]
    together(*(lambda file=file: actions.dispose(file, by=IMPORTER, reason=WHY) for file in files), held=True)
    assert not kept()


@pytest.mark.django_db(transaction=True)
def test_content_is_not_cleared_away_from_under_who_attaches_it() -> None:
    gone = actions.dispose(attached(), by=IMPORTER, reason=WHY)
    written = Event()

    def attach_slowly() -> None:
        attached(2)
        written.set()
        time.sleep(0.3)  # as a large import goes on after it; `held` ends the transaction only then

    def clear_away() -> bool:
        written.wait(10)
        return holding.clear(gone.current.sha256)

    assert together(attach_slowly, clear_away, held=True) == [None, False]
    assert kept()
