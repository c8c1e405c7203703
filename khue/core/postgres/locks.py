"""File locks (`flock`) with a time limit. The kernel drops them when their holder dies, even by `kill -9`."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from khue.core.postgres.errors import PostgresUnavailable

PAUSE = 0.02
"""Seconds between two tries."""


def take(path: Path, *, shared: bool, seconds: float) -> int:
    """The descriptor of the file `path`, locked. It is not inherited by programs started later.

    Raises PostgresUnavailable when the lock is still held by others after `seconds`.
    """
    handle = os.open(path, os.O_RDWR)
    mode = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(handle, mode)
        except OSError as error:
            if not isinstance(error, BlockingIOError) or time.monotonic() > deadline:
                os.close(handle)
                sentence = (
                    f"Đã chờ {seconds:.0f} giây mà một tiến trình khác vẫn đang khởi động hoặc tắt cơ sở dữ liệu "
                    f"(khóa {path}). Hãy thử lại; nếu vẫn vậy, khởi động lại máy."
                )
                raise PostgresUnavailable(sentence) from error
            time.sleep(PAUSE)
        else:
            return handle


@contextmanager
def held(path: Path, *, seconds: float) -> Iterator[None]:
    """Holds `path` alone for the length of the block."""
    handle = take(path, shared=False, seconds=seconds)
    try:
        yield
    finally:
        os.close(handle)


def is_held(path: Path) -> bool:
    """Whether somebody holds `path`."""
    if not path.exists():
        return False
    handle = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False
