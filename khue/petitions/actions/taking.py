"""Taking what a document says into the register."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.documents.models import Document
from khue.journal.actions import record
from khue.petitions.actions.writing import Voicing, enter
from khue.petitions.models import Petition, Voiced
from khue.petitions.rules.found import Voice, day_of, may_take, voices_of


@transaction.atomic
def take(document: Document, numbers: Collection[int], *, by: User, recipient: Unit | None = None) -> list[Petition]:
    """Take passages of a document into the register: a petition for each unit that speaks, one for all other voices
    together. What was taken or left out meanwhile is passed over.

    The unit that holds the document has to answer, unless `recipient` names another; where it speaks itself, the unit
    above it.

    Raises:
        Refused: what `may_take` says; `petition.nobody-to-answer` where a unit without one above it asks itself.
    """
    require(may_take(by, document))
    waiting = Voiced.objects.select_for_update(of=["self"]).filter(reading__document=document, pk__in=numbers)
    rows = list(waiting.filter(left_out_by=None))
    taken = set(Petition.objects.filter(found__in=rows).values_list("found", flat=True))  # asked once they are locked
    found = [one for one in rows if one.pk not in taken]
    speaking = voices_of(document, found)
    made = [
        enter(_voicing(document, one, voice, recipient or document.unit), author=None, by=by)
        for one in found
        for voice in speaking[one.pk]
    ]
    if made:
        record(document.dossier, "document.petitions-taken", by=by, count=len(made))
    return made


def _voicing(document: Document, one: Voiced, voice: Voice, recipient: Unit) -> Voicing:
    return Voicing(
        kind=one.kind, text=one.text, recipient=_who_answers(recipient, voice), unit=voice.unit,
        voice=voice.name, through=voice.through,
        document=document, found=one, raised_on=day_of(document),
    )  # fmt: skip


def _who_answers(recipient: Unit, voice: Voice) -> Unit:
    if voice.unit is None or voice.unit.pk != recipient.pk:
        return recipient
    if recipient.parent is None:
        sentence = _("%(unit)s asks itself in this passage. Choose another unit to answer it.")
        raise Refused(Refusal("petition.nobody-to-answer", sentence % {"unit": recipient.name}))
    return recipient.parent


@transaction.atomic
def leave_out(document: Document, number: int, *, by: User) -> None:
    """Say that a passage is no difficulty or request. Raises Refused: what `may_take` says, `petition.taken`."""
    require(may_take(by, document))
    one = Voiced.objects.select_for_update(of=["self"]).filter(reading__document=document, pk=number).first()
    if one is None or one.petitions.exists():
        raise Refused(Refusal("petition.taken", _("This passage is in the register already. Reload the page.")))
    one.left_out_by = by
    one.save(update_fields=["left_out_by"])


@transaction.atomic
def bring_back(document: Document, number: int, *, by: User) -> None:
    """Look at a passage again that was left out. Raises Refused: what `may_take` says."""
    require(may_take(by, document))
    Voiced.objects.filter(reading__document=document, pk=number).update(left_out_by=None)
