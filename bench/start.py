"""How long until the page answers: the first start on a bare machine, and every start after it.

    python bench/start.py [--small]

The first start has its own empty `var/` with the installed packages: PostgreSQL is set up, the tables and the demo
city are made (`--small`: one month of its life instead of two years), styles are collected, the server answers. The
parts of the city that are built while one looks around are then brought in, and a second start finds all that. Beside
it, in the same run, the least that a Django site can take: an empty project on SQLite under Django's own server, whose
page needs no database. The last line on standard output is one JSON object.
"""

import argparse
import contextlib
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMITS = {"first_start_s": 120.0, "second_start_s": 6.0}
PATIENCE = 1800.0
"""Seconds after which a start counts as failed."""
SETTLE = 0.05


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """Whether a page comes back, whatever it says short of an error."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
            return bool(answer.status < 500)
    except urllib.error.HTTPError as refused:
        return refused.code < 500
    except OSError:
        return False


@contextlib.contextmanager
def started(command: list[str], environment: dict[str, str], port: int, cwd: Path = ROOT) -> Iterator[float]:
    """Start a server and give the seconds until its first answer; it is stopped, with all it started, afterwards."""
    with tempfile.TemporaryFile() as output:
        begun = time.perf_counter()
        server = subprocess.Popen(
            command, cwd=cwd, env=environment, stdout=output, stderr=output, start_new_session=True
        )
        try:
            while not answers(port):
                if server.poll() is not None or time.perf_counter() - begun > PATIENCE:
                    output.seek(0)
                    raise SystemExit(f"{' '.join(command)}: {output.read().decode(errors='replace')[-2000:]}")
                time.sleep(SETTLE)
            yield time.perf_counter() - begun
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(timeout=30)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)


def at_home(var: Path, **more: str) -> dict[str, str]:
    """The environment of an installation whose data are in `var`."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return environment | {"KHUE_VAR": str(var), "KHUE_DEMO": "1", **more}


def finish(var: Path) -> float:
    """Seconds that bringing in the rest of the demo city takes, when nobody looks on."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "khue", "demo"]
    subprocess.run(command, cwd=ROOT, env=at_home(var), check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def ours(var: Path, months: int | None) -> float:
    """Seconds of `make run` on `var` until the page answers, the packages being installed."""
    port = free_port()
    environment = at_home(var, KHUE_PORT=str(port))
    shorter = [] if months is None else ["--months", str(months)]
    command = [sys.executable, "-m", "khue", "demo", "--serve", *shorter]
    with started(command, environment, port) as seconds:
        return seconds


def empty_django(folder: Path) -> float:
    """Seconds until Django's own server shows the first page of an empty project."""
    project = folder / "empty"
    if not project.exists():
        project.mkdir()
        subprocess.run([sys.executable, "-m", "django", "startproject", "empty", str(project)], check=True)
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DJANGO_")}
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    with started(command, environment, port, cwd=project) as seconds:
        return seconds


def forget(var: Path) -> None:
    """Take away the data that a server started by root keeps outside `var`."""
    from khue.core.postgres.place import place

    kept = place(var)
    if kept.outside:
        shutil.rmtree(kept.home, ignore_errors=True)


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="one month of the demo city, two rounds")
    small = parser.parse_args().small
    rounds = 2 if small else 5
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder) / "var"
        try:
            first = ours(var, 1 if small else None)
            print(f"first start  {first:6.1f} s")
            rest = finish(var)
            print(f"its rest     {rest:6.1f} s")
            seconds = [(ours(var, 1 if small else None), empty_django(Path(folder))) for _ in range(rounds)]
        finally:
            forget(var)
    second, peer = (statistics.median(figures) for figures in zip(*seconds, strict=True))
    print(f"second start {second:6.1f} s")
    print(f"empty Django {peer:6.1f} s")
    results = {
        "first_start_s": round(first, 1),
        "first_start_months": 1 if small else 24,
        "rest_of_city_s": round(rest, 1),
        "second_start_s": round(second, 2),
        "empty_django_s": round(peer, 2),
        "rounds": rounds,
    }
    targets = {
        name: {"value": results[name], "limit": limit, "met": results[name] <= limit} for name, limit in LIMITS.items()
    }
    print(json.dumps({"bench": "start", "machine": {"cores": os.cpu_count()}, "results": results, "targets": targets}))


if __name__ == "__main__":
    main()
