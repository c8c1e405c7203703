"""Real servers in folders of their own, and processes that use them."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pytest

from khue.core.postgres import Server, ensure_running, folders
from khue.core.postgres.place import Place, place
from khue.core.postgres.server import _joined

PROJECT = Path(__file__).parents[4]
VISITOR = """
import sys, pathlib
from khue.core.postgres import ensure_running
server = ensure_running(pathlib.Path(sys.argv[1]), durable=False)
print(server.socket_dir, flush=True)
sys.stdin.read()
"""
Visit = Callable[[Path], subprocess.Popen[str]]


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    """The folder of a server for tests, not there yet; what it started and made is gone afterwards."""
    with cleaned(tmp_path / "var") as folder:
        yield folder


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder as a first start makes it."""
    with cleaned(tmp_path_factory.mktemp("pristine")) as folder:
        ensure_running(folder, durable=False).release()
        where = place(folder, durable=False)
        wait_for(lambda: postmaster(where) is None)
        yield where.data


@pytest.fixture
def made(var: Path, pristine: Path) -> Path:
    """The folder of a server that ran before."""
    fill(var, pristine)
    return var


@pytest.fixture
def outline(var: Path, pristine: Path) -> Path:
    """The folder of such a server without its rows, for a start that fails before it looks at any."""
    fill(var, pristine, without=("base", "pg_wal"))
    return var


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory, pristine: Path) -> Iterator[Server]:
    """One server for the tests that do it no harm."""
    with cleaned(tmp_path_factory.mktemp("common")) as folder:
        fill(folder, pristine)
        yield ensure_running(folder, durable=False)


def fill(folder: Path, pristine: Path, without: Collection[str] = ()) -> None:
    """Lays a copy of a data folder where the server of `folder` expects it."""
    where = place(folder, durable=False)
    folders.prepare(where)
    where.data.mkdir(mode=0o700)
    os.chown(where.data, where.owner, where.group)
    parts = [part for part in pristine.iterdir() if part.name not in without]
    subprocess.run(["cp", "-Rp", *parts, where.data], check=True)  # with the owner of each file


@contextlib.contextmanager
def cleaned(folder: Path) -> Iterator[Path]:
    """Leaves the server of `folder` at the end and deletes it once it has stopped."""
    where = place(folder, durable=False)
    yield folder
    if server := _joined.get(where.home):
        server.release()
    wait_for(lambda: postmaster(where) is None)
    folders.remove(where)


@pytest.fixture
def visit() -> Iterator[Visit]:
    """Starts another process that joins the server of a folder and stays; it says where its socket is."""
    visitors: list[subprocess.Popen[str]] = []

    def start(folder: Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", VISITOR, str(folder)]
        pipe = subprocess.PIPE
        visitors.append(subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=PROJECT))
        return visitors[-1]

    yield start
    for visitor in visitors:
        leave(visitor)


def leave(visitor: subprocess.Popen[str]) -> None:
    """Lets a visitor end by itself."""
    with contextlib.suppress(BrokenPipeError):
        visitor.communicate(timeout=20)


def postmaster(where: Place) -> int | None:
    """The process id of a server that runs."""
    with contextlib.suppress(OSError, ValueError):
        pid = int((where.data / "postmaster.pid").read_text().split("\n", 1)[0])  # empty while it is being written
        os.kill(pid, 0)
        return pid
    return None


def watcher_of(where: Place) -> int:
    """The process id of the watcher, the parent of the server."""
    shown = subprocess.run(["ps", "-o", "ppid=", "-p", str(postmaster(where))], capture_output=True, check=True)
    return int(shown.stdout)


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Fails the test when `condition` has not become true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "timed out"
        time.sleep(0.02)


def kill(pid: int | None) -> None:
    """`kill -9`, and waits until the process is gone."""
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not _lives(pid))


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text() if Path("/proc/self").exists() else ") ?"
    except (ProcessLookupError, FileNotFoundError):  # the second where it ended in between
        return False
    return state.rsplit(")", 1)[1].split()[0] != "Z"
