"""What the list and the board show of each need, written at once: fifty rows stand on a page."""

from collections.abc import Collection

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from khue.core.templatetags.khue import icon, state_mark
from khue.directory.maps import Drawing
from khue.needs.models import Need

register = template.Library()
PLACES = 2
"""So many places are named; of the others their number."""


@register.simple_tag
def urgency_mark(need: Need) -> SafeString:
    """How urgent a need is, and whether it touches people's living."""
    told = need.get_urgency_display()
    if need.urgency == Need.Urgency.URGENT:
        mark = state_mark("overdue", _("Urgent"))
    elif need.urgency == Need.Urgency.SOON:
        mark = state_mark("due-soon", told)
    else:
        mark = format_html('<span class="muted">{}</span>', told)
    if not need.livelihood:
        return mark
    return format_html('{} <span class="living">{}{}</span>', mark, icon("heart-handshake"), _("People's living"))


@register.simple_tag
def map_cells(drawing: Drawing, chosen: Collection[int]) -> SafeString:
    """Every commune of the city as a shape; those whose numbers are in `chosen` stand out."""
    here = mark_safe(' class="here"')
    told = ((cell.path, here if cell.place in chosen else "", cell.name) for cell in drawing.cells)
    return format_html_join("", '<path d="{}"{}><title>{}</title></path>', told)


@register.filter
def where(need: Need) -> str:
    """The first places of a need, and how many more there are; nothing where it names none."""
    places = [str(place) for place in need.places.all()]
    told = places[:PLACES] + ([f"+{len(places) - PLACES}"] if len(places) > PLACES else [])
    return ", ".join(told)
