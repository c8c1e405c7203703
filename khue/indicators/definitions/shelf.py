"""The files of programmes: `processes/programmes/<programme>/<day from which it applies>.toml`."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class File:
    """One version of one programme."""

    programme: str
    version: date
    path: Path

    @property
    def name(self) -> str:
        """`programmes/07-ctr-tu/2021-03-17.toml`."""
        return f"programmes/{self.programme}/{self.version}.toml"

    def text(self) -> str:
        """What it says, whichever line ends the checkout has."""
        return self.path.read_text(encoding="utf-8").replace("\r\n", "\n")

    def digest(self) -> str:
        """SHA-256 of its text."""
        return hashlib.sha256(self.text().encode()).hexdigest()


def files(shelf: Path) -> Iterator[File]:
    """Every version of every programme, by day, so that older ones are taken in first. Raises ValueError for a file
    whose name is no day."""
    found = [File(path.parent.name, date.fromisoformat(path.stem), path) for path in shelf.glob("programmes/*/*.toml")]
    yield from sorted(found, key=lambda file: (file.version, file.programme))
