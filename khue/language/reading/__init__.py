"""Reading a file into `SourceText`: Word, PDF, OpenDocument, web pages, plain text, scans.

Everything else that takes files in shares the same checks: `identify` tells the real kind, `check` refuses what is
damaged, encrypted, dangerous, or not what its name says.
"""

from collections.abc import Callable
from pathlib import Path

from khue.language.reading import doc, docx, html, odt, pdf, txt
from khue.language.reading.draft import Progress
from khue.language.reading.kind import KINDS, Kind, identify
from khue.language.reading.refusals import refusal
from khue.language.reading.safety import MAX_SIZE, check, load
from khue.language.source import SourceText, Unreadable

__all__ = ["KINDS", "MAX_SIZE", "Kind", "Unreadable", "check", "identify", "read", "read_bytes"]

_READERS: dict[str, Callable[[bytes, str, Progress], SourceText]] = {
    "doc": doc.read,
    "docx": docx.read,
    "html": html.read,
    "odt": odt.read,
    "pdf": pdf.read,
    "txt": txt.read,
}


def read(path: Path, *, progress: Progress | None = None, limit: int = MAX_SIZE) -> SourceText:
    """Read a file. `progress(done, total)` is called now and then: in pages for a PDF, else in parts of the text.

    `limit` is the largest size in bytes. Raises Unreadable with a sentence for every file that cannot be read.
    """
    return read_bytes(load(path, path.name, limit), path.name, progress=progress, limit=limit)


def read_bytes(data: bytes, name: str, *, progress: Progress | None = None, limit: int = MAX_SIZE) -> SourceText:
    """Read the bytes of a file of that name; like `read`."""
    kind = check(data, name, limit=limit)
    if not kind.readable:
        raise refusal("unsupported", name, label=kind.label)
    return _READERS[kind.name](data, name, progress or _silent)


def _silent(done: int, total: int) -> None:
    """Nobody asked to be told."""
