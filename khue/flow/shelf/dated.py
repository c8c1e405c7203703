"""Files of the shelf that stand alone, one a day from which it applies: `<shelf>/<folder>/<name>/<day>.toml`."""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from khue.flow.shelf.table import Problem


@dataclass(frozen=True, slots=True)
class File:
    """One version of one programme, or of one template."""

    folder: str
    """`programmes`, `reports`."""
    of: str
    """Whose version it is: `07-ctr-tu`."""
    version: date
    path: Path

    @property
    def name(self) -> str:
        """`programmes/07-ctr-tu/2021-03-17.toml`."""
        return f"{self.folder}/{self.of}/{self.version}.toml"

    def text(self) -> str:
        """What it says, whichever line ends the checkout has."""
        return self.path.read_text(encoding="utf-8").replace("\r\n", "\n")

    def digest(self) -> str:
        """SHA-256 of its text."""
        return hashlib.sha256(self.text().encode()).hexdigest()

    def values(self, problems: list[Problem]) -> dict[str, Any]:
        """Its TOML; nothing, and a problem, where it cannot be read."""
        try:
            return tomllib.loads(self.text())
        except tomllib.TOMLDecodeError as error:
            problems.append(Problem(self.name, "", f"không đọc được TOML: {error}"))
            return {}


def dated_files(shelf: Path, folder: str) -> list[File]:
    """Every version of everything in a folder, by name and day. Raises ValueError for a file whose name is no day."""
    paths = shelf.glob(f"{folder}/*/*.toml")
    found = [File(folder, path.parent.name, date.fromisoformat(path.stem), path) for path in paths]
    return sorted(found, key=lambda file: (file.of, file.version))
