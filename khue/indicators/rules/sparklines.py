"""The course of a figure in a line of text, as SVG: no library, no script."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from khue.indicators.rules.checking import told
from khue.indicators.rules.progress import Dot, Standing

WIDTH, HEIGHT, EDGE = 120, 28, 3


def sparkline(standing: Standing) -> SafeString:
    """The figures of the periods that have one, oldest left; a broken line and a mark where the units changed."""
    known = [dot for dot in standing.dots if dot.value is not None]
    if len(known) < 2:
        return mark_safe("")
    points = _points(known)
    breaks = [x for dot, (x, _y) in zip(known, points, strict=True) if dot.breaks]
    first, last = known[0], known[-1]
    label = _("%(first)s: %(from)s; %(last)s: %(to)s") % {
        "first": first.period.called, "from": _written(first), "last": last.period.called, "to": _written(last),
    }  # fmt: skip
    marks = format_html_join(
        "", '<line x1="{0}" x2="{0}" y1="0" y2="{1}" class="spark-break"/>', ((x, HEIGHT) for x in breaks)
    )
    x, y = points[-1]
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}{}'
        '<circle cx="{}" cy="{}" r="2.5"/></svg>',
        WIDTH, HEIGHT, WIDTH, HEIGHT, label, marks, _lines(known, points), x, y,
    )  # fmt: skip


def _written(dot: Dot) -> str:
    return "" if dot.value is None else told(dot.value)


def _points(known: Sequence[Dot]) -> list[tuple[float, float]]:
    values = [float(dot.value or 0) for dot in known]
    low, high = min(values), max(values)
    span = high - low or 1
    step = (WIDTH - 2 * EDGE) / (len(values) - 1)
    return [
        (round(EDGE + place * step, 1), round(HEIGHT - EDGE - (value - low) / span * (HEIGHT - 2 * EDGE), 1))
        for place, value in enumerate(values)
    ]


def _lines(known: Sequence[Dot], points: Sequence[tuple[float, float]]) -> SafeString:
    """One line for each stretch between breaks."""
    stretches: list[list[str]] = [[]]
    for dot, (x, y) in zip(known, points, strict=True):
        if dot.breaks and stretches[-1]:
            stretches.append([])
        stretches[-1].append(f"{x},{y}")
    return format_html_join("", '<polyline points="{}"/>', ((" ".join(one),) for one in stretches if len(one) > 1))
