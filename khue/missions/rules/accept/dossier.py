"""What belongs in an acceptance file, and what of it is there."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from khue.core.refusals import Refusal
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
    help: str = ""
    excusable: bool = False
    excuse: str = ""
    """Why there is none, where it does not apply to this mission."""
    paper: str = ""
    """The paper of the version that comes out of the system filled, to be signed."""

    @property
    def missing(self) -> bool:
        """Whether it is asked for, is not there, and nobody has said why it does not apply."""
        return not self.optional and not self.files and not self.excuse


def dossier_rows(acceptance: Acceptance) -> list[PartRow]:
    """The parts that this file needs: those of every file, those that its version asks for, and the proof of each
    class of product that was promised."""
    kept: dict[str, list[tuple[DossierPart, File]]] = {}
    rows = acceptance.parts.filter(file__removed_at=None).select_related("file").prefetch_related("file__versions")
    for part in rows.order_by("pk"):
        kept.setdefault(part.part, []).append((part, part.file))
    classes = set(acceptance.products.values_list("product__kind", flat=True))
    return [
        PartRow(
            name, str(word), cite(word.basis), bool(word.facts.get("optional")), kept.get(name, []), str(word.help),
            bool(word.facts.get("excusable")), acceptance.excuses.get(name, ""), word.facts.get("paper", ""),
        )
        for name, word in words("dossier").items()
        if name in kept or _asked(word, classes, acceptance.case.definition if acceptance.case else None)
    ]  # fmt: skip


def parts_missing(acceptance: Acceptance) -> Refusal | None:
    """Why a file is not handed in yet: parts of it are missing, each by its name."""
    lacks = [row for row in dossier_rows(acceptance) if row.missing]
    if not lacks:
        return None
    sentence = _(
        "The file lacks %(count)s papers: %(parts)s. Attach each under “Papers of the file” on the page of the "
        "acceptance; where one does not apply to this mission, say why there."
    )
    told = {"count": len(lacks), "parts": "; ".join(row.label for row in lacks)}
    return Refusal("acceptance.parts-missing", sentence % told)


def _asked(word: Word, classes: set[str], definition: Process | None) -> bool:
    if word.facts.get("later"):
        return False
    if "class" in word.facts:
        return word.facts["class"] in classes
    wanted = word.facts.get("asked_by")
    rule = definition.provisions.get(wanted) if wanted and definition is not None else None
    return wanted is None or (rule is not None and bool(rule.value))
