"""Seals: a version that was released never changes. `processes/RELEASED.toml` has the hash of each of its files.

Sealed is what applies from a day: versions of processes, which are folders, and of programmes with the reports they
ask for and of templates of reports, which are single files. Instruments, calendars, roles, layouts and the periods of
`reporting/` are facts about today: a decree is repealed, a Saturday is swapped, and their file is corrected in place.
Cases and reports do not depend on it: each keeps its version's text and its own dates.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from khue.flow.shelf.folders import folders, hash_of
from khue.flow.shelf.table import Problem

FILE = "RELEASED.toml"
HEAD = "# Mã băm của mọi tệp trong các phiên bản đã phát hành. Do lệnh `khue process release` ghi; không sửa tay.\n"
ADVICE = "trả lại như cũ; muốn sửa thì thêm thư mục mới mang ngày áp dụng mới"

DAY_FILES = ("programmes/*/????-??-??.toml", "reports/*/????-??-??.toml")


@dataclass(frozen=True, slots=True)
class Version:
    """What is sealed as a whole: `directive-follow-up/2024-01-01` or `programmes/07-ctr-tu/2021-03-17.toml`."""

    name: str
    day: str
    hashes: Mapping[str, str]


Seals = Mapping[str, Mapping[str, str]]
"""Name of each released version -> its files -> their hashes."""


def versions(shelf: Path) -> Iterator[Version]:
    """Everything on the shelf that applies from a day and can be sealed."""
    for folder in folders(shelf):
        yield Version(folder.name, folder.version, folder.hashes())
    for file in sorted(file for pattern in DAY_FILES for file in shelf.glob(pattern)):
        yield Version(file.relative_to(shelf).as_posix(), file.stem, {file.name: hash_of(file)})


def is_released(shelf: Path, name: str) -> bool:
    """Whether the version of that name was sealed; a shelf without readable seals counts as released."""
    try:
        return not (shelf / FILE).is_file() or name in seals(shelf)
    except ValueError:
        return True


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
    now = {version.name: version.hashes for version in versions(shelf)}
    return [problem for name, files in known.items() for problem in _compare(name, files, now.get(name))]


def due_for_release(shelf: Path, today: date) -> list[Version]:
    """Versions whose day has come and that are not sealed yet."""
    known = seals(shelf)
    return [version for version in versions(shelf) if version.name not in known and version.day <= today.isoformat()]


def release(shelf: Path, today: date) -> list[str]:
    """Seals the versions whose day has come and that are not sealed yet; returns their names."""
    new = {version.name: version.hashes for version in due_for_release(shelf, today)}
    tables = (_table(name, files) for name, files in sorted({**seals(shelf), **new}.items()))
    (shelf / FILE).write_text(HEAD + "".join(tables), encoding="utf-8")
    return sorted(new)


def _compare(name: str, sealed: Mapping[str, str], now: Mapping[str, str] | None) -> Iterator[Problem]:
    if now is None:
        yield Problem(name, "", f"phiên bản đã phát hành mà bị xóa; {ADVICE}")
        return
    folder = name.rpartition("/")[0] if name.endswith(".toml") else name
    for file in sorted(sealed.keys() | now.keys()):
        if file not in now:
            yield Problem(f"{folder}/{file}", "", f"tệp của phiên bản đã phát hành mà bị xóa; {ADVICE}")
        elif file not in sealed:
            yield Problem(f"{folder}/{file}", "", f"tệp thêm vào phiên bản đã phát hành; {ADVICE}")
        elif now[file] != sealed[file]:
            yield Problem(f"{folder}/{file}", "", f"tệp của phiên bản đã phát hành mà bị sửa; {ADVICE}")


def _table(name: str, files: Mapping[str, str]) -> str:
    lines = "".join(f'"{file}" = "{seal}"\n' for file, seal in sorted(files.items()))
    return f'\n["{name}"]\n{lines}'
