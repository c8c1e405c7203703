"""The embedded PostgreSQL: one server under `var/`, shared by web, worker, commands and tests of a project.

    server = ensure_running(Path("var"))
    if not exists(server, "khue"):
        create_database(server, "khue")

Who calls `ensure_running` counts as a user until `Server.release()` or the end of the process; the last user to
leave, even by `kill -9`, lets the server stop (see `watcher.py`).
"""

from khue.core.postgres.databases import create_database, drop_database, exists
from khue.core.postgres.errors import PostgresUnavailable
from khue.core.postgres.server import Server, connection_settings, ensure_running

__all__ = [
    "PostgresUnavailable",
    "Server",
    "connection_settings",
    "create_database",
    "drop_database",
    "ensure_running",
    "exists",
]
