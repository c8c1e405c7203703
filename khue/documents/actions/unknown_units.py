"""An assignee that the directory does not know: match it and remember, enter it, or ask for it to be entered."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.accounts.rules import holders
from khue.core.refusals import Refusal, Refused, require
from khue.directory.actions.units import add_unit, remember_name
from khue.directory.models import Unit
from khue.documents.actions.proposals import choose_unit
from khue.documents.models import Extraction
from khue.documents.rules.extraction import may_extract
from khue.journal.actions import record
from khue.language.text import fold
from khue.notices.actions import notify, saying


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit as the officer describes it."""

    name: str
    kind: str
    valid_from: date
    parent: Unit | None = None


@transaction.atomic
def match(extraction: Extraction, words: str, unit: Unit, *, by: User, remember: bool = False) -> int:
    """Let `words` mean `unit` here and, with `remember`, whenever a document says them; returns for how many cards.

    Raises:
        Refused: what `choose_unit` and `remember_name` refuse; then neither is done.
    """
    chosen = choose_unit(extraction, words, unit, by=by)
    if remember:
        remember_name(unit, name=words, by=by)
    return chosen


@transaction.atomic
def enter(extraction: Extraction, words: str, new: NewUnit, *, by: User, remember: bool = False) -> Unit:
    """Enter the unit in the directory and let `words` mean it. Raises Refused as `add_unit` and `match` do."""
    require(may_extract(by, extraction.document))
    unit = add_unit(name=new.name, kind=new.kind, valid_from=new.valid_from, parent=new.parent, by=by)
    match(extraction, words, unit, by=by, remember=remember)
    return unit


@transaction.atomic
def suggest(extraction: Extraction, new: NewUnit, *, by: User, why: str = "") -> int:
    """Ask those who keep that part of the directory to enter the unit; returns how many they are.

    Each is told once, with an address at which the form is filled in already.

    Raises:
        Refused: `unit-nobody-keeps` when nobody could be asked; `directives-not-yours`.
    """
    document = extraction.document
    require(may_extract(by, document))
    keepers = list(holders("unit:edit", new.parent) or holders("unit:edit"))
    if not keepers:
        sentence = _("Nobody keeps the directory yet. Ask for an administrator to be named, or choose another unit.")
        raise Refused(Refusal("unit-nobody-keeps", sentence))
    notify(
        keepers, by=by, dossier=document.dossier, url=_form_address(new), key=f"unit-wanted:{fold(new.name)}"[:200],
        subject=saying(
            gettext_lazy("%(who)s asks for a unit to be entered: %(name)s"), who=by.full_name, name=new.name
        ),
        body=why.strip() or saying(gettext_lazy("It is named in %(document)s."), document=document),
    )  # fmt: skip
    record(
        document.dossier, "document.unit-wanted", by=by, acting_for=document.unit.name, name=new.name, why=why.strip()
    )
    return len(keepers)


def _form_address(new: NewUnit) -> str:
    given = {"name": new.name, "kind": new.kind, "valid_from": new.valid_from.isoformat()}
    given |= {"parent": new.parent.code} if new.parent else {}
    return f"{reverse('directory:add-unit')}?{urlencode(given)}"
