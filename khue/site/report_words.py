"""How the text parts of units' reports begin: what directives, missions, initiatives, needs and petitions of the period
tell.

The sentences are part of a Vietnamese document, so they are Vietnamese in every language of the screen; they say only
what is on file, and every number in them leads to the records that were counted.
"""

from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from khue.directory.models import Unit
from khue.indicators import measures, texts
from khue.indicators.composing.sources import measured, record_named
from khue.indicators.composing.values import Fact
from khue.indicators.measures import Measure, Records, Span
from khue.indicators.models import Period
from khue.indicators.pieces import Number, Pieces
from khue.missions.measures import MISSION_COLUMNS, accepted, begun, running
from khue.missions.models import Mission

if TYPE_CHECKING:
    Missions = QuerySet[Mission, Mission]

NAMED = 5
"""Records that are named; of more the sentence gives the number."""


def continued(span: Span) -> "Missions":
    """Missions under way on the last day that began before the first one."""
    return running(span).filter(starts_on__lt=span.first)


MISSIONS = (
    ("accepted", _("Missions accepted, hosted or ordered by the unit"), accepted,
     "Nghiệm thu ", " nhiệm vụ khoa học và công nghệ"),
    ("begun", _("Missions begun, hosted or ordered by the unit"), begun,
     "Bắt đầu ", " nhiệm vụ khoa học và công nghệ"),
    ("continued", _("Missions going on, hosted or ordered by the unit"), continued,
     "Tiếp tục thực hiện ", " nhiệm vụ khoa học và công nghệ"),
)  # fmt: skip
"""Name of the measure, what it is called, its rows, and the words before and after its number."""


def register() -> None:
    """Called once, when the app starts."""
    for name, label, rows, _before, _after in MISSIONS:
        measures.register(f"missions.{name}_of_unit", _of_unit(label, rows))
    texts.register("directives", directives)
    texts.register("missions", missions)
    texts.register("initiatives", initiatives)
    texts.register("needs", needs)
    texts.register("petitions", petitions)


def _of_unit(label: Any, rows: Callable[[Span], "Missions"]) -> Measure:
    """Missions that a unit, with all below it, hosts or ordered, each once. One mission may be two units', so units'
    numbers do not add up: no indicator is counted by it."""

    def owned(span: Span, unit: int) -> "Missions":
        own = Unit.objects.within([unit]).values("pk")
        return rows(span).filter(Q(host__in=own) | Q(orderer__in=own))

    def count(span: Span, units: Collection[int]) -> dict[int, int]:
        return {unit: owned(span, unit).count() for unit in units}

    return Measure(label, count, lambda span, unit: Records(owned(span, unit), MISSION_COLUMNS), adds_up=False)


def directives(period: Period, unit: Unit) -> Iterator[Pieces]:
    """What became of what the unit was told to do."""
    count = partial(measured, unit=unit, period=period)
    if (done := count("directives.finished")).value:
        how = _in_time(done, count("directives.on_time"))
        named = _named("directives.finished", done, period, unit)
        yield "Trong kỳ, đơn vị báo cáo hoàn thành ", *done.pieces, " nhiệm vụ được giao", *how, ": ", *named, "."
    if (going := count("directives.open")).value:
        late = count("directives.overdue")
        tail = (", trong đó ", *late.pieces, " đã quá hạn") if late.value else ()
        yield "Đến hết kỳ còn ", *going.pieces, " nhiệm vụ đang thực hiện", *tail, "."


def _in_time(done: Fact, in_time: Fact) -> Pieces:
    """How many of those that are done were done in time, in words that fit none, one and all."""
    if in_time.value == done.value:
        return (", đúng hạn" if done.value == 1 else ", đều đúng hạn",)
    if not in_time.value:
        return (", quá hạn" if done.value == 1 else ", không nhiệm vụ nào đúng hạn",)
    return ", trong đó ", *in_time.pieces, " đúng hạn"


def missions(period: Period, unit: Unit) -> Iterator[Pieces]:
    """Missions that were accepted, began or went on in the days."""
    for name, _label, _rows, before, after in MISSIONS:
        code = f"missions.{name}_of_unit"
        if (found := measured(code, unit, period)).value:
            yield before, *found.pieces, f"{after}: ", *_named(code, found, period, unit), "."


def initiatives(period: Period, unit: Unit) -> Iterator[Pieces]:
    """Initiatives that the unit, or units below it, recognised in the days."""
    code = "initiatives.recognised"
    if (found := measured(code, unit, period)).value:
        yield (
            "Công nhận ",
            *found.pieces,
            " sáng kiến: ",
            *_named(code, found, period, unit, rest="sáng kiến khác"),
            ".",
        )


def needs(period: Period, unit: Unit) -> Iterator[Pieces]:
    """Problems that the unit, or units below it, brought forward in the days."""
    if (found := measured("needs.raised", unit, period)).value:
        who = "Các đơn vị" if unit.parent_id is None else "Đơn vị"
        named = _named("needs.raised", found, period, unit)
        yield f"{who} nêu ", *found.pieces, " vấn đề cần khoa học và công nghệ giải quyết: ", *named, "."


def petitions(period: Period, unit: Unit) -> Iterator[Pieces]:
    """What the unit, or units below it, found difficult or asked for in the days, and what was answered."""
    count = partial(measured, unit=unit, period=period)
    who = "Các đơn vị" if unit.parent_id is None else "Đơn vị"
    if (raised := count("petitions.raised")).value:
        named = _named("petitions.raised", raised, period, unit)
        others = count("petitions.of_others")
        tail = (" (trong đó ", *others.pieces, " của người dân, tổ chức trên địa bàn)") if others.value else ()
        who = "Trên địa bàn" if others.value == raised.value else who
        yield f"{who} nêu ", *raised.pieces, " khó khăn, kiến nghị", *tail, ": ", *named, "."
    if (answered := count("petitions.answered")).value:
        named = _named("petitions.answered", answered, period, unit)
        yield "Trong kỳ đã được trả lời ", *answered.pieces, " khó khăn, kiến nghị: ", *named, "."
    if (waiting := count("petitions.open")).value:
        yield "Đến hết kỳ còn ", *waiting.pieces, " khó khăn, kiến nghị chưa được trả lời."


def _named(code: str, counted: Fact, period: Period, unit: Unit, *, rest: str = "việc khác") -> Iterator[str | Number]:
    """`a; b; c và 2 việc khác`, each leading to its record, the rest to all of them."""
    measure = measures.named(code)
    rows = list(measure.records(period, unit.pk).rows) if measure else []
    for place, row in enumerate(rows[:NAMED]):
        yield from (["; "] if place else [])
        yield record_named(row.title, row.get_absolute_url(), str(row))
    if len(rows) > NAMED:
        all_of_them = next(piece.source for piece in counted.pieces if isinstance(piece, Number))
        yield from (" và ", Number(str(len(rows) - NAMED), all_of_them), f" {rest}")
