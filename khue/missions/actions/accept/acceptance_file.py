"""The lead organisation's acceptance file while it is written, what completes it, and what the department adds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import CALENDAR, Actor
from khue.core.refusals import Refusal, Refused, require
from khue.files.actions import Upload, attach, remove
from khue.flow.shelf.words import words
from khue.journal.actions import record
from khue.missions.actions.accept.accepting import open_acceptance
from khue.missions.models import Acceptance, DossierPart, Mission
from khue.missions.rules.accept.accepting import may_complete, may_write

LONGEST_PROOF = 300


@dataclass(frozen=True, slots=True)
class Delivered:
    """What is said of one promised product."""

    quantity: Decimal
    rating: str
    quality: str = ""
    proof: str = ""


@transaction.atomic
def save_draft(
    acceptance: Acceptance,
    *,
    by: Actor,
    edits: int,
    rating: str,
    text: str,
    spent: int | None,
    products: Mapping[int, Delivered],
) -> int:
    """Keep the file as it stands, whole or not; `products` by the number of the promised product, `edits` as it was
    when the page was opened. Returns the new count.

    Raises Refused: `acceptance.changed-meanwhile`, `acceptance.quantity`, `acceptance.spent`, or the rule's.
    """
    acceptance = _locked(acceptance)
    require(may_write(by, acceptance))
    if acceptance.edits != edits:
        sentence = _("A colleague saved this file in the meantime. Your text is still here: copy it, then reload.")
        raise Refused(Refusal("acceptance.changed-meanwhile", sentence))
    if spent is not None and spent < 0:
        raise Refused(Refusal("acceptance.spent", _("The money spent is not below 0.")))
    acceptance.self_rating, acceptance.self_evaluation, acceptance.spent = rating, text.strip(), spent
    acceptance.edits += 1
    acceptance.save(update_fields=["self_rating", "self_evaluation", "spent", "edits"])
    for check in acceptance.products.all():
        said = products.get(check.product_id)
        if said is None:
            continue
        if said.quantity < 0:
            raise Refused(Refusal("acceptance.quantity", _("A quantity is not below 0.")))
        check.quantity, check.self_rating = said.quantity, said.rating
        check.quality, check.proof = said.quality.strip(), said.proof.strip()[:LONGEST_PROOF]
        check.save()
    return acceptance.edits


@transaction.atomic
def attach_part(acceptance: Acceptance, upload: Upload, *, part: str, by: Actor) -> DossierPart:
    """Put a file into the acceptance file as one of its parts. Raises Refused: `acceptance.no-such-part`, what files
    refuse, or the rule's."""
    acceptance = _locked(acceptance)
    require(may_complete(by, acceptance) and may_write(by, acceptance))
    if part not in words("dossier") or words("dossier")[part].facts.get("later"):
        raise Refused(Refusal("acceptance.no-such-part", _("Say which part of the file this is.")))
    file = attach(upload, dossier=f"acceptance:{acceptance.pk}", by=by, restricted=True)
    return DossierPart.objects.create(acceptance=acceptance, file=file, part=part)


@transaction.atomic
def excuse_part(acceptance: Acceptance, *, part: str, reason: str, by: Actor) -> Acceptance:
    """Say why a part of the file does not apply to this mission; without a reason, take that back. The department
    judges it when it checks the file. Raises Refused: `acceptance.not-excusable`, or the rule's."""
    acceptance = _locked(acceptance)
    require(may_complete(by, acceptance) and may_write(by, acceptance))
    word = words("dossier").get(part)
    if word is None or not word.facts.get("excusable"):
        sentence = _("This part belongs to every file: attach it.")
        raise Refused(Refusal("acceptance.not-excusable", sentence))
    told = reason.strip()[:LONGEST_PROOF]
    acceptance.excuses = {name: why for name, why in {**acceptance.excuses, part: told}.items() if why}
    acceptance.save(update_fields=["excuses"])
    verb = "acceptance.part-excused" if told else "acceptance.part-asked-again"
    record(f"acceptance:{acceptance.pk}", verb, by=by, part=word.label.vi, reason=told)
    return acceptance


@transaction.atomic
def remove_part(part: DossierPart, *, by: Actor, reason: str) -> None:
    """Take a file out again while the file is written. Raises Refused: `files.reason-missing`, or the rule's."""
    acceptance = _locked(part.acceptance)
    require(may_complete(by, acceptance) and may_write(by, acceptance))
    remove(part.file, by=by, reason=reason)


@transaction.atomic
def write_completion(acceptance: Acceptance, rows: Sequence[Mapping[str, str]], *, by: Actor) -> Acceptance:
    """How each remark of the council was met. Raises Refused: `acceptance.remark-unanswered`, or the rule's."""
    acceptance = _locked(acceptance)
    require(may_complete(by, acceptance))
    told = [{name: row.get(name, "").strip() for name in ("remark", "answer")} for row in rows]
    told = [row for row in told if any(row.values())]
    if any(not row["remark"] or not row["answer"] for row in told):
        sentence = _("Every row needs the remark and how it was met.")
        raise Refused(Refusal("acceptance.remark-unanswered", sentence))
    acceptance.completion = told
    acceptance.save(update_fields=["completion"])
    record(f"acceptance:{acceptance.pk}", "acceptance.completion", by=by, count=len(told))
    return acceptance


def accept_those_ended() -> int:
    """Wait for the file of every mission that has ended; returns how many. Safe to run again."""
    ended = Mission.objects.filter(state=Mission.State.ENDED, case__step="ended", host__isnull=False)
    open_ones = Acceptance.objects.filter(case__closed_at=None)
    rows = list(ended.exclude(acceptances__in=open_ones).order_by("ends_on", "pk"))
    for mission in rows:
        open_acceptance(mission, by=CALENDAR)
    return len(rows)


def _locked(acceptance: Acceptance) -> Acceptance:
    rows = Acceptance.objects.select_for_update(of=("self",)).select_related("mission__host", "case__process_version")
    return rows.get(pk=acceptance.pk)
