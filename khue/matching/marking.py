"""Two names side by side: what they share is marked by the part it plays, what only one of them says is underlined."""

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from khue.matching.explaining import WORD
from khue.matching.ranking.reading import Read, understand
from khue.matching.ranking.title import Part
from khue.matching.ranking.words import read

PARTS: dict[Part, str] = {
    Part.OBJECT: "object", Part.TECHNOLOGY: "technology", Part.AIM: "aim", Part.HANDLING: "aim", Part.PLACE: "place",
}  # fmt: skip
"""Parts that tell one mission from another, and how a page calls them; other words are shown as they are."""
LEGEND: dict[str, str | Promise] = {
    "object": _("Same object"), "technology": _("Same technology"), "aim": _("Same aim"), "place": _("Same place"),
    "only": _("Only here"),
}  # fmt: skip


def sides(one: str, other: str) -> tuple[SafeString, SafeString]:
    """Both texts, each with what it shares with the other marked, also where they say it in other words."""
    mine, theirs = understand(one), understand(other)
    accents = mine.text.has_accents and theirs.text.has_accents
    return _marked(one, _said(mine, theirs, accents), accents), _marked(other, _said(theirs, mine, accents), accents)


def shared_marks(text: str, shared: list[str]) -> SafeString:
    """`text` with those of its words marked that stand among `shared`."""
    words = set(shared)
    pieces = WORD.split(text)
    marked = (
        format_html("<mark>{}</mark>", piece) if not words.isdisjoint(read(piece).marked) else piece for piece in pieces
    )
    return format_html_join("", "{}", ((piece,) for piece in marked))


def _said(read_: Read, other: Read, accents: bool) -> dict[str, str]:
    """Syllable -> the name of its mark; with its accents where both were typed with them."""
    mine, theirs = (one.text.marked if accents else one.text.bare for one in (read_, other))
    shared = set(theirs)
    for number in read_.concepts.keys() & other.concepts.keys():
        shared.update(mine[slice(*read_.concepts[number][1:])])
    parts = zip(mine, read_.title.parts, strict=True)
    return {said: PARTS[part] if said in shared else "only" for said, part in parts if part in PARTS}


def _marked(text: str, marks: dict[str, str], accents: bool) -> SafeString:
    return format_html_join("", "{}", ((_mark(piece, marks, accents),) for piece in WORD.split(text)))


def _mark(piece: str, marks: dict[str, str], accents: bool) -> str:
    said = read(piece)
    name = next((marks.get(one, "") for one in (said.marked if accents else said.bare)), "")
    return format_html('<mark class="said-{}">{}</mark>', name, piece) if name else piece
