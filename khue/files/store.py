"""Where content lies: under its own hash, so that the same content is kept once and cannot change unseen."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


class Damaged(Exception):
    """Content on disk is missing or no longer has the hash it is kept under."""


def path_of(sha256: str) -> Path:
    """Where content with this hash is kept."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / sha256


def sha256_of(data: bytes) -> str:
    """The hash that content is kept under, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def keep(data: bytes) -> str:
    """Store content and return its SHA-256; storing the same again changes nothing."""
    sha256 = sha256_of(data)
    path = path_of(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    return sha256


def load(sha256: str) -> bytes:
    """The content kept under a hash. Raises `Damaged` when it is gone or has changed."""
    try:
        data = path_of(sha256).read_bytes()
    except FileNotFoundError as missing:
        raise Damaged(sha256) from missing
    if sha256_of(data) != sha256:
        raise Damaged(sha256)
    return data


def forget(sha256: str) -> None:
    """Remove content for good; nothing happens when it is not there."""
    path_of(sha256).unlink(missing_ok=True)
