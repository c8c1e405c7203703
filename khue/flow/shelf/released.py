"""Seals: a version that was released never changes. `processes/RELEASED.toml` has the hash of each of its files.

Only versions are sealed. Instruments, calendars, roles and layouts are facts about today: a decree is repealed, a
Saturday is swapped, and their file is corrected in place. Cases do not depend on it: each keeps its version's text
and its own dates.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from khue.flow.shelf.folders import Folder, folders
from khue.flow.shelf.table import Problem

FILE = "RELEASED.toml"
HEAD = "# Mã băm của mọi tệp trong các phiên bản đã phát hành. Do lệnh `khue process release` ghi; không sửa tay.\n"
ADVICE = "trả lại như cũ; muốn sửa thì thêm thư mục mới mang ngày áp dụng mới"

Seals = Mapping[str, Mapping[str, str]]
"""Name of each released version -> its files -> their hashes."""


def seals(shelf: Path) -> Seals:
    """What was released; nothing where the file is missing. Raises ValueError when it cannot be read."""
    path = shelf / FILE
    found = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if not all(isinstance(files, dict) for files in found.values()):
        raise ValueError("each released version is a table of its files")
    return found


def broken_seals(shelf: Path) -> list[Problem]:
    """Released versions that are no longer as they were, file by file."""
    if not (shelf / FILE).is_file():
        return [Problem(FILE, "", "thiếu tệp này; lấy lại từ bản phát hành trước, hoặc chạy: khue process release")]
    try:
        known = seals(shelf)
    except ValueError as error:
        return [Problem(FILE, "", f"không đọc được, lấy lại từ bản phát hành trước: {error}")]
    now = {folder.name: folder.hashes() for folder in folders(shelf)}
    return [problem for name, files in known.items() for problem in _compare(name, files, now.get(name))]


def due_for_release(shelf: Path, today: date) -> list[Folder]:
    """Versions whose day has come and that are not sealed yet."""
    known = seals(shelf)
    return [folder for folder in folders(shelf) if folder.name not in known and folder.version <= today.isoformat()]


def release(shelf: Path, today: date) -> list[str]:
    """Seals the versions whose day has come and that are not sealed yet; returns their names."""
    new = {folder.name: folder.hashes() for folder in due_for_release(shelf, today)}
    tables = (_table(name, files) for name, files in sorted({**seals(shelf), **new}.items()))
    (shelf / FILE).write_text(HEAD + "".join(tables), encoding="utf-8")
    return sorted(new)


def _compare(name: str, sealed: Mapping[str, str], now: Mapping[str, str] | None) -> Iterator[Problem]:
    if now is None:
        yield Problem(name, "", f"phiên bản đã phát hành mà bị xóa; {ADVICE}")
        return
    for file in sorted(sealed.keys() | now.keys()):
        if file not in now:
            yield Problem(f"{name}/{file}", "", f"tệp của phiên bản đã phát hành mà bị xóa; {ADVICE}")
        elif file not in sealed:
            yield Problem(f"{name}/{file}", "", f"tệp thêm vào phiên bản đã phát hành; {ADVICE}")
        elif now[file] != sealed[file]:
            yield Problem(f"{name}/{file}", "", f"tệp của phiên bản đã phát hành mà bị sửa; {ADVICE}")


def _table(name: str, files: Mapping[str, str]) -> str:
    lines = "".join(f'"{file}" = "{seal}"\n' for file, seal in sorted(files.items()))
    return f'\n["{name}"]\n{lines}'
