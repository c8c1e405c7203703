"""What the list and the board show of each need, written at once: fifty rows stand on a page."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from khue.core.templatetags.khue import icon, state_mark
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


@register.filter
def where(need: Need) -> str:
    """The first places of a need, and how many more there are; nothing where it names none."""
    places = [str(place) for place in need.places.all()]
    told = places[:PLACES] + ([f"+{len(places) - PLACES}"] if len(places) > PLACES else [])
    return ", ".join(told)
