"""Who may move a case, and why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.part import Part
from khue.accounts.roles import label as role_label
from khue.accounts.rules import acting_in
from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.flow import guards
from khue.flow.divisions import acts_for
from khue.flow.models import Case, CaseParty, name_of
from khue.flow.shelf.law import cite
from khue.flow.shelf.values import Form, Move, Party, Process, Who

FOLLOW = "case:follow"
"""The permission of roles that work on cases; who only keeps accounts or audits waits for nothing."""


class Taker(Protocol):
    """A party of a case, as far as rules look at it: `CaseParty`, or the columns of one."""

    @property
    def user_id(self) -> int | None: ...

    @property
    def unit_id(self) -> int | None: ...

    @property
    def unit_path(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """On whose behalf an actor may make a move; empty for a person as such and for the system."""

    acting_for: str = ""


@dataclass(frozen=True, slots=True)
class MoveOffer:
    """A move as a page shows it: a button, greyed with the refusal's sentence when there is one."""

    name: str
    label: str
    primary: bool
    refusal: Refusal | None
    needs_comment: bool
    form: Form | None
    goes_to: str
    """The label of the step it leads to; empty when the case stays."""


def parties_of(case: Case) -> dict[str, CaseParty]:
    """Who takes which part in `case`: one query, none where the page has prefetched them."""
    if "parties" not in getattr(case, "_prefetched_objects_cache", {}):
        return {row.party: row for row in case.parties.select_related("unit", "user")}
    return {row.party: row for row in case.parties.all()}


def may_move(user: Actor, case: Case, move: str, data: Mapping[str, Any] | None = None) -> Refusal | None:
    """Why `user` may not make `move` now, or None. Guards see `data` (None while the move is only offered)."""
    closed = may_change(case)
    if closed:
        return closed
    found = case.definition.moves.get(move)
    if found is None or case.step not in found.sources:
        return _wrong_step(case, found, move)
    if standing(user, case, found) is None:
        return _not_yours(case, found)
    for name in found.guards:
        refusal = guards.get(name)(case, by=user, data=data)
        if refusal:
            return refusal
    return None


def may_change(case: Case) -> Refusal | None:
    """Nothing changes about a case that has ended."""
    if case.closed_at is None:
        return None
    sentence = _("«%(title)s» ended on %(day)s (%(step)s); it cannot be changed any more.")
    day = f"{case.closed_at:%d/%m/%Y}"
    return Refusal("flow.closed", sentence % {"title": case.title, "day": day, "step": case.step_now.staff})


def moves(case: Case, user: User) -> list[MoveOffer]:
    """What `user` can do next with `case`, the allowed and the main ones first. Who takes no part in the case and
    may not move it is offered nothing."""
    if case.closed_at is not None:
        return []
    prefetch_related_objects([case], "parties__unit", "parties__user", "holdings__unit", "holdings__user")
    involved = takes_part(user, case)
    offers = []
    for move in case.definition.moves_from(case.step):
        refusal = may_move(user, case, move.name)
        if refusal is None or (involved and any(not who.system for who in move.who)):
            offers.append(_offer(case, move, refusal))
    return sorted(offers, key=lambda offer: (offer.refusal is not None, not offer.primary))


def takes_part(user: User, case: Case) -> bool:
    """Whether `user`, or a unit that `user` acts in, is a party, or `user` works on cases in a division of a party
    where divisions do the work."""
    parts, known = acting_in(user), case.definition.parties
    units = {part.unit_id for part in parts}
    above = {part.division_of for part in parts if part.allows(FOLLOW)}
    return any(
        row.user_id == user.pk
        or row.unit_id in units
        or (row.unit_id in above - {None} and name in known and bool(known[name].divisions))
        for name, row in parties_of(case).items()
    )


def standing(by: Actor, case: Case, move: Move) -> Standing | None:
    """On whose behalf `by` may make `move`; None when its rule names somebody else."""
    return standing_among(by, parties_of(case), case.definition, move)


def standing_among(by: Actor, parties: Mapping[str, Taker], process: Process, move: Move) -> Standing | None:
    """As `standing`, of a case of which only the parties and the process are known."""
    for who in move.who:
        found = _standing(by, who, parties.get(who.party), process.parties.get(who.party))
        if found:
            return found
    return None


def _standing(by: Actor, who: Who, row: Taker | None, party: Party | None) -> Standing | None:
    if not isinstance(by, User):
        return Standing() if who.system else None
    if row is not None and row.user_id is not None:
        return Standing() if row.user_id == by.pk else None
    if who.system or (who.party and row is None):
        return None
    for part in acting_in(by):
        if _fits(part, who, row, party):
            by.stood_in_for = part.delegated_by
            return Standing(f"{part.unit_name} (thay {part.delegated_by})" if part.delegated_by else part.unit_name)
    return None


def _fits(part: Part, who: Who, row: Taker | None, party: Party | None) -> bool:
    if who.roles and part.role not in who.roles:
        return False
    if row is None or row.unit_id is None:
        return bool(who.roles)
    if acts_for(part, row.unit_id, party, who.roles):
        return True
    reach = part.described.reach if part.described and who.roles else "unit"
    return reach == "city" or part.unit_id == row.unit_id or (reach == "tree" and f"/{part.unit_id}/" in row.unit_path)


def _offer(case: Case, move: Move, refusal: Refusal | None) -> MoveOffer:
    process = case.definition
    return MoveOffer(
        name=move.name,
        label=str(move.label),
        primary=move.primary,
        refusal=refusal,
        needs_comment=move.needs_comment,
        form=process.forms.get(move.form),
        goes_to=str(process.steps[move.target].staff) if move.target else "",
    )


def _wrong_step(case: Case, move: Move | None, name: str) -> Refusal:
    sentence = _(
        "«%(title)s» is now at «%(step)s», where «%(move)s» is not possible. "
        "Somebody may have dealt with it: reload the page."
    )
    label = move.label if move else name
    return Refusal("flow.wrong-step", sentence % {"title": case.title, "step": case.step_now.staff, "move": label})


def _not_yours(case: Case, move: Move) -> Refusal:
    parties = parties_of(case)
    people = "; ".join(dict.fromkeys(_described(who, parties) for who in move.who if not who.system))
    sentence = _("«%(move)s» is for %(who)s (%(basis)s).")
    told = sentence % {"move": move.label, "who": people or _("the system alone"), "basis": cite(move.basis)}
    holding = case.holding
    if holding:
        told += " " + _("Now with %(holder)s") % {"holder": name_of(holding.holder)}
        told += _(", due %(day)s.") % {"day": f"{holding.due_on:%d/%m/%Y}"} if holding.due_on else "."
    return Refusal("flow.not-yours", told)


def _described(who: Who, parties: Mapping[str, CaseParty]) -> str:
    roles = ", ".join(role_label(role) for role in who.roles)
    row = parties.get(who.party)
    holder = name_of(row.unit or row.user) if row and (row.unit or row.user) else ""  # type: ignore[arg-type]
    return _("%(roles)s of %(unit)s") % {"roles": roles, "unit": holder} if roles and holder else roles or holder
