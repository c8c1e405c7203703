"""What the reader found in a document, and who may take it into the register."""

from collections.abc import Collection, Sequence
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
from khue.petitions.models import Petition, Voiced
from khue.petitions.rules.petitions import may_write


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks in a document: a unit of its day, or words alone."""

    name: str
    unit: Unit | None


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
    """Who speaks in each passage. Names that are no unit are one voice; where nobody is named, the issuing body."""
    names = {name for one in found for name in one.voices or [document.issuer_name]} - {""}
    meant = resolve_many(names, day_of(document)) if names else {}
    units = {name: resolution.unit for name, resolution in meant.items()}
    unsaid = Voice(document.issuer_name or _("not said in the document"), units.get(document.issuer_name))
    return {one.pk: _voices(one, units) or [unsaid] for one in found}


def day_of(document: Document) -> date:
    """The day on which what a document says was said; never one to come."""
    return min(document.issued_on or document.arrived_on or today(), today())


def _voices(one: Voiced, units: dict[str, Unit | None]) -> list[Voice]:
    known = {unit.pk: Voice(unit.name, unit) for name in one.voices if (unit := units[name]) is not None}
    others = [name for name in one.voices if units[name] is None]
    return [*known.values(), *([Voice(", ".join(others)[:300], None)] if others else [])]
