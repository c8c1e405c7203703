"""What belongs in an acceptance file, and what of it is there."""

from dataclasses import dataclass, field

from khue.files.models import File
from khue.flow.shelf.law import cite
from khue.flow.shelf.values import Process
from khue.flow.shelf.words import Word, words
from khue.missions.models import Acceptance, DossierPart


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of the file."""

    name: str
    label: str
    basis: str
    optional: bool
    files: list[tuple[DossierPart, File]] = field(default_factory=list)

    @property
    def missing(self) -> bool:
        """Whether it is asked for and is not there."""
        return not self.optional and not self.files


def dossier_rows(acceptance: Acceptance) -> list[PartRow]:
    """The parts that this file needs: those of every file, those that its version asks for, and the proof of each
    class of product that was promised."""
    kept: dict[str, list[tuple[DossierPart, File]]] = {}
    rows = acceptance.parts.filter(file__removed_at=None).select_related("file").prefetch_related("file__versions")
    for part in rows.order_by("pk"):
        kept.setdefault(part.part, []).append((part, part.file))
    classes = set(acceptance.products.values_list("product__kind", flat=True))
    return [
        PartRow(name, str(word), cite(word.basis), bool(word.facts.get("optional")), kept.get(name, []))
        for name, word in words("dossier").items()
        if name in kept or _asked(word, classes, acceptance.case.definition if acceptance.case else None)
    ]


def _asked(word: Word, classes: set[str], definition: Process | None) -> bool:
    if "class" in word.facts:
        return word.facts["class"] in classes
    wanted = word.facts.get("asked_by")
    return wanted is None or (definition is not None and wanted in definition.provisions)
