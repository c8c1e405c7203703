"""The watcher: a small detached program, parent of the server, which stops it when its last user has gone.

Every process that uses the server holds a shared `flock` on the file `users`. The watcher waits for the same lock
alone: the kernel gives it when no user is left, whatever they died of. Nothing is polled and no pid is guessed.
As the parent it buries a killed server, so that no zombie makes a new one believe that the old one lives, and starts
it again, so that a web server which goes on running finds its database back. While the watcher lives it holds
`watcher`, which tells the others that the server is looked after.

Run as a script by `cluster.py` with one JSON argument; imports only the standard library, so that it starts in
a few milliseconds and stays small. `pid` instead of `command` takes over a server whose watcher was killed.
"""

import contextlib
import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from typing import Any

FAST, AT_ONCE = signal.SIGINT, signal.SIGQUIT
PATIENCE = 60.0
"""Seconds a server gets for its last checkpoint before it is stopped at once (it recovers at the next start)."""
REVIVALS = 20
"""Tries to start a killed server again; the first ones fail while processes of the old one are still leaving."""
PAUSE = 0.5
"""Seconds between these tries, and between looks at a server that is not our child."""


class Watch:
    """One server, from its start to its end."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.pid: int = plan.get("pid", 0)
        self.stopping = False
        self.turn = threading.Lock()

    def stop(self, number: int = FAST) -> None:
        """Tells the server to stop, and that it shall not be started again."""
        with self.turn, contextlib.suppress(ProcessLookupError):
            self.stopping = True
            os.kill(self.pid, number)

    def stop_when_unused(self) -> None:
        """Waits for the last user, then stops the server. The lock stays held until we end: newcomers wait."""
        handle = os.open(self.plan["users"], os.O_RDWR)
        fcntl.flock(handle, fcntl.LOCK_EX)
        self.stop()
        time.sleep(PATIENCE)
        self.stop(AT_ONCE)

    def run_once(self) -> int:
        """Starts the server and waits for its end. Its exit status; negative when a signal killed it."""
        with self.turn:
            if self.stopping:
                return 0
            command, how = self.plan["command"], self.plan["as"]
            child = subprocess.Popen(command, stdin=subprocess.DEVNULL, env=self.plan["env"], umask=0o077, **how)
            self.pid = child.pid
        return child.wait()

    def run(self) -> None:
        """Keeps the server up until it is told to stop. One that refuses to start is not started again."""
        status = self.run_once()
        tries = REVIVALS if status < 0 else 0
        while tries and status != 0 and not self.stopping:
            time.sleep(PAUSE)
            begin = time.monotonic()
            status = self.run_once()
            lasted = time.monotonic() - begin > REVIVALS * PAUSE
            tries = REVIVALS if lasted and status < 0 else tries - 1

    def wait_for_stranger(self) -> None:
        """Returns when a server that is not our child has ended.

        Linux tells even when nobody buries it: in a container the first process often does not.
        """
        with contextlib.suppress(ProcessLookupError):
            if hasattr(os, "pidfd_open"):
                select.select([os.pidfd_open(self.pid)], [], [])
            while not hasattr(os, "pidfd_open"):
                os.kill(self.pid, 0)
                time.sleep(PAUSE)


def detach(log: str) -> None:
    """Lets go of the caller: the first process ends, its child goes on with the log as its output."""
    if os.fork():
        os._exit(0)
    output = os.open(log, os.O_WRONLY | os.O_APPEND)
    silence = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((silence, 0), (output, 1), (output, 2)):
        os.dup2(source, target)


def main(plan: dict[str, Any]) -> None:
    """Starts (or takes over) the server of `plan` and stays until it has ended."""
    guard = os.open(plan["watcher"], os.O_RDWR)
    fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
    detach(plan["log"])
    watch = Watch(plan)
    threading.Thread(target=watch.stop_when_unused, daemon=True).start()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: threading.Thread(target=watch.stop, daemon=True).start())
    if "command" in plan:
        watch.run()
    else:
        watch.wait_for_stranger()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
