"""The key with which sessions and links are signed."""

import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.exceptions import ImproperlyConfigured


def kept_key(path: Path) -> str:
    """The key kept at `path`, readable by its owner alone; made where there is none. Of several processes that start
    at once the first makes it: it is written elsewhere and appears whole, so that none reads half or another key.

    Raises ImproperlyConfigured where the folder cannot be written to or the key not be read.
    """
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _make(path)
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"Không dùng được thư mục dữ liệu {path.parent} ({error.strerror}). Đặt KHUE_VAR sang một thư mục ghi được."
        ) from error


def _make(path: Path) -> None:
    with NamedTemporaryFile("w", dir=path.parent, prefix=path.name) as file:
        file.write(secrets.token_urlsafe(50))
        file.flush()
        with suppress(FileExistsError):
            path.hardlink_to(file.name)
