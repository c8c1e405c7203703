"""The rows of the tables of the board, written at once: there are fifty."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from khue.core.templatetags.khue import dong, short_dong
from khue.missions.views.carry.mission_board import Named

register = template.Library()
ROW = (
    '<tr><th scope="row"><a href="{href}">{label}</a></th><td class="number"><a href="{href}">{count}</a></td>'
    '<td class="number">{late}</td><td class="number" title="{planned}">{short_planned}</td>'
    '<td class="number" title="{paid}">{short_paid}</td>'
    '<td class="number" title="{confirmed}">{short_confirmed}</td></tr>'
)


@register.simple_tag
def board_row(one: Named) -> SafeString:
    """A group of missions: how many, how many late, and their money."""
    line = one.line
    late = format_html('<a class="late" href="{}">{}</a>', one.late_href, line.late) if line.late else 0
    return format_html(
        ROW,
        href=one.href, label=one.label, count=line.count, late=late,
        planned=dong(line.planned), short_planned=short_dong(line.planned),
        paid=dong(line.paid), short_paid=short_dong(line.paid),
        confirmed=dong(line.confirmed), short_confirmed=short_dong(line.confirmed),
    )  # fmt: skip
