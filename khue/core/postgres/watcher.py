"""The watcher: a small detached program, parent of the server, which stops it when its last user has gone.

Every process that uses the server holds a shared `flock` on the file `users`. The watcher waits for the same lock
alone: the kernel gives it when no user is left, whatever they died of. Nothing is polled, no pid is guessed, and as
the parent it buries a killed server, so that no zombie makes the next start believe the old server still lives.
While it lives it holds `watcher`, which tells the others that the server is looked after.

Run as a script by `cluster.py` with one JSON argument; imports only the standard library, so that it starts in
a few milliseconds and stays small. `pid` instead of `command` takes over a server whose watcher was killed.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from typing import Any

FAST, AT_ONCE = signal.SIGINT, signal.SIGQUIT
PATIENCE = 60.0
"""Seconds a server gets for its last checkpoint before it is stopped at once (it recovers at the next start)."""


def stop_when_unused(users: str, pid: int) -> None:
    """Waits for the last user, then stops the server. The lock stays held until the program ends: newcomers wait."""
    handle = os.open(users, os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    os.kill(pid, FAST)
    time.sleep(PATIENCE)
    os.kill(pid, AT_ONCE)


def wait_for_stranger(pid: int) -> None:
    """Returns when `pid`, which is not our child, has ended."""
    while True:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.2)


def detach(log: str) -> None:
    """Lets go of the caller: the first process ends, its child goes on with the log as its output."""
    if os.fork():
        os._exit(0)
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    silence = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((silence, 0), (output, 1), (output, 2)):
        os.dup2(source, target)


def main(plan: dict[str, Any]) -> None:
    """Starts (or takes over) the server of `plan` and stays until it has ended."""
    guard = os.open(plan["watcher"], os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
    detach(plan["log"])
    child = None
    if "command" in plan:
        child = subprocess.Popen(plan["command"], stdin=subprocess.DEVNULL, env=plan["env"], umask=0o077, **plan["as"])
    pid: int = child.pid if child else plan["pid"]
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: os.kill(pid, FAST))
    threading.Thread(target=stop_when_unused, args=(plan["users"], pid), daemon=True).start()
    if child:
        child.wait()
    else:
        wait_for_stranger(pid)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
