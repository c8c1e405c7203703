"""What people declare of their families, and what is recorded against them."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused, require
from khue.councils.actions.conflicts import scan
from khue.councils.models import Council, Kinship, Sanction
from khue.councils.rules.managing import may_tell_of, runs_councils_of
from khue.directory.models import Person
from khue.journal.actions import record


@transaction.atomic
def declare_kin(person: Person, relative: Person, *, kind: str, by: Actor) -> Kinship:
    """Declare that `relative` is `kind` (spouse, parent, child, sibling) of `person`; it counts both ways, from now on
    in every council. Raises Refused: `kin.oneself`, `kin.twice`, `kin.kind`, `person.not-yours`."""
    require(may_tell_of(by, person))
    if kind not in Kinship.Kind.values:
        raise Refused(Refusal("kin.kind", _("Choose how the two are related.")))
    if person.pk == relative.pk:
        raise Refused(Refusal("kin.oneself", _("Choose somebody else: one is not one's own relative.")))
    try:
        with transaction.atomic():
            row = Kinship.objects.create(
                person=person, relative=relative, kind=kind, declared_on=today(),
                declared_by=by if isinstance(by, User) else None,
            )  # fmt: skip
    except IntegrityError:
        told = {"person": person, "relative": relative}
        raise Refused(Refusal("kin.twice", _("%(relative)s is declared already.") % told)) from None
    record(f"person:{person.pk}", "council.kin-declared", by=by)
    _look_again(person)
    return row


@transaction.atomic
def withdraw_kin(row: Kinship, *, by: Actor) -> None:
    """Take a declaration back that was wrong. Raises Refused: `person.not-yours`."""
    require(may_tell_of(by, row.person))
    record(f"person:{row.person_id}", "council.kin-withdrawn", by=by)
    row.delete()


@transaction.atomic
def record_sanction(
    person: Person, *, reason: str, valid_from: date, by: Actor, document: str = "", valid_to: date | None = None
) -> Sanction:
    """Record a sanction, prosecution or conviction that keeps a person out of councils while it stands. Raises
    Refused: `sanction.reason`, `sanction.days`, `person.not-yours`."""
    if not runs_councils_of(by, person):
        raise Refused(Refusal("person.not-yours", _("An officer who runs councils records this.")))
    if not reason.strip():
        raise Refused(Refusal("sanction.reason", _("Write what was decided.")))
    if valid_to is not None and valid_to < valid_from:
        raise Refused(Refusal("sanction.days", _("The last day is before the first.")))
    row = Sanction.objects.create(
        person=person,
        reason=reason.strip()[:300],
        document=document.strip()[:120],
        valid_from=valid_from,
        valid_to=valid_to,
    )
    record(f"person:{person.pk}", "council.sanction", by=by, document=row.document)
    _look_again(person)
    return row


def _look_again(person: Person) -> None:
    """Councils that go on look at the person once more, whether as a member or as somebody whose kin takes part."""
    kin = Kinship.objects.filter(person=person).values_list("relative", flat=True)
    back = Kinship.objects.filter(relative=person).values_list("person", flat=True)
    ended = (Council.State.CONCLUDED, Council.State.DISSOLVED)
    touched = Council.objects.filter(seats__person__in=[person.pk, *kin, *back]).exclude(state__in=ended)
    for council in touched.select_related("process_version", "host", "case").distinct():
        scan(council)
