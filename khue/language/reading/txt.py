"""Plain text files. The text stays as it is, blank lines and all, so that offsets are those of the file."""

import re
from unicodedata import normalize

from khue.language.encodings import decode, repair
from khue.language.reading.draft import Progress
from khue.language.reading.refusals import refusal
from khue.language.source import Line, SourceText

_NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")
_WORDS = re.compile(r"\S(?:[^\n]*\S)?")


def read(data: bytes, name: str, progress: Progress) -> SourceText:
    decoded = decode(data)
    whole = decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = "\n".join(repair([normalize("NFC", line) for line in _NO_CHARACTER.sub("\ufffd", whole).split("\n")]))
    lines = tuple(Line(found.start(), found.end()) for found in _WORDS.finditer(text))
    if not lines:
        raise refusal("no-text", name)
    progress(1, 1)
    warnings: tuple[str, ...] = ()
    if decoded.faults:
        warnings = (f"{decoded.faults} ký tự trong tệp «{name}» bị hỏng và được thay bằng dấu \ufffd.",)
    return SourceText(text, lines, "txt", warnings=warnings)
