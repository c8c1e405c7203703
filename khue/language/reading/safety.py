"""Is a file what it says and harmless? The same check serves reading a document and accepting an upload."""

import io
from collections.abc import Collection
from pathlib import Path

import olefile
import pypdfium2 as pdfium

from khue.language.reading.archive import Archive
from khue.language.reading.kind import KINDS, Kind, by_suffix, identify, ole_streams
from khue.language.reading.pdfium_lock import PDFIUM
from khue.language.reading.refusals import MEGABYTE, refusal
from khue.language.source import Unreadable

MAX_SIZE = 50 * MEGABYTE
_ZIPPED = {"docx", "xlsx", "pptx", "odt", "ods", "odp"}
_OLE = {"doc", "xls", "ppt", "ole"}
_NEVER = {"program", "unknown", "ole"}
_MACRO_STREAMS = {"macros", "_vba_project_cur", "vba", "_vba_project", "vba_project"}


def check(
    source: bytes | Path, name: str = "", *, limit: int = MAX_SIZE, allowed: Collection[str] | None = None
) -> Kind:
    """The kind of a file that may be taken in.

    `name` is the file name as the sender gave it; `limit` is in bytes; `allowed` are names of kinds, by default every
    kind but programs and the unknown. Raises Unreadable for a file that is empty, too large, not what its name says,
    damaged, encrypted, or that carries macros, a decompression bomb or an XML entity attack.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    data = load(source, name, limit)
    kind = identify(data)
    if kind.name in _OLE:
        _check_ole(data, name, kind)
    kind = _agreed(kind, name)
    if allowed is not None and kind.name not in allowed:
        raise _not_allowed(kind, name, allowed)
    if kind.name == "pdf":
        _check_pdf(data, name)
    elif kind.name in _ZIPPED or kind.name == "zip":
        _check_zip(Archive(data, name, kind))
    return kind


def load(source: bytes | Path, name: str, limit: int = MAX_SIZE) -> bytes:
    """Bytes of a file within `limit` bytes. Raises Unreadable where it is missing, empty or larger."""
    try:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        if size > limit:
            raise refusal("too-large", name, size=size, limit=limit)
        data = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        raise refusal("not-found", name) from error
    if not data.strip(b"\x00\t\n\r "):
        raise refusal("empty", name)
    return data


def _not_allowed(kind: Kind, name: str, allowed: Collection[str]) -> Unreadable:
    """Where no document is wanted, but a sheet for example, it says what is: the first of these kinds that we list."""
    wanted = [one for one in KINDS.values() if one.name in allowed]
    if not wanted or any(one.readable for one in wanted):
        return refusal("not-allowed", name, label=kind.label)
    return refusal("not-this-kind", name, label=kind.label, wanted=wanted[0].label)


def _agreed(kind: Kind, name: str) -> Kind:
    claimed = by_suffix(name)
    if kind.name in _NEVER and (claimed is None or claimed.name in _NEVER):
        raise refusal("unknown-kind" if kind.name == "unknown" else "not-allowed", name, label=kind.label)
    if claimed is None or claimed == kind:
        return kind
    if kind.name == "txt" and claimed.name in {"html", "eml"}:
        return claimed
    if kind.name in {"unknown", "zip", "ole"}:
        raise refusal("damaged", name, label=claimed.label)
    if claimed.name == "zip" and kind.name in _ZIPPED:
        return kind
    if kind.name in _NEVER:
        raise refusal("not-allowed", name, label=kind.label)
    raise refusal("mislabelled", name, label=kind.label, suffix=kind.suffixes[0])


def _check_pdf(data: bytes, name: str) -> None:
    with PDFIUM:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            protected = getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD
            raise refusal("encrypted" if protected else "damaged", name, label=KINDS["pdf"].label) from error
        pages = len(document)
        document.close()
    if not pages:
        raise refusal("damaged", name, label=KINDS["pdf"].label)


def _check_ole(data: bytes, name: str, kind: Kind) -> None:
    streams = ole_streams(data)
    if not streams:
        raise refusal("damaged", name, label=(by_suffix(name) or kind).label)
    if "encryptedpackage" in streams or (kind.name == "doc" and _word_encrypted(data)):
        # Only the password would tell which kind of file it is.
        raise refusal("encrypted", name, label=(by_suffix(name) or kind).label)
    if any(part in _MACRO_STREAMS for stream in streams for part in stream.split("/")):
        raise refusal("macros", name, label=kind.label)


def _word_encrypted(data: bytes) -> bool:
    """Bit fEncrypted of the file information block ([MS-DOC] 2.5.2), at the start of the WordDocument stream."""
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        header = ole.openstream("WordDocument").read(12)
    return len(header) == 12 and bool(header[11] & 0x01)


def _check_zip(archive: Archive) -> None:
    names = [name.lower() for name in archive.names]
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or name.startswith("basic/script") for name in names):
        raise refusal("macros", archive.name, label=archive.kind.label)
    types = archive.read("[Content_Types].xml") or b""
    if b"macroEnabled" in types:
        raise refusal("macros", archive.name, label=archive.kind.label)
    archive.refuse_entities()
    manifest = archive.read("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise refusal("encrypted", archive.name, label=archive.kind.label)
