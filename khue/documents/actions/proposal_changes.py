"""Every change to proposals goes through here: one officer at a time, versions checked, kept so it can be undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.documents.models import Extraction, ExtractionChange, Proposal, ProposalUnit
from khue.documents.rules.extraction import may_change, may_extract

KEPT = (
    "state", "start", "end", "content", "due_text", "due_on", "recurs", "priority", "field", "product", "spread",
)  # fmt: skip


class Change:
    """One act on the page, with what it touched."""

    def __init__(self, extraction: Extraction, verb: str, by: User) -> None:
        self.extraction, self.verb, self.by = extraction, verb, by
        self._before: dict[int, dict[str, Any] | None] = {}
        self._touched: dict[int, Proposal] = {}

    def take(self, pk: int, version: int | None = None) -> Proposal:
        """Lock a proposal to change it; `version` is the one the officer saw. Raises Refused `proposal-changed`."""
        proposal = Proposal.objects.select_for_update(of=["self"]).get(pk=pk, extraction=self.extraction)
        if version is not None and proposal.version != version:
            raise Refused(_changed_by_another(proposal))
        require(may_change(proposal))
        self._before[proposal.pk] = snapshot(proposal)
        self._touched[proposal.pk] = proposal
        return proposal

    def new(self, proposal: Proposal) -> Proposal:
        """Save a proposal that did not exist before this act."""
        proposal.extraction = self.extraction
        proposal.save()
        self._before[proposal.pk] = None
        self._touched[proposal.pk] = proposal
        return proposal

    def finish(self) -> None:
        """Write the new versions and the record of the act."""
        if not self._touched:
            return
        for proposal in self._touched.values():
            proposal.version += 1
            proposal.changed_by, proposal.changed_at = self.by, now()
            proposal.save()
        self.extraction.version += 1
        self.extraction.save(update_fields=["version"])
        ExtractionChange.objects.create(
            extraction=self.extraction,
            version=self.extraction.version,
            verb=self.verb,
            before={str(pk): kept for pk, kept in self._before.items()},
            after={str(pk): proposal.version for pk, proposal in self._touched.items()},
            by=self.by,
            at=now(),
        )


@contextmanager
def changing(extraction: Extraction, verb: str, by: User) -> Iterator[Change]:
    """A transaction in which proposals of one document are changed; others wait for its end."""
    with transaction.atomic():
        locked = Extraction.objects.select_for_update(of=["self"]).select_related("document").get(pk=extraction.pk)
        require(may_extract(by, locked.document))
        change = Change(locked, verb, by)
        yield change
        change.finish()
    extraction.version = locked.version


def snapshot(proposal: Proposal) -> dict[str, Any]:
    """The proposal and its units as JSON."""
    kept: dict[str, Any] = {name: getattr(proposal, name) for name in KEPT}
    kept["due_on"] = proposal.due_on.isoformat() if proposal.due_on else None
    kept["units"] = [
        model_to_dict(unit, fields=["part", "name", "unit", "group", "order"]) for unit in proposal.units.all()
    ]
    return kept


def put_units(proposal: Proposal, units: list[ProposalUnit]) -> None:
    """Replace who is named by `units`."""
    proposal.units.all().delete()
    for order, unit in enumerate(units):
        unit.pk, unit.proposal, unit.order = None, proposal, order
    ProposalUnit.objects.bulk_create(units)


def undo(extraction: Extraction, *, by: User) -> ExtractionChange | None:
    """Take back the officer's own last act that is not undone; None when there is none.

    Raises:
        Refused: `proposal-changed` when somebody else has changed one of those proposals since.
    """
    with transaction.atomic():
        locked = Extraction.objects.select_for_update(of=["self"]).select_related("document").get(pk=extraction.pk)
        require(may_extract(by, locked.document))
        last = locked.changes.filter(by=by, undone=False).order_by("-version").first()
        if last is None:
            return None
        for pk, version in last.after.items():
            _restore(last, int(pk), version, by)
        last.undone = True
        last.save(update_fields=["undone"])
        locked.version += 1
        locked.save(update_fields=["version"])
    extraction.version = locked.version
    return last


def _restore(change: ExtractionChange, pk: int, version: int, by: User) -> None:
    proposal, before = Proposal.objects.select_for_update(of=["self"]).get(pk=pk), change.before[str(pk)]
    if proposal.version != version:
        raise Refused(_changed_by_another(proposal))
    if before is None:
        proposal.delete()
        return
    for name in KEPT:
        setattr(proposal, name, before[name])
    proposal.due_on = parse_date(before["due_on"]) if before["due_on"] else None
    proposal.version, proposal.changed_by, proposal.changed_at = version + 1, by, now()
    proposal.save()
    put_units(proposal, [_unit(kept) for kept in before["units"]])
    _let_undo_go_on(change, proposal)


def _let_undo_go_on(change: ExtractionChange, proposal: Proposal) -> None:
    """The act before now meets the proposal as it left it, under a new version number."""
    earlier = change.extraction.changes.filter(
        version__lt=change.version, undone=False, after__has_key=str(proposal.pk)
    )
    if (previous := earlier.order_by("-version").first()) is not None:
        previous.after[str(proposal.pk)] = proposal.version
        previous.save(update_fields=["after"])


def _unit(kept: dict[str, Any]) -> ProposalUnit:
    return ProposalUnit(part=kept["part"], name=kept["name"], unit_id=kept["unit"], group=kept["group"])


def _changed_by_another(proposal: Proposal) -> Refusal:
    who = proposal.changed_by.full_name if proposal.changed_by else _("Somebody")
    return Refusal(
        "proposal-changed",
        _("%(who)s has just changed this one. What they did is shown now; look at it and decide again.") % {"who": who},
    )
