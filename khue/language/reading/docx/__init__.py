"""Word documents (.docx): the text as it is printed, with its automatic numbers."""

from khue.language.reading.docx.body import Body
from khue.language.reading.docx.package import Package
from khue.language.reading.draft import Draft, Progress
from khue.language.source import SourceText


def read(data: bytes, name: str, progress: Progress) -> SourceText:
    package = Package(data, name)
    draft = Draft()
    Body(package, draft).write(progress)
    return draft.finish(name, "docx")
