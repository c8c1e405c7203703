"""Writing a need and sending it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.core.files.base import File as DjangoFile
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import parts_where
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.core.yearly_numbers import next_number
from khue.directory.maps import communes
from khue.directory.models import Place, Unit
from khue.directory.search import department
from khue.documents.models import Directive
from khue.files.actions import attach, remove
from khue.files.models import File
from khue.flow.actions import open_case
from khue.language.text import headline, nfc
from khue.matching.actions import changed
from khue.needs.actions.columns import locked
from khue.needs.actions.round_answers import answered_by
from khue.needs.actions.telling import tell_department
from khue.needs.models import Need, Round
from khue.needs.rules.needs import may_edit, may_write, missing
from khue.needs.rules.reading import field_of, touches_livelihood
from khue.needs.rules.rounds import round_asking
from khue.needs.rules.scope import WRITE

MOST_PHOTOS = 12
LONGEST = {"affected": 300, "contact": 200, "field": 40}
"""Characters kept; the form says so before."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a need says; None leaves what was there."""

    problem: str | None = None
    affected: str | None = None
    urgency: str | None = None
    tried: str | None = None
    hoped: str | None = None
    contact: str | None = None
    field: str | None = None


@transaction.atomic
def begin(
    *,
    by: User,
    unit: Unit | None = None,
    round: Round | None = None,  # noqa: A002 - the field's name
    directive: Directive | None = None,
    words: Words | None = None,
    places: Collection[Place] | None = None,
) -> Need:
    """A draft with all that is known: unit, place, contact, and the round that asks the unit.

    A draft in which nothing was written yet is used again, so that opening the page often leaves nothing behind.

    Raises:
        Refused: `need.may-not-write`, `need.not-for-this-unit`.
    """
    require(may_write(by))
    home = _home(by, unit)
    need = _untouched(by) or Need(author=by)
    need.author_name, need.unit, need.contact = by.full_name, home, by.email
    need.round, need.directive = round or round_asking(home), directive
    _put(need, words or Words())
    need.save()
    known = [home.place] if places is None and home.place is not None else list(places or ())
    need.places.set(known)
    return need


def _untouched(by: User) -> Need | None:
    """A draft without a word or a photo."""
    empty = dict.fromkeys(("problem", "affected", "tried", "hoped"), "")
    drafts = Need.objects.filter(author=by, state=Need.State.DRAFT, **empty)
    files = File.objects.filter(dossier_kind="need", dossier_id=OuterRef("pk"), removed_at=None)
    return drafts.filter(~Exists(files)).first()


def _home(by: User, unit: Unit | None) -> Unit:
    """The unit it is written for: the chosen one, or the first in which the person writes needs."""
    own = [part.unit_id for part in parts_where(by, WRITE)]
    if unit is not None and unit.pk not in own:
        sentence = _("You do not write needs for %(unit)s. Choose your own unit in the header.")
        raise Refused(Refusal("need.not-for-this-unit", sentence % {"unit": unit.name}))
    return unit or Unit.objects.select_related("place").get(pk=own[0])


def _put(need: Need, words: Words) -> None:
    for each in fields(words):
        value = getattr(words, each.name)
        if value is not None:
            setattr(need, each.name, nfc(value).strip()[: LONGEST.get(each.name)])
    if need.urgency not in Need.Urgency.values:
        need.urgency = Need.Urgency.NORMAL
    need.title = headline(need.problem)


@transaction.atomic
def save(need: Need, words: Words, *, by: User, places: Collection[int] | None = None) -> Need:
    """Keep what was written so far; nothing is asked of a draft. Raises Refused: `need.sent`, `need.not-yours`."""
    draft = locked(need.pk)
    require(may_edit(by, draft))
    _put(draft, words)
    draft.changed_at = now()
    draft.save()
    if places is not None:
        draft.places.set([place for place in communes() if place.pk in set(places)])
    return draft


@transaction.atomic
def add_photos(need: Need, uploads: Sequence["DjangoFile[Any]"], *, by: User) -> list[File]:
    """Attach photos or papers. Raises Refused: `need.too-many-photos`, or what the files app refuses."""
    draft = locked(need.pk)
    require(may_edit(by, draft))
    there = File.objects.filter(dossier_kind="need", dossier_id=draft.pk, removed_at=None).count()
    if there + len(uploads) > MOST_PHOTOS:
        sentence = _("At most %(most)s photos or papers go with a need; take some away first.")
        raise Refused(Refusal("need.too-many-photos", sentence % {"most": MOST_PHOTOS}))
    return [attach(upload, dossier=draft.dossier, by=by) for upload in uploads]


@transaction.atomic
def remove_photo(need: Need, file: File, *, by: User) -> None:
    """Take a photo off a draft. Raises Refused: `need.sent`, `need.not-yours`."""
    draft = locked(need.pk)
    require(may_edit(by, draft))
    remove(file, by=by, reason=_("Taken off before it was sent"))


@transaction.atomic
def discard(need: Need, *, by: User) -> None:
    """Drop a draft for good; its files keep their row. Raises Refused: `need.sent`, `need.not-yours`."""
    draft = locked(need.pk)
    require(may_edit(by, draft))
    for file in File.objects.filter(dossier_kind="need", dossier_id=draft.pk, removed_at=None):
        remove(file, by=by, reason=_("The draft was dropped"))
    draft.delete()


@transaction.atomic
def send(need: Need, *, by: User) -> Need:
    """Send a draft to the department: it gets its number and its case, and answers the round that asks the unit.

    Raises:
        Refused: `need.incomplete` with what is missing, `need.sent`, `need.not-yours`, or what the engine refuses.
    """
    draft = locked(need.pk)
    require(may_edit(by, draft))
    gaps = missing(draft.problem, draft.affected, places=draft.places.count(), elsewhere=not communes())
    if gaps:
        raise Refused(Refusal("need.incomplete", " ".join(gaps.values())))
    text = f"{draft.problem} {draft.affected} {draft.tried} {draft.hoped}"
    draft.field = draft.field or field_of(text)
    draft.livelihood = draft.livelihood or touches_livelihood(text)
    draft.year = today().year
    draft.number = next_number(Need, draft.year)
    draft.state, draft.submitted_at, draft.changed_at = Need.State.SUBMITTED, now(), now()
    draft.save()
    draft.case = open_case(
        "need-intake", title=draft.title, url=draft.get_absolute_url(), dossier=draft.dossier, by=by,
        parties=_parties(draft, by),
    )  # fmt: skip
    draft.save(update_fields=["case"])
    changed("need", draft.pk)
    answered_by(draft, by=by)
    tell_department(draft, by=by)
    return draft


def _parties(need: Need, by: User) -> dict[str, Unit | User]:
    parties: dict[str, Unit | User] = {"author": by, "department": department()}
    if need.unit is not None:
        parties["unit"] = need.unit
    return parties
