"""What a file really is, told from its content and never from its name."""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import olefile

from khue.language.encodings import wide


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of file. `suffixes` are the file names' endings that say so, the usual one first."""

    name: str
    label: str
    """How to call it in a Vietnamese sentence."""
    suffixes: tuple[str, ...]
    media_type: str
    readable: bool = False
    """Whether `read` turns it into text."""


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OASIS = "application/vnd.oasis.opendocument."
KINDS = {
    kind.name: kind
    for kind in (
        Kind("docx", "tệp Word (.docx)", (".docx", ".dotx", ".docm"), _OFFICE + "wordprocessingml.document", True),
        Kind("doc", "tệp Word đời cũ (.doc)", (".doc", ".dot"), "application/msword", True),
        Kind("odt", "tệp OpenDocument (.odt)", (".odt", ".ott"), _OASIS + "text", True),
        Kind("pdf", "tệp PDF", (".pdf",), "application/pdf", True),
        Kind("html", "trang web (.html)", (".html", ".htm", ".xhtml"), "text/html", True),
        Kind("txt", "tệp chữ thuần (.txt)", (".txt", ".text", ".md", ".csv", ".log"), "text/plain", True),
        Kind("xlsx", "bảng tính Excel (.xlsx)", (".xlsx", ".xltx", ".xlsm"), _OFFICE + "spreadsheetml.sheet"),
        Kind("xls", "bảng tính Excel đời cũ (.xls)", (".xls", ".xlt"), "application/vnd.ms-excel"),
        Kind("ods", "bảng tính OpenDocument (.ods)", (".ods",), _OASIS + "spreadsheet"),
        Kind("pptx", "tệp trình chiếu (.pptx)", (".pptx", ".ppsx", ".pptm"), _OFFICE + "presentationml.presentation"),
        Kind("ppt", "tệp trình chiếu đời cũ (.ppt)", (".ppt", ".pps"), "application/vnd.ms-powerpoint"),
        Kind("odp", "tệp trình chiếu OpenDocument (.odp)", (".odp",), _OASIS + "presentation"),
        Kind("rtf", "tệp RTF", (".rtf",), "application/rtf"),
        Kind("xml", "tệp XML", (".xml",), "application/xml"),
        Kind("eml", "thư điện tử (.eml, .mht)", (".eml", ".mht", ".mhtml"), "message/rfc822"),
        Kind("jpeg", "ảnh JPEG", (".jpg", ".jpeg"), "image/jpeg"),
        Kind("png", "ảnh PNG", (".png",), "image/png"),
        Kind("tiff", "ảnh TIFF", (".tif", ".tiff"), "image/tiff"),
        Kind("gif", "ảnh GIF", (".gif",), "image/gif"),
        Kind("webp", "ảnh WebP", (".webp",), "image/webp"),
        Kind("zip", "tệp nén ZIP", (".zip",), "application/zip"),
        Kind("rar", "tệp nén RAR", (".rar",), "application/vnd.rar"),
        Kind("7z", "tệp nén 7z", (".7z",), "application/x-7z-compressed"),
        Kind("ole", "tệp Office không rõ loại", (), "application/x-ole-storage"),
        Kind("program", "chương trình chạy được", (".exe", ".dll", ".so", ".com"), "application/x-executable"),
        Kind("unknown", "tệp không rõ loại", (), "application/octet-stream"),
    )
}
_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF8", "gif"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
_ZIP_FOLDERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_OLE_STREAMS = {"worddocument": "doc", "workbook": "xls", "book": "xls", "powerpoint document": "ppt"}
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_MAIL = re.compile(rb"(?:(?:From|Return-Path|Received|MIME-Version|Message-ID|Date|Subject): [^\n]*\n){2}", re.I)
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})


def identify(source: bytes | Path) -> Kind:
    """The kind of a file's content; `unknown` where nothing fits. Raises OSError where a path cannot be read."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    return KINDS[_name_of(data)]


def by_suffix(name: str) -> Kind | None:
    """The kind that a file name claims; None where it claims none that we know."""
    suffix = Path(name).suffix.lower()
    return next((kind for kind in KINDS.values() if suffix in kind.suffixes), None)


def ole_streams(data: bytes) -> list[str]:
    """Lower-case paths of the streams and folders of an OLE file (Office before 2007); empty where it is damaged."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return ["/".join(parts).lower() for parts in ole.listdir(streams=True, storages=True)]
    except Exception:  # noqa: BLE001 - a damaged file breaks the parser in ways it does not name
        return []


def _name_of(data: bytes) -> str:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole_kind(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    for magic, name in _MAGIC:
        if data.startswith(magic) and not (name == "program" and _is_text(data)):
            return name
    return _text_kind(data) if _is_text(data) else "unknown"


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except Exception:  # noqa: BLE001 - zipfile raises whatever the damaged bytes lead to
        names = [found.decode("utf-8", "replace") for found in re.findall(rb"(?:word|xl|ppt)/(?=[\w/]+\.)", data)]
    for folder, kind in _ZIP_FOLDERS.items():
        if any(name.startswith(folder) for name in names):
            return kind
    # OpenDocument writes its media type first, uncompressed, so that it can be read at a fixed place.
    declared = re.match(rb"application/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)", data[38:100])
    kinds = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "odp"}
    return kinds[declared[1]] if declared else "zip"


def _ole_kind(data: bytes) -> str:
    streams = ole_streams(data)
    return next((kind for stream, kind in _OLE_STREAMS.items() if stream in streams), "ole")


def _text_kind(data: bytes) -> str:
    start = data[:4096]
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start.decode("utf-16", "ignore").encode()
    start = start.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(start):
        return "html"
    if start.lstrip().startswith(b"<?xml"):
        return "xml"
    return "eml" if _MAIL.match(start.replace(b"\r", b"")) else "txt"


def _is_text(data: bytes) -> bool:
    sample = data[:65536]
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    if b"\x00" in sample:
        return wide(sample) is not None
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return bool(sample.strip()) and controls <= max(2, len(sample) / 200) and 10 * controls < len(sample)
