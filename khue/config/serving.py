"""Runs the web server: granian with fingerprinted files, or Django's reloading server for developers."""

import hashlib
import multiprocessing
import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces

from khue.config.staticfiles import Hashed

STAMP = ".collected"


def serve(host: str, port: int, workers: int) -> None:
    """Serve until stopped. With `KHUE_DEBUG=1` it starts again whenever the code changes."""
    if settings.DEBUG:
        call_command("runserver", f"{host}:{port}")
        return
    collect()
    os.environ.update(told(port))
    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        "khue.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        respawn_failed_workers=True,
        log_access=False,
    ).serve()


def told(port: int) -> dict[str, str]:
    """What the processes of the server are told in their environment.

    They start from nothing: they read the settings anew, find the collected files there, and share no database
    connection with this one. Links in calendars, invitations and letters name the port that is served.
    """
    return {"KHUE_HASHED_STATIC": "1", "KHUE_PORT": str(port)}


def collect() -> None:
    """Collect styles, scripts and fonts under `var/static` under fingerprinted names, if anything changed."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    state = _state()
    if stamp.is_file() and stamp.read_text() == state:
        return
    command = Command()
    command.storage = Hashed()
    call_command(command, interactive=False, verbosity=0, clear=True)
    stamp.write_text(state)


def _state() -> str:
    """A fingerprint of what is to be collected, by size and time: reading them all would cost a second."""
    files = (Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([]))
    seen = "\n".join(f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in sorted(files))
    return hashlib.sha256(seen.encode()).hexdigest()
