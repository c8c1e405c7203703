"""Bringing a petition forward."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.accounts.scope import people_of
from khue.core.calendar import add_working_days
from khue.core.clock import today
from khue.core.refusals import require
from khue.core.yearly_numbers import next_number
from khue.directory.models import Unit
from khue.documents.models import Document
from khue.documents.rules.directive_words import field_of, fields
from khue.flow.actions import open_case
from khue.flow.actions.opening import version_on
from khue.language.text import headline
from khue.matching.actions import changed
from khue.notices.actions import notify, saying
from khue.petitions.actions.columns import WITHIN
from khue.petitions.models import Petition, Voiced
from khue.petitions.rules.petitions import ANSWER, may_say, may_write

PROCESS = "petition"


@dataclass(frozen=True, slots=True)
class Voicing:
    """Who says what to whom. `unit` is None for a voice that is no unit: it is counted under `through`, the unit by
    which it came."""

    kind: str
    text: str
    recipient: Unit
    unit: Unit | None
    voice: str = ""
    through: Unit | None = None
    field: str = ""
    document: Document | None = None
    found: Voiced | None = None
    raised_on: date | None = None


@transaction.atomic
def send(said: Voicing, *, by: User) -> Petition:
    """Bring a difficulty or a request of one's own unit before the unit that can do something about it.

    Raises:
        Refused: `petition.may-not-write`, `petition.not-for-this-unit`, `petition.too-short`, `petition.to-oneself`.
    """
    require(may_write(by, said.unit))
    return enter(said, author=by, by=by)


def enter(said: Voicing, *, author: User | None, by: User) -> Petition:
    """Write a petition down and open its case; `by` is known to be allowed to. Raises Refused as `may_say` does."""
    require(may_say(said.text, said.recipient, said.unit))
    day = today()
    within = version_on(PROCESS, day).definition.number(WITHIN)
    text = said.text.strip()
    title = headline(text)
    petition = Petition(
        kind=said.kind, text=text, title=title[:1].upper() + title[1:],
        field=said.field if said.field in fields() else field_of(text),
        unit=said.unit, through=said.unit or said.through or said.recipient,
        voice=(said.voice or (said.unit.name if said.unit else ""))[:300], author=author,
        recipient=said.recipient, document=said.document, found=said.found, raised_on=said.raised_on or day,
        due_on=add_working_days(day, within), year=day.year, number=next_number(Petition, day.year),
    )  # fmt: skip
    petition.save()
    petition.case = open_case(
        PROCESS, title=petition.title, url=petition.get_absolute_url(), dossier=petition.dossier, by=by,
        parties=_parties(petition), due_on=petition.due_on,
    )  # fmt: skip
    petition.save(update_fields=["case"])
    changed("petition", petition.pk)
    _tell(petition, by=by)
    return petition


def _parties(petition: Petition) -> Mapping[str, Unit | User]:
    parties: dict[str, Unit | User] = {"recipient": petition.recipient}
    if petition.unit is not None:
        parties["unit"] = petition.unit
    if petition.author is not None:
        parties["author"] = petition.author
    return parties


def _tell(petition: Petition, *, by: User) -> None:
    """Those who answer for the unit hear of it at once."""
    notify(
        people_of(petition.recipient, ANSWER),
        key=f"petition:{petition.pk}:sent",
        url=petition.get_absolute_url(),
        dossier=petition.dossier,
        by=by,
        body=petition.text[:500],
        subject=saying(
            gettext_lazy("%(kind)s of %(voice)s: %(title)s"),
            kind=Petition.Kind(petition.kind).label,
            voice=petition.voice,
            title=petition.title,
        ),
    )
