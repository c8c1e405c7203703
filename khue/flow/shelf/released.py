"""Seals: a version that was released never changes. `processes/RELEASED.toml` has the hash of each."""

import tomllib
from pathlib import Path

from khue.flow.shelf.folders import folders
from khue.flow.shelf.table import Problem

FILE = "RELEASED.toml"
HEAD = (
    "# Phiên bản đã phát hành và mã băm của mọi tệp trong thư mục. Do lệnh `khue process release` ghi; không sửa tay.\n"
)


def seals(shelf: Path) -> dict[str, str]:
    """Name of each released version -> its seal."""
    path = shelf / FILE
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def changed(shelf: Path) -> list[Problem]:
    """Released versions that are no longer as they were."""
    now = {folder.name: folder.seal() for folder in folders(shelf)}
    return [
        Problem(name, "", "phiên bản đã phát hành mà bị sửa hoặc mất; trả lại như cũ, muốn sửa thì thêm thư mục mới")
        for name, seal in seals(shelf).items()
        if now.get(name) != seal
    ]


def release(shelf: Path) -> list[str]:
    """Seals the versions that are not sealed yet; returns their names."""
    known = seals(shelf)
    new = {folder.name: folder.seal() for folder in folders(shelf) if folder.name not in known}
    lines = [f'"{name}" = "{seal}"\n' for name, seal in sorted((known | new).items())]
    (shelf / FILE).write_text(HEAD + "".join(lines), encoding="utf-8")
    return sorted(new)
