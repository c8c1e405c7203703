"""Text that is taken over: from registered sources, or from the units' own reports of the period."""

from collections.abc import Iterator

from khue.directory.models import Unit
from khue.indicators import texts
from khue.indicators.composing.ground import Ground
from khue.indicators.composing.values import BlockText
from khue.indicators.models import COUNTED, UnitReport

MOST = 12
"""Units whose words are taken over; of more the text says how many there are."""


def words_of(block: BlockText, ground: Ground) -> Iterator[str]:
    """The lines of a text block."""
    if block.source:
        yield from (line for line in texts.begin(block.source, ground.period, ground.unit.pk).splitlines() if line)
        return
    yield from _of_reports(*block.asked, ground)


def _of_reports(code: str, part: str, ground: Ground) -> Iterator[str]:
    """What units wrote in a part of their reports that were sent or approved, in the order of the directory."""
    reports = UnitReport.objects.filter(
        cycle__period=ground.period, state__in=COUNTED, unit__in=Unit.objects.within([ground.unit.pk]).values("pk")
    )
    if code:
        reports = reports.filter(cycle__report_set__code=code)
    else:
        reports = reports.filter(cycle__report_set__programme__in=ground.programmes)
    rows = reports.select_related("unit").order_by("unit__sort_name", "pk")
    said = [(one.unit.name, " ".join(str(one.texts.get(part, "")).split())) for one in rows]
    written = [(name, text) for name, text in said if text]
    alone = ground.unit.name
    for name, text in written[:MOST]:
        yield text if name == alone else f"- {name}: {text}"
    if len(written) > MOST:
        yield f"- Và nội dung của {len(written) - MOST} đơn vị khác trong hệ thống."
