"""Who may put documents into a register, and what looks like a duplicate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import units_where
from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.directory.models import Unit
from khue.documents.models import Document
from khue.documents.models.sign import sign_key
from khue.documents.rules.visibility import visible_to
from khue.language.text import fold

REGISTER = ("document:register", "document:extract")
"""What those may do who enter documents into a unit's registers and correct them."""


@dataclass(frozen=True, slots=True)
class Duplicate(Refusal):
    """The refusal of what seems to be registered already. `held` is that document, where the person may see it."""

    held: Document | None = None


def may_register(by: Actor, unit: Unit) -> Refusal | None:
    """People register in the registers of the units they act in; parts of the system anywhere."""
    if not isinstance(by, User) or unit.pk in units_where(by, *REGISTER):
        return None
    return Refusal(
        "register-not-yours",
        _("You do not keep the registers of %(unit)s. Ask its clerk, or act for another unit.") % {"unit": unit.name},
    )


TELLING = ("sign", "issuer_name", "subject", "text")
"""Facts of which one at least is known of whatever is registered without a file."""


def nothing_refusal(given: Mapping[str, Any], *, has_file: bool) -> Refusal | None:
    """A number is not taken for nothing at all: a press too much would leave an empty line in the register."""
    if has_file or any(given.get(name) for name in TELLING):
        return None
    return Refusal(
        "nothing-to-register",
        _("Drop the file, or type at least the number and sign, the issuing body, the abstract or the text."),
    )


def duplicates_of(
    unit: Unit,
    *,
    sign: str,
    issuer_name: str,
    issued_on: date | None,
    digest: str = "",
    apart_from: int | None = None,
) -> list[Document]:
    """Documents of the unit with the same file, or with the same sign, issuing body and date.

    Appendix VI of Decree 30/2020/NĐ-CP asks for a warning; a body or date that is not known yet does not tell apart.
    """
    same: Q = Q(digest=digest) if digest else Q(pk__in=[])
    if key := sign_key(sign):
        same |= Q(sign_key=key)
    found = Document.objects.filter(same, ~Q(pk=apart_from or 0), unit=unit).order_by("pk")
    return [one for one in found[:20] if _is_same(one, digest, issuer_name, issued_on)]


def _is_same(one: Document, digest: str, issuer_name: str, issued_on: date | None) -> bool:
    if digest and one.digest == digest:
        return True
    bodies, days = {fold(one.issuer_name), fold(issuer_name)} - {""}, {one.issued_on, issued_on} - {None}
    return len(bodies) < 2 and len(days) < 2


def duplicate_refusal(found: Iterable[Document], by: Actor) -> Refusal | None:
    """A sentence that names the first document that seems to be the same; of one that few may see, no word but that."""
    for one in found:
        if _keeps_quiet(one, by):
            return Duplicate(
                "document-duplicate",
                _("It seems to be registered already, as one that only leaders and clerks see. Say why once more."),
            )
        name = one.sign or _("The document of arrival number %(number)s") % {"number": one.arrival_number}
        return Duplicate(
            "document-duplicate",
            _("%(sign)s seems to be registered already (%(subject)s). To register it again, say why.")
            % {"sign": name, "subject": one.subject or _("no abstract yet")},
            one,
        )
    return None


def _keeps_quiet(one: Document, by: Actor) -> bool:
    """Whether it is kept from the person; a row of the same sheet is not registered yet and kept from nobody."""
    if not isinstance(by, User) or one._state.adding or not (one.restricted or one.secrecy):
        return False
    return not visible_to(by).filter(pk=one.pk).exists()


def secret_refusal(secrecy: int, *, has_content: bool) -> Refusal | None:
    """What bears a mark of state secrecy is registered without its content (the law keeps it off open networks)."""
    if not secrecy or not has_content:
        return None
    return Refusal(
        "secret-file",
        _("A document marked secret is registered by its facts only. Take the file away; the paper goes to the safe."),
    )
