"""The rows of the list of missions, written at once: fifty stand on a page."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from khue.core.templatetags.khue import days_mark, dong
from khue.missions.models import Mission

register = template.Library()
ROW = (
    '<tr data-row><td class="title"><a href="{address}">{title}</a>{code}</td>'
    '<td data-label="{host_label}">{host}</td><td class="number" data-label="{year_label}">{year}</td>'
    '<td data-label="{state_label}">{state}{due}</td><td data-label="{rating_label}">{rating}</td>'
    '<td class="number" data-label="{money_label}">{money}</td></tr>'
)


@register.simple_tag
def mission_row(one: Mission) -> SafeString:
    """A mission in the list; the next deadline of one that is carried out here."""
    due = one.next_due_on if one.case_id else None
    return format_html(
        ROW,
        address=one.get_absolute_url(), title=one.title,
        code=format_html('<small class="muted">{}</small>', one.code) if one.code else "",
        host_label=_("Lead organisation"), host=one.host.name if one.host and one.host.name else one.host_name,
        year_label=_("First year"), year=one.year,
        state_label=_("State"), state=one.get_state_display(),
        due=format_html("<br>{}", days_mark(due)) if due else "",
        rating_label=_("Rating"), rating=one.get_rating_display() or "—",
        money_label=_("State money"), money=dong(one.budget_state) if one.budget_state else "—",
    )  # fmt: skip
