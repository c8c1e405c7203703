"""Effects of the process: an initiative repeats in columns what its case and its application say.

Whatever way a move was made (a page, the desk, the API), the register, the search and the figures know of it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.by_number import NUMBER, ByNumber
from khue.core.clock import now, today
from khue.core.yearly_numbers import next_number
from khue.flow import effects
from khue.flow.models import Case, StepRecord
from khue.initiatives.guards import initiative_of
from khue.initiatives.models import DECIDED, Author, Initiative
from khue.initiatives.rules.application import OF_AUTHORS, day, due_on, share_of
from khue.matching.actions import changed
from khue.notices.actions import notify, saying

CENT = Decimal("0.01")


def locked(pk: int) -> Initiative:
    """The initiative as it is now, locked to the end of the transaction."""
    return _INITIATIVE.get(pk)


RELATED = ("unit", "applicant", "case__process_version")
_INITIATIVE = ByNumber(
    lambda: Initiative.objects.select_for_update(of=("self",)).select_related(*RELATED).filter(pk=NUMBER)
)


@effects.register("initiative-deadline")
def set_deadline(case: Case, *, by: Actor, data: Mapping[str, Any]) -> None:  # noqa: ARG001 - as every effect is called
    """From the valid application, or the end of the first application, the time to decide runs."""
    found = initiative_of(case)
    if found is not None:
        case.due_on = due_on(found)
        case.save(update_fields=["due_on"])


@effects.register("initiative-columns")
def follow(case: Case, *, by: Actor, data: Mapping[str, Any]) -> None:  # noqa: ARG001 - as every effect is called
    """Write the step, and what the move said, into the initiative."""
    found = initiative_of(case)
    if found is None:
        return
    row = locked(found.pk)
    said = case.records.order_by("-pk")[0]
    row.state, row.changed_at = Initiative.State(case.step), now()
    if said.move in WRITERS:
        WRITERS[said.move](row, said)
    row.save()
    if said.move == "correct":
        write_authors(row)
    changed("initiative", row.pk)
    if case.step in DECIDED:
        _tell_authors(row, said, by=by)


def _tell_authors(row: Initiative, said: StepRecord, *, by: Actor) -> None:
    """The other authors hear of the decision too; the applicant is told by the process."""
    others = [one.user for one in row.authors.select_related("user") if one.user and one.user_id != row.applicant_id]
    subject = saying("%(state)s: %(title)s", state=Initiative.State(row.state).label, title=row.title)
    notify(
        others, key=f"{row.dossier}:decided", subject=subject, body=said.comment or row.decision_sign,
        url=row.get_absolute_url(), dossier=row.dossier, by=by,
    )  # fmt: skip


def _receive(row: Initiative, said: StepRecord) -> None:
    row.received_on, row.received_by = today(), said.by
    row.year = today().year
    row.number = next_number(Initiative, row.year, unit=row.unit_id)


def _correct(row: Initiative, _said: StepRecord) -> None:
    write_columns(row)


def _accept(row: Initiative, _said: StepRecord) -> None:
    row.accepted_on = today()


def _consent(row: Initiative, said: StepRecord) -> None:
    row.consent_body, row.consent_sign = said.data["consent_body"][:200], said.data["consent_sign"][:60]
    row.consent_on = day(said.data, "consent_on")


def _scores(row: Initiative, said: StepRecord) -> None:
    points = [Decimal(str(one["points"])) for one in said.data["scores"]]
    row.score = (sum(points, Decimal(0)) / len(points)).quantize(CENT, ROUND_HALF_UP)
    row.council_sign = said.data["council_sign"][:60]


def _recognise(row: Initiative, said: StepRecord) -> None:
    decided = _decide(row, said)
    row.certificate_year = decided.year
    row.certificate = next_number(
        Initiative, decided.year, number="certificate", of="certificate_year", unit=row.unit_id
    )


def _refuse(row: Initiative, said: StepRecord) -> None:
    _decide(row, said)
    row.reasons = said.comment


def _decide(row: Initiative, said: StepRecord) -> date:
    row.decision_sign, row.decided_on = said.data["decision_sign"][:60], date.fromisoformat(said.data["decided_on"])
    return row.decided_on


WRITERS: Mapping[str, Callable[[Initiative, StepRecord], None]] = {
    "receive": _receive, "correct": _correct, "accept": _accept, "record-consent": _consent,
    "record-scores": _scores, "recognise": _recognise, "refuse": _refuse,
}  # fmt: skip


def write_columns(row: Initiative) -> None:
    """Take what is compared or added up out of the answers; the caller saves."""
    said = row.answers
    row.ground, row.investor = said.get("ground", ""), str(said.get("investor", ""))[:200]
    row.state_money, row.content_secret = bool(said.get("state_money")), bool(said.get("content_secret"))
    row.first_applied_on, row.trial_ends_on = day(said, "first_applied_on"), day(said, "trial_ends_on")
    row.money = said.get("money")


def write_authors(row: Initiative) -> None:
    """The authors as the application names them; whoever has an account is found by e-mail."""
    said = row.answers[OF_AUTHORS]
    addresses = {str(one.get("email", "")).strip().lower() for one in said} - {""}
    users = {user.email: user for user in User.objects.filter(email__in=addresses, is_active=True)}
    row.authors.all().delete()
    Author.objects.bulk_create(
        Author(
            initiative=row, number=number, name=one["name"][:120], share=share_of(one),
            workplace=str(one.get("workplace", ""))[:200], user=users.get(str(one.get("email", "")).strip().lower()),
        )
        for number, one in enumerate(said, 1)
    )  # fmt: skip
