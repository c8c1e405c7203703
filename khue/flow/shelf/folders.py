"""The versions on the shelf as folders of files."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from khue.flow.shelf.reading import MAIN

STORY = "story.toml"
PARTS = (MAIN, "provisions.toml", "forms/*.toml", "criteria/*.toml", "papers/*.toml", "papers/*.txt")
LIKE = re.compile(r'^like\s*=\s*"(\d{4}-\d{2}-\d{2})"', re.M)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Folder:
    """`processes/<process>/<version>/`."""

    process: str
    version: str
    path: Path

    @property
    def name(self) -> str:
        """`directive-follow-up/2024-01-01`."""
        return f"{self.process}/{self.version}"

    def files(self) -> dict[str, str]:
        """What a case is pinned to, as text: the process, its numbers, forms, scoring sheets and papers.

        `like = "2021-04-11"` in process.toml takes over the files of that older version that this one has not itself.
        """
        found = [file for part in PARTS for file in sorted(self.path.glob(part))]
        own = {str(file.relative_to(self.path)): _text(file) for file in found}
        if not self.like or self.like >= self.version:
            return own
        return Folder(self.process, self.like, self.path.parent / self.like).files() | own

    @property
    def like(self) -> str:
        """The older version whose files stand where this one has none; empty without."""
        main = self.path / MAIN
        found = LIKE.search(_text(main)) if main.is_file() else None
        return found[1] if found else ""

    @property
    def until(self) -> date | None:
        """The day from which the next version applies; None while there is none."""
        later = [other.name for other in self.path.parent.glob("*/") if DAY.fullmatch(other.name)]
        return min((date.fromisoformat(day) for day in later if day > self.version), default=None)

    def stories(self) -> list[Path]:
        """Its worked cases: `story.toml` and `story-<name>.toml`."""
        return sorted(self.path.glob("story*.toml"))

    def hashes(self) -> dict[str, str]:
        """SHA-256 of every file in the folder but hidden ones, for comparing with the release."""
        names = {file.relative_to(self.path): file for file in self.path.rglob("*") if file.is_file()}
        shown = {name: file for name, file in names.items() if not any(part.startswith(".") for part in name.parts)}
        return {name.as_posix(): hash_of(file) for name, file in sorted(shown.items())}


def folders(shelf: Path) -> Iterator[Folder]:
    """Every version on the shelf, older ones first."""
    for version in sorted(shelf.glob("*/*/")):
        if DAY.fullmatch(version.name) or (version / MAIN).is_file():
            yield Folder(version.parent.name, version.name, version)


def digest(files: Mapping[str, str]) -> str:
    """SHA-256 over file names and texts."""
    return hashlib.sha256(json.dumps(files, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8").replace("\r\n", "\n")


def hash_of(file: Path) -> str:
    """SHA-256 of a file of the shelf."""
    data = file.read_bytes()
    # The same text, whichever line ends the checkout has.
    return hashlib.sha256(data.replace(b"\r\n", b"\n") if file.suffix in (".toml", ".txt") else data).hexdigest()
