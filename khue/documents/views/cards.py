"""What the panel of proposals shows."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from khue.accounts.models import User
from khue.core import permissions
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.directory.models import Unit
from khue.directory.search import find_units
from khue.documents.actions.assigning import under_way
from khue.documents.models import Document, Extraction, Proposal, ProposalUnit
from khue.documents.rules.assignees import Share, members, shares
from khue.documents.rules.directive import may_assign
from khue.documents.rules.directive_words import field_label, groups
from khue.documents.rules.extraction import gone_by, is_sure, may_accept

CANDIDATES = 3
HUES = 8


@dataclass(frozen=True, slots=True)
class Assignee:
    """One named assignee as the card shows it."""

    row: ProposalUnit
    group: str
    count: int
    candidates: tuple[Unit, ...]

    @property
    def known(self) -> bool:
        return self.row.unit_id is not None or bool(self.row.group)


@dataclass(frozen=True, slots=True)
class Card:
    """One proposal with what its card shows beside it."""

    proposal: Proposal
    number: int
    leads: tuple[Assignee, ...]
    supports: tuple[Assignee, ...]
    field: str
    percent: int
    sure: bool
    lacks: Refusal | None
    gone: str
    many: bool

    @property
    def hue(self) -> int:
        """Which of the colours its passage is marked in."""
        return (self.number - 1) % HUES

    @property
    def unknown(self) -> list[Assignee]:
        """Assignees that nobody knows yet."""
        return [one for one in (*self.leads, *self.supports) if not one.known]


def panel(extraction: Extraction, user: User) -> dict[str, Any]:
    """Everything the panel's template needs; a constant number of queries for known units."""
    found = list(extraction.proposals.exclude(state=Proposal.State.MERGED).prefetch_related("units__unit"))
    seen: dict[str, tuple[Unit, ...]] = {}
    sizes: dict[str, int] = {}
    cards = [_card(number, proposal, extraction.document, seen, sizes) for number, proposal in enumerate(found, 1)]
    states = Counter(proposal.state for proposal in found)
    sure = sum(card.proposal.state == Proposal.State.PROPOSED and card.sure and card.lacks is None for card in cards)
    others = extraction.changes.exclude(by=user).select_related("by").order_by("-version").first()
    return {
        "extraction": extraction,
        "cards": cards,
        "sure": sure,
        "accepted": states[Proposal.State.ACCEPTED],
        "waiting": states[Proposal.State.PROPOSED],
        "assigned": states[Proposal.State.ASSIGNED],
        "may_enter": permissions.may(user, "unit:edit"),
        "may_remember": permissions.may(user, "unit:alias") or permissions.may(user, "unit:edit"),
        "assigning": under_way(extraction),
        "other_change": others,
        "not_to_assign": may_assign(user, extraction.document.unit),
        "spans": [
            [p.start, p.end, number, p.pk, p.state] for number, p in enumerate(found, 1) if p.state != "rejected"
        ],
    }


def _card(
    number: int, proposal: Proposal, document: Document, seen: dict[str, tuple[Unit, ...]], sizes: dict[str, int]
) -> Card:
    settled = proposal.state in {"assigned", "rejected"}
    rows = list(proposal.units.all())
    shown = [_assignee(row, seen, sizes) for row in rows]
    leads = tuple(one for one in shown if one.row.part == ProposalUnit.Part.LEAD)
    return Card(
        proposal=proposal,
        number=number,
        leads=leads,
        supports=tuple(one for one in shown if one.row.part == ProposalUnit.Part.SUPPORT),
        field=field_label(proposal.field),
        percent=round(proposal.confidence * 100),
        sure=is_sure(proposal, document),
        lacks=None if settled else may_accept(proposal, rows, today()),
        gone="" if settled else gone_by(proposal, document),
        many=len(leads) > 1 or any(one.row.group for one in leads),
    )


def _assignee(row: ProposalUnit, seen: dict[str, tuple[Unit, ...]], sizes: dict[str, int]) -> Assignee:
    if row.group and row.group not in sizes:
        sizes[row.group] = len(members(row.group, today()))
    if not row.group and row.unit_id is None and row.name not in seen:
        seen[row.name] = tuple(hit.unit for hit in find_units(row.name, on=today(), limit=CANDIDATES))
    label = str(groups()[row.group].label) if row.group in groups() else row.group
    return Assignee(row, label, sizes.get(row.group, 0), seen.get(row.name, ()))


def spread_summary(extraction: Extraction) -> dict[str, Any]:
    """Who would get how many directives, and how many in all."""
    accepted = list(extraction.proposals.filter(state=Proposal.State.ACCEPTED).prefetch_related("units__unit"))
    planned: list[Share] = [
        share
        for proposal in accepted
        for share in shares(list(proposal.units.all()), proposal.spread, extraction.document.unit, today())
    ]
    leads = Counter(share.lead for share in planned)
    return {"accepted": len(accepted), "total": len(planned), "leads": leads.most_common()}
