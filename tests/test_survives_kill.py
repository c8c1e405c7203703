"""An installation whose database is killed under its feet: web server and worker go on by themselves."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from khue.core.postgres import Server, ensure_running, folders
from khue.core.postgres.place import place
from khue.site.upkeep.backup import backup

PROJECT = Path(__file__).parents[1]
PAGE = "tai-khoan/login/"


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    where = place(tmp_path)
    wait_for(lambda: not (where.data / "postmaster.pid").exists())
    folders.remove(where)


@pytest.fixture
def run(var: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts `khue …` on the installation of this test; ended at the end."""
    started: list[subprocess.Popen[bytes]] = []
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {"KHUE_VAR": str(var)}

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "khue", *arguments]
        quiet = subprocess.DEVNULL
        started.append(subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=quiet, stderr=quiet))
        return started[-1]

    yield start
    for process in started:
        process.terminate()
    for process in started:
        process.wait(timeout=30)


@pytest.fixture
def server(var: Path) -> Iterator[Server]:
    server = ensure_running(var)
    yield server
    server.release()


@pytest.mark.django_db
def test_web_and_worker_outlive_their_database(
    var: Path, server: Server, run: Callable[..., subprocess.Popen[bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    # Another installation's backup: making the tables migration by migration takes three times as long.
    folder = tmp_path_factory.mktemp("other") / "backup"
    backup(folder)
    assert run("restore", str(folder)).wait(timeout=60) == 0
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    web = run("serve", "--port", str(port), "--workers", "1")
    worker = run("worker")
    wait_for(lambda: served(port) and worker_reports(server, after=0))
    killed_at = time.time()
    os.kill(int((place(var).data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    wait_for(lambda: served(port) and worker_reports(server, after=killed_at))
    assert (web.poll(), worker.poll()) == (None, None)


def served(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{PAGE}", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def worker_reports(server: Server, *, after: float) -> bool:
    """Whether a worker has told since `after` (seconds of the epoch) that it lives."""
    question = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > to_timestamp(%s)"
    with contextlib.suppress(psycopg.Error), psycopg.connect(server.database_url("khue")) as connection:
        row = connection.execute(question, [after]).fetchone()
        return row is not None and row[0] > 0
    return False


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "timed out"
        time.sleep(0.1)
