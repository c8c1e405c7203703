"""What was released never changes: `khue process release` seals it, `khue process check` holds it."""

import shutil
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.management import call_command
from django.utils import translation
from pytest_django.fixtures import Settings

from khue.core import clock
from khue.core.refusals import Refused
from khue.flow.shelf.folders import folders
from khue.flow.shelf.released import FILE, broken_seals, release

TODAY = date(2026, 3, 2)
VERSION = "document-incoming/2020-03-05"
PROGRAMME = "programmes/07-ctr-tu/2021-03-17.toml"
LATER = "document-incoming/2026-06-01"


@pytest.fixture
def shelf(tmp_path: Path, settings: Settings) -> Path:
    """The site's shelf with one process, released, in a folder that may be spoilt."""
    others = {folder.process for folder in folders(site.PROCESSES)} - {Path(VERSION).parent.name}
    shelf = tmp_path / "processes"
    shutil.copytree(site.PROCESSES, shelf, ignore=shutil.ignore_patterns(FILE, *others))
    settings.PROCESSES = shelf
    release(shelf, TODAY)
    return shelf


def copy_version(shelf: Path) -> None:
    """A version to come, made the way the README says."""
    shutil.copytree(shelf / VERSION, shelf / LATER)
    main = shelf / LATER / "process.toml"
    main.write_text(main.read_text().replace("2020-03-05", "2026-06-01", 1))


def say(*arguments: str) -> str:
    out = StringIO()
    with translation.override("vi"), clock.at(TODAY):
        call_command("process", *arguments, stdout=out)
    return out.getvalue()


def edit(shelf: Path) -> str:
    with (shelf / VERSION / "story.toml").open("a") as story:
        story.write("# thêm\n")
    return f"processes/{VERSION}/story.toml: tệp của phiên bản đã phát hành mà bị sửa"


def lose_a_file(shelf: Path) -> str:
    (shelf / VERSION / "story.toml").unlink()
    return f"processes/{VERSION}/story.toml: tệp của phiên bản đã phát hành mà bị xóa"


def add_a_file(shelf: Path) -> str:
    (shelf / VERSION / "forms" / "more.toml").write_text("x = 1\n")
    return f"processes/{VERSION}/forms/more.toml: tệp thêm vào phiên bản đã phát hành"


def lose_the_version(shelf: Path) -> str:
    shutil.rmtree(shelf / VERSION)
    return f"processes/{VERSION}: phiên bản đã phát hành mà bị xóa"


def spoil_the_seals(shelf: Path) -> str:
    (shelf / FILE).write_text("[[")
    return f"processes/{FILE}: không đọc được"


def flatten_the_seals(shelf: Path) -> str:
    (shelf / FILE).write_text(f'"{VERSION}" = "abc"\n')
    return f"processes/{FILE}: không đọc được"


def edit_a_programme(shelf: Path) -> str:
    with (shelf / PROGRAMME).open("a") as text:
        text.write("# thêm\n")
    return f"processes/{PROGRAMME}: tệp của phiên bản đã phát hành mà bị sửa"


def lose_a_programme(shelf: Path) -> str:
    (shelf / PROGRAMME).unlink()
    return f"processes/{PROGRAMME}: phiên bản đã phát hành mà bị xóa"


SPOILT: list[Callable[[Path], str]] = [
    edit, lose_a_file, add_a_file, lose_the_version, spoil_the_seals, flatten_the_seals,
    edit_a_programme, lose_a_programme,
]  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILT)
@pytest.mark.parametrize("command", ["check", "release"])
def test_neither_check_nor_release_passes_over_a_change(
    shelf: Path, spoil: Callable[[Path], str], command: str
) -> None:
    says = spoil(shelf)
    before = (shelf / FILE).read_text()
    with pytest.raises(Refused) as refused:
        say(command)
    assert says in refused.value.refusal.sentence
    assert (shelf / FILE).read_text() == before


def test_check_misses_the_seals_and_release_makes_the_first(shelf: Path) -> None:
    sealed = (shelf / FILE).read_text()
    (shelf / FILE).unlink()
    with pytest.raises(Refused, match="thiếu tệp này"):
        say("check")
    assert VERSION in say("release")
    assert (shelf / FILE).read_text() == sealed


def test_a_version_may_be_added_and_is_sealed_only_when_its_day_has_come(shelf: Path) -> None:
    copy_version(shelf)
    assert LATER not in say("check")
    assert say("release").strip() == "Trên kệ không có gì mới."
    with clock.at(date(2026, 6, 1)):
        assert release(shelf, clock.today()) == [LATER]
    assert broken_seals(shelf) == []
    assert edit(shelf)[10:] in str(broken_seals(shelf)[0])


def test_check_tells_what_is_in_use_and_not_released(shelf: Path) -> None:
    (shelf / FILE).write_text("")
    assert VERSION in say("check")


def test_line_ends_and_hidden_files_of_a_checkout_are_no_change(shelf: Path) -> None:
    story = shelf / VERSION / "story.toml"
    story.write_bytes(story.read_bytes().replace(b"\n", b"\r\n"))
    (shelf / VERSION / ".DS_Store").write_bytes(b"\0")
    assert broken_seals(shelf) == []


def test_a_shelf_with_a_mistake_is_not_released(shelf: Path) -> None:
    copy_version(shelf)
    (shelf / LATER / "story.toml").unlink()
    with pytest.raises(Refused, match="thiếu câu chuyện"):
        say("release")
