"""The effect `directive-columns`: a directive repeats in columns what its case says, so that boards can count."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from khue.accounts.models import Membership, User
from khue.core.actors import Actor
from khue.core.by_number import NUMBER, ByNumber
from khue.core.clock import today
from khue.directory.models import Unit, valid_on
from khue.documents.models import Directive
from khue.documents.rules.directive_words import told
from khue.flow import effects
from khue.flow.models import Case
from khue.flow.rules import parties_of
from khue.notices.actions import Telling, notify_many, saying

State = Directive.State
ROLES = ("officer", "unit-head", "leader", "monitor")
"""Who works on directives in a unit."""
STATES = {
    "assigned": State.ASSIGNED,
    "acknowledged": State.ACKNOWLEDGED,
    "in-progress": State.IN_PROGRESS,
    "extension-requested": State.IN_PROGRESS,
    "returned": State.IN_PROGRESS,
    "reported-done": State.REPORTED,
    "accepted": State.ACCEPTED,
    "cancelled": State.CANCELLED,
    "recurring": State.RECURRING,
}


ANSWERS = {
    "grant-extension": "extension-granted",
    "refuse-extension": "extension-refused",
    "hand-over": "handed-over",
}
"""Moves that the unit has to hear of although the step that they lead to is no news."""


def locked(pk: int) -> Directive:
    """The directive as it is now, locked to the end of the transaction."""
    return _DIRECTIVE.get(pk)


def _to_lock() -> QuerySet[Directive]:
    directives = Directive.objects.select_for_update(of=["self"])
    related = directives.select_related("document", "lead", "issuer", "case__process_version")
    return related.defer("document__text")


_DIRECTIVE = ByNumber(lambda: _to_lock().filter(pk=NUMBER))


@effects.register("directive-columns")
def follow(case: Case, *, by: Actor, data: Mapping[str, Any]) -> None:  # noqa: ARG001 - every effect is called so
    """Write step, deadline and lead unit into the directive, carry progress upwards, tell the other side."""
    kind, _, number = case.dossier.partition(":")
    found = _DIRECTIVE.all(int(number)) if kind == "directive" and number.isdigit() else []
    if not found:
        return
    directive = found[0]
    lead = parties_of(case)["lead"].unit
    if lead is not None and lead.pk != directive.lead_id:
        directive.lead = lead
        once_a_proposal(directive)
    if case.step != Directive.State.RECURRING:  # its first deadline stays: it says on which day of a period
        directive.due_on = case.due_on
    _stand_at(directive, case.step)
    directive.save()
    roll_up(directive)
    tell(directive, case, by=by)


def once_a_proposal(directive: Directive) -> None:
    """Let go of the proposal when its new lead has a directive of it already: two units that got one each may merge."""
    twins = Directive.objects.filter(
        proposal=directive.proposal_id, lead=directive.lead_id, period_from=directive.period_from
    )
    if directive.proposal_id is not None and twins.exclude(pk=directive.pk).exists():
        directive.proposal = None


def _stand_at(directive: Directive, step: str) -> None:
    directive.state = STATES[step]
    if step != "assigned":
        directive.acknowledged_on = directive.acknowledged_on or today()
    if step == "returned":
        directive.returned, directive.percent, directive.done_on = (
            directive.returned + 1,
            min(directive.percent, 99),
            None,
        )
    elif step == "reported-done":
        directive.percent, directive.done_on = 100, today()
    elif step == "accepted" and directive.done_on is None:
        directive.done_on = today()  # a recurring directive that ended
    elif step == "cancelled":
        directive.done_on = None
    if step in {"accepted", "cancelled"}:
        directive.closed_on = today()


def roll_up(directive: Directive) -> None:
    """Carry the progress of a part into the whole above it: the mean of its parts, never shown as done by itself."""
    if directive.parent_id is None:
        return
    whole = locked(directive.parent_id)
    if not whole.is_open:
        return
    parts = list(whole.children.exclude(state=State.CANCELLED).values_list("percent", flat=True))
    whole.percent = min(99, round(sum(parts) / len(parts))) if parts else whole.percent
    whole.save(update_fields=["percent"])
    roll_up(whole)


def tell(directive: Directive, case: Case, *, by: Actor) -> None:
    """Tell those who are to act next, once the step is sure to stay; of some moves rather than of where they lead."""
    made = list(case.records.order_by("pk").values_list("move", flat=True))
    step = ANSWERS.get(made[-1], case.step) if made else case.step
    tell_all([News(directive, step, len(made))], by=by)


@dataclass(frozen=True, slots=True)
class News:
    """A directive, the step its case has come to, and how many acts its case has seen by then."""

    directive: Directive
    step: str
    acts: int

    @property
    def hearer(self) -> int:
        """The unit that is to act next."""
        upwards = self.step in {"reported-done", "extension-requested", "recurring"}
        return self.directive.issuer_id if upwards else self.directive.lead_id


def tell_all(news: Iterable[News], *, by: Actor) -> None:
    """What `tell` does, for many directives at once."""
    worth_it = [one for one in news if told(one.step)]
    if worth_it:
        transaction.on_commit(lambda: _say(worth_it, by))


def _say(news: list[News], by: Actor) -> None:
    people = people_of({one.hearer for one in news})
    tellings = [
        Telling(
            users=people.get(one.hearer, []),
            key=f"{one.directive.dossier}:{one.step}:{one.acts}",
            subject=saying(told(one.step), what=one.directive),
            body=one.directive.content,
            url=one.directive.get_absolute_url(),
            dossier=one.directive.dossier,
        )
        for one in news
    ]
    notify_many(tellings, by=by)


def tell_supports(shares: Sequence[tuple[Directive, Unit]], *, by: Actor) -> None:
    """Tell supporting units of new directives: the desk has only what waits for the lead unit."""
    if shares:
        transaction.on_commit(lambda: _say_supports(shares, by))


def _say_supports(shares: Sequence[tuple[Directive, Unit]], by: Actor) -> None:
    people = people_of({unit.pk for _directive, unit in shares})
    tellings = [
        Telling(
            users=people.get(unit.pk, []),
            key=f"{directive.dossier}:supports",
            subject=saying(gettext_lazy("Your unit supports %(lead)s: %(what)s"), lead=directive.lead, what=directive),
            body=directive.content,
            url=directive.get_absolute_url(),
            dossier=directive.dossier,
        )
        for directive, unit in shares
    ]
    notify_many(tellings, by=by)


def people_of(units: Collection[int]) -> dict[int, list[User]]:
    """Active people who work on directives today, by unit."""
    found: dict[int, list[User]] = {}
    parts = Membership.objects.filter(valid_on(today()), unit__in=units, role__in=ROLES, user__is_active=True)
    for part in parts.select_related("user"):
        found.setdefault(part.unit_id, []).append(part.user)
    return found
