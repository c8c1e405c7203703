# ruff: noqa: ARG001
"""The embedded PostgreSQL server."""

from pathlib import Path
from typing import Any


class PostgresUnavailable(Exception):
    """The server cannot be started; the message says why and what to do."""


def connection_settings(var: Path, database: str) -> dict[str, Any]:
    """Where the server of `var` will be."""
    return {"ENGINE": "django.db.backends.postgresql", "NAME": database, "HOST": str(var / "postgres")}


def ensure_running(var: Path) -> Any:
    """Start or join the server."""
    raise PostgresUnavailable("Đặt DATABASE_URL.")


def exists(server: Any, name: str) -> bool:
    """Whether the server has the database."""
    return False


def create_database(server: Any, name: str) -> None:
    """Create a database."""
