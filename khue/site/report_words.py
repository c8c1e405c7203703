"""How the text parts of units' reports begin: what directives, missions and needs of the period tell by themselves.

The sentences are part of a Vietnamese document, so they are Vietnamese in every language of the screen; they say only
what is on file.
"""

from collections.abc import Iterable

from django.db.models import Q

from khue.directory.models import Unit
from khue.documents.models import Directive
from khue.indicators import texts
from khue.indicators.measures import Span
from khue.missions.models import Mission
from khue.needs.models import Need

NAMED = 5
"""Titles that are named; of more the sentence gives the number."""


def register() -> None:
    """Called once, when the app starts."""
    texts.register("directives", directives)
    texts.register("missions", missions)
    texts.register("petitions", needs)


def _own(unit_id: int) -> list[int]:
    """The unit and all below it."""
    return list(Unit.objects.within([unit_id]).values_list("pk", flat=True))


def directives(span: Span, unit_id: int) -> str:
    """What became of what the unit was told to do."""
    days = (span.first, span.last)
    led = Directive.objects.filter(lead__in=_own(unit_id)).exclude(state__in=["recurring", "cancelled"])
    done = list(led.filter(done_on__range=days).order_by("done_on", "pk"))
    open_ = led.filter(assigned_on__lte=span.last).filter(Q(done_on=None) | Q(done_on__gt=span.last))
    overdue = open_.filter(due_on__lte=span.last).count()
    lines = []
    if done:
        in_time = sum(one.due_on is None or (one.done_on or span.last) <= one.due_on for one in done)
        lines.append(
            f"Trong kỳ, đơn vị báo cáo hoàn thành {len(done)} nhiệm vụ được giao, trong đó {in_time} đúng hạn: "
            f"{named(one.content for one in done)}."
        )
    if going := open_.count():
        late = f", trong đó {overdue} đã quá hạn" if overdue else ""
        lines.append(f"Đến hết kỳ còn {going} nhiệm vụ đang thực hiện{late}.")
    return "\n".join(lines)


def missions(span: Span, unit_id: int) -> str:
    """Missions that were accepted, began or ran in the days."""
    own = _own(unit_id)
    rows = Mission.objects.filter(Q(host__in=own) | Q(orderer__in=own))
    accepted = list(rows.filter(accepted_on__range=(span.first, span.last)).order_by("accepted_on"))
    begun = list(rows.filter(starts_on__range=(span.first, span.last)).order_by("starts_on"))
    running = rows.filter(starts_on__lt=span.first, state__in=["running", "suspended"]).count()
    lines = []
    if accepted:
        titles = named(one.title for one in accepted)
        lines.append(f"Nghiệm thu {len(accepted)} nhiệm vụ khoa học và công nghệ: {titles}.")
    if begun:
        titles = named(one.title for one in begun)
        lines.append(f"Bắt đầu {len(begun)} nhiệm vụ khoa học và công nghệ: {titles}.")
    if running:
        lines.append(f"Tiếp tục thực hiện {running} nhiệm vụ khoa học và công nghệ.")
    return "\n".join(lines)


def needs(span: Span, unit_id: int) -> str:
    """Problems that the unit brought forward in the days."""
    sent = Need.objects.filter(unit__in=_own(unit_id), submitted_at__date__range=(span.first, span.last))
    rows = list(sent.exclude(state="withdrawn").order_by("submitted_at"))
    if not rows:
        return ""
    return f"Đơn vị nêu {len(rows)} vấn đề cần khoa học và công nghệ giải quyết: {named(one.title for one in rows)}."


def named(titles: Iterable[str]) -> str:
    """`a; b; c và 2 việc khác`."""
    rows = [" ".join(title.split()).rstrip(".;") for title in titles]
    told = "; ".join(rows[:NAMED])
    return f"{told} và {len(rows) - NAMED} việc khác" if len(rows) > NAMED else told
