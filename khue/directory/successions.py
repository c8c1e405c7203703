"""Who carries a unit's work on a day."""

from datetime import date

from khue.directory.models import Unit, UnitSuccession


def successors(unit: Unit, on: date) -> list[Unit]:
    """The units that carry the work of `unit` on `on`, main ones first; itself while it lasts; empty if none does."""
    carrying: dict[int, Unit] = {}
    pending = {unit.pk: unit}
    seen: set[int] = set()
    while pending:
        seen |= pending.keys()
        ended = [each for each in pending.values() if each.valid_to is not None and each.valid_to < on]
        carrying.update({each.pk: each for each in pending.values() if each not in ended})
        steps = UnitSuccession.objects.filter(old__in=ended, on__lte=on).select_related("new").order_by("kind", "pk")
        pending = {step.new_id: step.new for step in steps if step.new_id not in seen}
    return list(carrying.values())
