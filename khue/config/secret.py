"""The key with which sessions and links are signed."""

import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile


def kept_key(path: Path) -> str:
    """The key kept at `path`, readable by its owner alone; made where there is none. Of several processes that start
    at once the first makes it: it is written elsewhere and appears whole, so that none reads half or another key."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=path.parent, prefix=path.name) as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            with suppress(FileExistsError):
                path.hardlink_to(file.name)
    return path.read_text()
