"""What the reader found in a document, and who may take it into the register."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.directory.models import Unit
from khue.directory.search import resolve_many
from khue.documents.models import Document
from khue.documents.rules.directive_words import sure_from
from khue.documents.rules.extraction import may_extract
from khue.language.crowds import crowd
from khue.petitions.models import Petition, Voiced
from khue.petitions.rules.petitions import may_write


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks in a document: a unit of its day, or words alone."""

    name: str
    unit: Unit | None
    through: Unit
    """Under which it is counted: `unit`, else that of the place it names, of the document, or of its register."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage as the page shows it."""

    voiced: Voiced
    voices: Sequence[Voice]
    taken: Sequence[Petition]

    @property
    def waits(self) -> bool:
        """Nobody has said yet what it is."""
        return not self.taken and self.voiced.left_out_by_id is None

    @property
    def sure(self) -> bool:
        """The reader is as sure as of a directive that is accepted without a look."""
        return self.voiced.confidence >= sure_from()

    @property
    def percent(self) -> int:
        """How sure the reader is."""
        return round(self.voiced.confidence * 100)


def may_take(user: User, document: Document) -> Refusal | None:
    """Who chooses the directives of a document chooses its petitions too, if the role writes petitions; what few may
    see does not go into a register that many see."""
    if document.restricted:
        sentence = _("This document is seen by few, so what it says does not go into the register that many see.")
        return Refusal("petition.document-restricted", sentence)
    return may_extract(user, document) or may_write(user, document.unit)


def passages(document: Document) -> list[Passage]:
    """Every passage of a document with who speaks, in the order of the text; three queries."""
    rows = Voiced.objects.filter(reading__document=document).prefetch_related("petitions__recipient")
    found = list(rows)
    speaking = voices_of(document, found)
    return [Passage(one, speaking[one.pk], list(one.petitions.all())) for one in found]


def voices_of(document: Document, found: Collection[Voiced]) -> dict[int, list[Voice]]:
    """Who speaks in each passage. Names that are no unit are one voice for each unit under which they are counted;
    where nobody is named, the issuing body."""
    said = {one.pk: _said(one) for one in found}
    names = {name for voices in said.values() for name in voices} | {document.issuer_name} - {""}
    asked = names | {place for name in names for place in places_in(name)}
    meant = resolve_many(asked, day_of(document)) if asked else {}
    units = {name: resolution.unit for name, resolution in meant.items()}
    issuer = units.get(document.issuer_name)
    register = issuer or document.unit
    unsaid = Voice(document.issuer_name or _("not said in the document"), issuer, register)
    return {one.pk: _voices(said[one.pk], units, register) or [unsaid] for one in found}


PLACES = frozenset({"phường", "xã", "quận", "huyện", "trấn", "khu"})
"""Words before the name of a place; `thị` and `đặc` may stand before them."""


def places_in(name: str) -> Iterator[str]:
    """The places that a voice names: `phường Láng` in `cử tri phường Láng`; `hợp tác xã Vân Nội` names none."""
    words = name.replace(",", " ").replace(";", " ").split()
    for at, word in enumerate(words):
        before = words[at - 1].lower() if at else ""
        if word.lower() not in PLACES or before == "tác":
            continue
        after = next((end for end, one in enumerate(words[at + 1 :], at + 1) if not one[0].isupper()), len(words))
        if after > at + 1:
            yield " ".join(words[at - (before in ("thị", "đặc")) : after])


def day_of(document: Document) -> date:
    """The day on which what a document says was said; never one to come."""
    return min(document.issued_on or document.arrived_on or today(), today())


def _said(one: Voiced) -> list[str]:
    """The names that the reader heard; where the passage itself begins with voters or an association that speak, the
    body that only passes it on is not the voice."""
    whose = crowd(one.text)
    return [whose] if whose and len(one.voices) <= 1 else list(one.voices)


def _voices(names: Collection[str], units: Mapping[str, Unit | None], register: Unit) -> list[Voice]:
    known = {unit.pk: Voice(unit.name, unit, unit) for name in names if (unit := units[name]) is not None}
    others: dict[int, tuple[Unit, list[str]]] = {}
    for name in names:
        if units[name] is None:
            through = next((unit for place in places_in(name) if (unit := units[place]) is not None), register)
            others.setdefault(through.pk, (through, []))[1].append(name)
    return [*known.values(), *(Voice(", ".join(heard)[:300], None, through) for through, heard in others.values())]
