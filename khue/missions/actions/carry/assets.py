"""The list of what was bought with a mission's money: kept, counted, dealt with."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.flow.shelf.words import words
from khue.journal.actions import record
from khue.missions.actions.standing import locked
from khue.missions.models import Asset, Mission
from khue.missions.rules.carry.assets import fault, may_correct, may_decide, may_list, needs_receiver

FACTS = ("name", "code", "quantity", "value", "bought_on", "keeper", "wish")


@transaction.atomic
def keep_asset(mission: Mission, *, by: Actor, asset: Asset | None = None, **facts: Any) -> Asset:
    """Put something on the list, or correct `asset`. `facts`: name, code, quantity, value (đồng), bought_on, keeper,
    wish. Raises Refused: `asset-name`, `asset-quantity`, `asset-value`, `asset-day`, `asset-decided`, or the rule's."""
    mission = locked(mission)
    row = Asset.objects.select_for_update(of=("self",)).get(pk=asset.pk) if asset else Asset(mission=mission)
    row.mission = mission
    require(may_correct(by, row))
    for name, value in facts.items():
        if name not in FACTS:
            raise TypeError(name)
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    require(fault(name=row.name, quantity=row.quantity, value=row.value, bought_on=row.bought_on))
    row.save()
    record(f"mission:{mission.pk}", "mission.asset-kept", by=by, name=row.name)
    return row


@transaction.atomic
def drop_asset(asset: Asset, *, reason: str, by: Actor) -> None:
    """Take something off the list that should not be there. Raises Refused: `asset-why`, `asset-decided`, or the
    rule's."""
    mission = locked(asset.mission)
    row = Asset.objects.select_for_update(of=("self",)).get(pk=asset.pk)
    row.mission = mission
    require(may_correct(by, row))
    if not reason.strip():
        raise Refused(Refusal("asset-why", _("Write why it is taken off the list.")))
    record(f"mission:{mission.pk}", "mission.asset-dropped", by=by, name=row.name, reason=reason.strip())
    row.delete()


@transaction.atomic
def count_assets(mission: Mission, found: Mapping[int, str], *, counted_on: date, by: Actor) -> int:
    """Write down in what condition things were found: name of the condition by number of the asset; returns how many.

    Raises Refused: `asset-day`, `asset-condition`, `asset-none`, or the rule's.
    """
    mission = locked(mission)
    require(may_list(by, mission))
    if counted_on > today():
        raise Refused(Refusal("asset-day", _("The day of the inventory is not in the future.")))
    rows = [row for row in mission.assets.select_for_update() if found.get(row.pk)]
    if not rows:
        raise Refused(Refusal("asset-none", _("Say of at least one asset how it was found.")))
    for row in rows:
        if found[row.pk] not in words("asset-conditions"):
            sentence = _("«%(name)s»: choose one of the conditions.")
            raise Refused(Refusal("asset-condition", sentence % {"name": row.name}))
        row.condition, row.counted_on = found[row.pk], counted_on
        row.save(update_fields=["condition", "counted_on"])
    told: dict[str, Any] = {"count": len(rows), "day": f"{counted_on:%d/%m/%Y}"}
    record(f"mission:{mission.pk}", "mission.assets-counted", by=by, **told)
    return len(rows)


@transaction.atomic
def decide_assets(
    mission: Mission, assets: Collection[int], *, disposal: str, decision_sign: str, decided_on: date, by: Actor,
    receiver: Unit | None = None, handling: str = "",
) -> int:  # fmt: skip
    """Enter the decision on what becomes of these assets (numbers); returns how many.

    Raises Refused: `asset-too-early`, `asset-none`, `asset-disposal`, `asset-receiver`, `asset-decision`,
    `asset-uncounted`, or the rule's.
    """
    mission = locked(mission)
    require(may_decide(by, mission))
    if disposal not in words("asset-handlings"):
        raise Refused(Refusal("asset-disposal", _("Choose what becomes of them.")))
    if needs_receiver(disposal) and receiver is None:
        raise Refused(Refusal("asset-receiver", _("Name the body that receives them.")))
    if not decision_sign.strip() or decided_on > today():
        sentence = _("Write the number and sign of the decision and its day, not later than today.")
        raise Refused(Refusal("asset-decision", sentence))
    rows = list(mission.assets.select_for_update().filter(pk__in=assets, decided_on=None))
    if not rows:
        raise Refused(Refusal("asset-none", _("Pick at least one asset that is not decided yet.")))
    uncounted = next((row.name for row in rows if row.counted_on is None), "")
    if uncounted:
        sentence = _("«%(name)s» was not counted yet; count it first.")
        raise Refused(Refusal("asset-uncounted", sentence % {"name": uncounted}))
    counted_on = max(row.counted_on for row in rows if row.counted_on is not None)
    if decided_on < counted_on:
        sentence = _("The decision follows the inventory of %(day)s: it is not older than that.")
        raise Refused(Refusal("asset-decision", sentence % {"day": f"{counted_on:%d/%m/%Y}"}))
    for row in rows:
        row.disposal, row.receiver, row.handling = disposal, receiver, handling.strip()
        row.decision_sign, row.decided_on = decision_sign.strip(), decided_on
        row.save()
    told: dict[str, Any] = {
        "count": len(rows),
        "kind": str(words("asset-handlings")[disposal]),
        "sign": decision_sign.strip(),
    }
    record(f"mission:{mission.pk}", "mission.assets-decided", by=by, **told)
    return len(rows)
