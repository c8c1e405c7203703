"""OpenDocument text (.odt): the text as it is printed, with its automatic numbers."""

from khue.language.reading.archive import Archive
from khue.language.reading.draft import Draft, Progress
from khue.language.reading.kind import KINDS
from khue.language.reading.odt.body import Body
from khue.language.reading.odt.names import OFFICE
from khue.language.reading.odt.styles import Styles
from khue.language.reading.refusals import refusal
from khue.language.reading.xml import parse
from khue.language.source import SourceText


def read(data: bytes, name: str, progress: Progress) -> SourceText:
    archive = Archive(data, name, KINDS["odt"])
    label = KINDS["odt"].label
    parts = [archive.read(part) for part in ("content.xml", "styles.xml")]
    roots = [parse(part, name, label) for part in parts if part is not None]
    body = roots[0].find(f"{OFFICE}body/{OFFICE}text") if roots else None
    if body is None:
        raise refusal("damaged", name, label=label)
    draft = Draft()
    Body(Styles(roots), draft).write(body, progress)
    return draft.finish(name, "odt")
