"""Plain text files: one line of the file is one line of the text."""

from khue.language.encodings import decode
from khue.language.reading.draft import Draft, Place, Progress
from khue.language.source import SourceText


def read(data: bytes, name: str, progress: Progress) -> SourceText:
    decoded = decode(data)
    draft = Draft()
    for line in decoded.text.splitlines():
        draft.add(line, Place())
    progress(1, 1)
    warnings: tuple[str, ...] = ()
    if decoded.faults:
        warnings = (f"{decoded.faults} ký tự trong tệp «{name}» bị hỏng và được thay bằng dấu \ufffd.",)
    return draft.finish(name, "txt", warnings=warnings)
