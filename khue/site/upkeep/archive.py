"""The folder that a backup is: what lies where, and the manifest that says what must be in it.

manifest.json    when, by which version, applied migrations, rows of each table, size and SHA-256 of each file
database.dump    pg_dump's custom format
journal.tsv      how each chain of the journal ended: `khue journal verify --backup` looks whether they still stand
files/           attachments
shelf/           the process shelf of that day
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from django.utils.translation import gettext as _

from khue.core.refusals import Refusal, Refused

MANIFEST, DATABASE, FILES, SHELF = "manifest.json", "database.dump", "files", "shelf"
FORMAT = 1
CHUNK = 2**20


@dataclass(slots=True)
class Manifest:
    """What a backup holds. `files` maps a path inside the folder to [bytes, SHA-256]."""

    made_at: str
    khue: str
    server: int
    """Major version of the PostgreSQL server."""
    migrations: list[str]
    rows: dict[str, int]
    files: dict[str, list[int | str]] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def attachments(self) -> int:
        """How many of the files are attachments."""
        return sum(name.startswith(f"{FILES}/") for name in self.files)

    def write(self, folder: Path) -> None:
        """Writes the manifest; a folder without one is no backup, so this comes last."""
        (folder / MANIFEST).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The manifest of a backup. Raises Refused where there is none that this version understands."""
        try:
            manifest = cls(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            sentence = _("%(folder)s is not a whole backup: %(file)s is missing or cannot be read.")
            raise Refused(Refusal("no-backup", sentence % {"folder": folder, "file": MANIFEST})) from error
        if manifest.format != FORMAT:
            sentence = _("The backup was made by a newer Khuê (%(version)s). Install that version, then restore.")
            raise Refused(Refusal("backup-newer", sentence % {"version": manifest.khue}))
        return manifest


def digest(path: Path) -> list[int | str]:
    """Bytes and SHA-256 of a file."""
    with path.open("rb") as file:
        return [path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()]


def contents(folder: Path) -> Iterator[Path]:
    """Every file below `folder`, in a fixed order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def copy(source: Path, target: Path) -> None:
    """Copies every file below `source`, if there is such a folder; files that vanish meanwhile are left out."""
    target.mkdir(parents=True, exist_ok=True)
    for path in contents(source) if source.is_dir() else ():
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copy2(path, place)
        except FileNotFoundError:
            continue


def verify(folder: Path) -> Manifest:
    """The manifest of a backup that is whole. Raises Refused naming the first file that is missing or altered."""
    manifest = Manifest.read(folder)
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.is_file() or digest(path) != expected:
            sentence = _("The backup is damaged: %(file)s is missing or was altered. Use another backup.")
            raise Refused(Refusal("backup-damaged", sentence % {"file": path}))
    strange = {str(path.relative_to(folder)) for path in contents(folder)} - {*manifest.files, MANIFEST}
    if strange:
        sentence = _("The backup holds a file that its manifest does not know: %(file)s. Take it away, then restore.")
        raise Refused(Refusal("backup-damaged", sentence % {"file": folder / min(strange)}))
    return manifest
