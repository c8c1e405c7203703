"""Where the database is: `DATABASE_URL` names a real server, otherwise an embedded one runs under `var/`."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from khue.core import postgres


class DatabaseUnavailable(Exception):
    """No database can be reached; the message says what to do."""


def from_url(url: str) -> dict[str, Any]:
    """Django's settings for `postgresql://user:password@host:port/name?option=value`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise DatabaseUnavailable(
            "DATABASE_URL phải có dạng postgresql://người-dùng:mật-khẩu@máy-chủ:cổng/tên-cơ-sở-dữ-liệu."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def settings_for(var: Path) -> dict[str, Any]:
    """The `DATABASES["default"]` entry for this process; starts nothing."""
    if url := os.environ.get("DATABASE_URL"):
        return from_url(url)
    return postgres.connection_settings(var, "khue")


def start_database(var: Path) -> None:
    """Start or join the embedded server and create the database in it; nothing to do with `DATABASE_URL`."""
    if os.environ.get("DATABASE_URL"):
        return
    try:
        server = postgres.ensure_running(var)
        if not postgres.exists(server, "khue"):
            postgres.create_database(server, "khue")
    except postgres.PostgresUnavailable as unavailable:
        raise DatabaseUnavailable(str(unavailable)) from unavailable
