"""Who of the council confirms that the file was completed as it asked (`accept-confirmed-by`), and when it was."""

from datetime import date

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.councils.models import Seat
from khue.councils.rules.composition import seats_of
from khue.councils.rules.conflicts import standing_on
from khue.flow.models import Case
from khue.flow.shelf.law import cite
from khue.missions.models import Acceptance
from khue.missions.rules.accept.sitting import council_subject

STEP, PAPER = "confirming", "completion"


def confirming_seat(acceptance: Acceptance) -> Seat | None:
    """The seat of who confirms, the first that the rules name and nothing stands against; None of a council on paper.
    A vice-chair needs the chair's authority."""
    subject = council_subject(acceptance)
    if subject is None or acceptance.case is None:
        return None
    named = acceptance.case.definition.provisions["accept-confirmed-by"].value
    against = standing_on(subject.council)
    free = [one for one in seats_of(subject.council) if one.person_id not in against]
    seats = {one.role: one for one in free if one.role != Seat.Role.VICE_CHAIR or one.authorised}
    return next((seats[role] for role in named if role in seats), None) if isinstance(named, tuple) else None


def confirmer(acceptance: Acceptance) -> User | None:
    """The account of who confirms; None where it is done on paper."""
    seat = confirming_seat(acceptance)
    return User.objects.filter(person=seat.person_id, is_active=True).first() if seat is not None else None


def may_confirm(by: object, acceptance: Acceptance) -> Refusal | None:
    """Only who the rules name confirms here, signed in as that person; everything else is on paper."""
    who = confirmer(acceptance)
    if who is not None and by == who:
        return None
    sentence = _(
        "Who confirms is of the council and signs in for it (%(basis)s). On paper: attach the signed confirmation, "
        "and write why it was not given here."
    )
    assert acceptance.case is not None  # noqa: S101 - every acceptance is opened with its case
    basis = cite(acceptance.case.definition.provisions["accept-confirmed-by"].basis)
    return Refusal("completion.not-yours", sentence % {"basis": basis})


def signed_wrongly(acceptance: Acceptance, confirmed_by: str, confirmed_on: date) -> Refusal | None:
    """A confirmation on paper has a name, and a day between the handing in of the completed file and today."""
    if not confirmed_by.strip():
        return Refusal("completion.no-name", _("Write who signed the confirmation."))
    first = acceptance.completed_on or today()
    if first <= confirmed_on <= today():
        return None
    sentence = _("It was signed between %(day)s, when the completed file was handed in, and today.")
    return Refusal("completion.day", sentence % {"day": f"{first:%d/%m/%Y}"})


def takes_paper(user: User, acceptance: Acceptance) -> bool:
    """Whether who confirms may have the paper of it, filled."""
    case: Case | None = acceptance.case
    reached = case is not None and (case.step == STEP or acceptance.confirmed_on is not None)
    return reached and confirmer(acceptance) == user
