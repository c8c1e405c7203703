"""Makes the folders of a server. Only folders that are made here get owner and permissions from here."""

import os
import shutil
from pathlib import Path

from khue.core.postgres.errors import PostgresUnavailable
from khue.core.postgres.place import STATE, Place, is_private


def prepare(where: Place) -> None:
    """Makes what is missing. Raises PostgresUnavailable where a folder is not ours alone, OSError where none fits."""
    if where.outside:
        _prepare_outside(where)
    elif where.pointer.exists():
        raise PostgresUnavailable(
            f"Cơ sở dữ liệu này do tài khoản root tạo và nằm ở {where.pointer.read_text().strip()}. Hãy chạy lệnh bằng "
            f"root, hoặc xóa tệp {where.pointer} để bắt đầu một cơ sở dữ liệu trống của riêng tài khoản này."
        )
    where.home.parent.mkdir(parents=True, exist_ok=True)
    for folder in (where.home, where.socket_dir):
        _private(folder, where)
    for file in (where.users, where.starting, where.watcher, where.log):
        own_file(file, where)


def own_file(file: Path, where: Place) -> None:
    """Makes an empty file for the server's account alone, though root may be the one who makes it."""
    if not file.exists():
        file.touch(mode=0o600)
        if os.geteuid() != where.owner:
            os.chown(file, where.owner, where.group)


def _private(folder: Path, where: Place) -> None:
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        # Another process of this account may have made it a moment ago and not handed it over yet.
        if not is_private(folder, where.owner, os.geteuid()):
            raise PostgresUnavailable(
                f"Thư mục {folder} không thuộc về tài khoản chạy máy chủ, hoặc đang mở cho người khác. "
                f"Hãy xóa nó, hoặc đổi chủ về số {where.owner} và chạy `chmod 700 {folder}`."
            ) from None
    if os.geteuid() != where.owner:
        os.chown(folder, where.owner, where.group)


def _prepare_outside(where: Place) -> None:
    for folder in (STATE, where.home.parent):
        if not folder.is_dir():
            folder.mkdir(parents=folder == STATE, exist_ok=True)
            folder.chmod(0o755)
    where.pointer.parent.mkdir(parents=True, exist_ok=True)
    _note(where.pointer, where.home)  # before the folder: who sees the folder must see whose it is
    _private(where.home, where)
    _note(where.home / "pointer", where.pointer)


def _note(file: Path, content: Path) -> None:
    """Writes a path into a file, at once or not at all."""
    if file.exists() and file.read_text().strip() == str(content):
        return
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.write_text(f"{content}\n")
    draft.replace(file)


def remove(where: Place) -> None:
    """Deletes a stopped server with all its data."""
    for folder in (where.home, where.socket_dir):
        shutil.rmtree(folder, ignore_errors=True)
    where.pointer.unlink(missing_ok=True)
    if where.outside and not any(where.home.parent.iterdir()):
        where.home.parent.rmdir()
