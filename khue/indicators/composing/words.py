"""Text that is taken over: from registered sources, or from the units' own reports of the period."""

import re
from collections.abc import Iterator

from khue.directory.models import Unit
from khue.indicators import texts
from khue.indicators.composing.ground import Ground
from khue.indicators.composing.sources import in_line, of_set, record_named
from khue.indicators.composing.values import BlockText
from khue.indicators.models import COUNTED, UnitReport
from khue.indicators.pieces import Number, Pieces

MOST = 12
"""Units whose words are taken over; of more the text says how many there are."""
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)*)")


def words_of(block: BlockText, ground: Ground) -> Iterator[Pieces]:
    """The lines of a text block, their numbers with where they come from."""
    if block.source:
        yield from texts.lines(block.source, ground.period, ground.whose if block.whose == "city" else ground.unit)
        return
    yield from _of_reports(*block.asked, ground)


def _of_reports(code: str, part: str, ground: Ground) -> Iterator[Pieces]:
    """What units wrote in a part of their reports that were sent or approved, in the order of the directory."""
    below = Unit.objects.within([ground.whose.pk]).values("pk")
    reports = UnitReport.objects.filter(cycle__period=ground.period, state__in=COUNTED, unit__in=below)
    if code:
        reports = reports.filter(cycle__report_set__code=code)
    else:
        reports = reports.filter(cycle__report_set__programme__in=ground.programmes)
    rows = reports.select_related("unit", "cycle__report_set").order_by("unit__sort_name", "pk")
    said = [(one, " ".join(str(one.texts.get(part, "")).split())) for one in rows]
    written = [(one, text) for one, text in said if text]
    for report, text in written[:MOST]:
        yield tuple(_quoted(report, text, ground, alone=report.unit_id == ground.unit.pk))
    if rest := written[MOST:]:
        label, period = rest[0][0].cycle.report_set.label, in_line(ground.period)
        board = of_set(rest[0][0].cycle.report_set, ground.period, f"{label}, {period}: báo cáo của các đơn vị.")
        yield "- Và nội dung của ", Number(str(len(rest)), board), " đơn vị khác trong hệ thống."


def _quoted(report: UnitReport, text: str, ground: Ground, *, alone: bool) -> Iterator[str | Number]:
    """The words of one unit: its name, and each number in them, lead to its report."""
    name, address = report.unit.name, report.get_absolute_url()
    how = f"{report.cycle.report_set.label}, {in_line(ground.period)}: báo cáo của {name}."
    if not alone:
        yield from ("- ", record_named(name, address, how), ": ")
    pieces = _NUMBER.split(text)
    yield from (record_named(one, address, how) if place % 2 else one for place, one in enumerate(pieces) if one)
