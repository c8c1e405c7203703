"""`khue import` and `khue export`: what they print, and the exit status others script against."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class

from khue.core.refusals import Refused
from khue.directory.models import Unit
from khue.office.tests.test_exchange import CITY, book

pytestmark = pytest.mark.django_db


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "don-vi.xlsx"
    path.write_bytes(book("units", {**CITY, "kind": "authority"}))
    return path


def test_the_dry_run_says_what_it_would_do(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import", "units", str(good))
    assert "dòng 2: thêm UBND Thành phố" in capsys.readouterr().out
    assert not Unit.objects.exists()


def test_apply_enters_and_export_gives_it_back(good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import", "units", str(good), "--apply")
    assert Unit.objects.get().code == "ubnd"
    out = tmp_path / "ra.xlsx"
    call_command("export", "units", "-o", str(out))
    call_command("import", "units", str(out))
    assert "0 dòng mới, 0 dòng đổi, 1 dòng giữ nguyên" in capsys.readouterr().out


def test_problems_name_row_and_column_and_refuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "loi.xlsx"
    path.write_bytes(book("units", {**CITY, "kind": "authority"}, {**CITY, "code": "b", "kind": "ma"}))
    with pytest.raises(Refused, match="1 lỗi ở 1 dòng; chưa nhập gì"):
        call_command("import", "units", str(path), "--apply")
    assert "dòng 3, cột “Loại đơn vị”" in capsys.readouterr().out
    assert not Unit.objects.exists()


def test_somebody_s_name_brings_their_rights(good: Path) -> None:
    with pytest.raises(Refused, match="Không có tài khoản"):
        call_command("import", "units", str(good), "--by", "khong@co.vn")


@pytest.mark.parametrize("arguments", [["nope", "a.xlsx"], ["units", "/khong/co.xlsx"], ["units"]])
def test_wrong_use_is_told_apart(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("import", *arguments)
    command = load_command_class(get_commands()["import"], "import")
    with pytest.raises(SystemExit) as ended:
        command.run_from_argv(["khue", "import", *arguments])
    assert ended.value.code == 2
