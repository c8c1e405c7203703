"""What stands in an official paper, before anything is said about how it looks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `basis` marks a line of legal grounds ("Căn cứ …"), `lead` the first words that stand out bold."""

    text: str
    bold: bool = False
    italic: bool = False
    basis: bool = False
    centred: bool = False
    lead: str = ""

    @property
    def rest(self) -> str:
        """The text after its lead."""
        return self.text.removeprefix(self.lead)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its printed number, such as "I. KẾT QUẢ"; `level` counts from 1."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list with its printed mark, such as "a)" or "-"."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `align` has l, c or r for each column, `widths` shares of the width; `bold_last` sums up.

    Without `align` or `widths` they follow what stands in the columns. `signatures`: who signs side by side, each with
    a title, a note and, below the room for the hand, a name; drawn without lines.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    align: str = ""
    widths: Sequence[float] = ()
    caption: str = ""
    bold_last: bool = False
    signatures: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, as wide as the text; `alternative` is read out to those who do not see it."""

    png: bytes
    caption: str = ""
    alternative: str = ""


Block = Paragraph | Heading | Item | Table | Picture


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs. `on_behalf` says in what right; `authority` is whom they sign for, `post` what they are."""

    post: str
    name: str
    authority: str = ""
    on_behalf: Literal["", "collective", "deputy", "order", "authorised", "acting"] = ""


@dataclass(frozen=True, slots=True)
class OfficialPaper:
    """An official document with the components of Decree 30/2020, appendix I. Empty components are left out.

    `number` and `sign` stand apart ("345", "KH-UBND"); without a number a gap is left for it. `type_name` is empty for
    a letter, whose `subject` then stands under the number. `recipients` are without the archive line, which
    `archive_units` completes. A form (`form_code`, printed in its corner) has no number when `sign` is empty, and no
    signature of the body when `signature` names nobody: those who sign it stand in its text.
    """

    layout: Literal["state", "party"]
    body: str
    sign: str
    place: str
    subject: str
    blocks: Sequence[Block]
    signature: Signature
    parent_body: str = ""
    number: str = ""
    issued_on: date | None = None
    type_name: str = ""
    addressees: Sequence[str] = ()
    recipients: Sequence[str] = ()
    archive_units: str = ""
    urgency: Literal["normal", "urgent", "very-urgent", "express"] = "normal"
    circulation: str = ""
    form_code: str = ""
    appendices: Sequence[tuple[str, Sequence[Block]]] = field(default=())
