"""What the list and the board show of each need, written at once: fifty rows stand on a page."""

from collections.abc import Collection
from functools import lru_cache

from django import template
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from khue.core.templatetags.khue import days_mark, icon, state_mark
from khue.directory.maps import Drawing
from khue.needs.models import Need

register = template.Library()
PLACES = 2
"""So many places are named; of the others their number."""


@register.simple_tag
def urgency_mark(need: Need) -> SafeString:
    """How urgent a need is, and whether it touches people's living."""
    return _urgency_mark(need.urgency, str(need.get_urgency_display()), need.livelihood, get_language())


@lru_cache(maxsize=64)
def _urgency_mark(urgency: str, told: str, livelihood: bool, _language: str | None) -> SafeString:
    if urgency == Need.Urgency.URGENT:
        mark = state_mark("overdue", _("Urgent"))
    elif urgency == Need.Urgency.SOON:
        mark = state_mark("due-soon", told)
    else:
        mark = format_html('<span class="muted">{}</span>', told)
    if not livelihood:
        return mark
    return format_html('{} <span class="living">{}{}</span>', mark, icon("heart-handshake"), _("People's living"))


ROW = """<tr data-href="{address}">
    {pick}<td class="title"><a href="{address}">{title}</a><small>{code}{who}</small></td>
    <td data-label="{where_label}">{where}</td>
    <td data-label="{urgency_label}">{urgency}</td>
    <td class="number" data-label="{waited_label}">{waited}</td>
    <td data-label="{state_label}">{state}{due}</td>
  </tr>
"""
PICK = """<input class="form-check-input" type="checkbox" name="pick" form="picked" value="{}" aria-label="{}: {}">"""


@register.simple_tag
def need_row(need: Need, may_triage: bool) -> SafeString:
    """A need in the list; with `may_triage` one that waits can be picked."""
    title = need.title or _("Draft without words")
    picked = format_html(PICK, need.pk, _("Pick"), need.title) if may_triage and need.is_open else ""
    due = getattr(need, "due_on", None)
    return format_html(
        ROW,
        address=need.get_absolute_url(), title=title, code=f"{need.code} · " if need.code else "", who=_who(need),
        pick=format_html('<td class="pick">{}</td>', picked) if may_triage else "",
        where_label=_("Where"), where=where(need) or "—",
        urgency_label=_("Urgency"), urgency=urgency_mark(need),
        waited_label=_("Waited"), waited=localize(getattr(need, "waited", 0)) if need.submitted_at else "",
        state_label=_("State"), state=need.get_state_display(),
        due=format_html("<br>{}", days_mark(due)) if due else "",
    )  # fmt: skip


CARD = """<li class="kanban-card{urgent}" data-row>
        <div class="kanban-head">{pick}<a href="{address}">{title}</a></div>
        <p class="kanban-marks">{urgency}</p>
        <p class="muted kanban-foot">{whose} · {waited}{due}</p>
      </li>
"""


@register.simple_tag
def need_card(need: Need, may_triage: bool) -> SafeString:
    """A need on the board."""
    due = getattr(need, "due_on", None)
    return format_html(
        CARD,
        urgent=" kanban-urgent" if need.urgency == Need.Urgency.URGENT else "",
        pick=format_html(PICK, need.pk, _("Pick"), need.title) if may_triage else "",
        address=need.get_absolute_url(), title=need.title, urgency=urgency_mark(need),
        whose=where(need) or _who(need), due=format_html(" · {}", days_mark(due)) if due else "",
        waited=_("%(days)s working days") % {"days": localize(getattr(need, "waited", 0))},
    )  # fmt: skip


def _who(need: Need) -> str:
    return need.unit.name if need.unit is not None and need.unit.name else need.author_name


@register.simple_tag
def map_cells(drawing: Drawing, chosen: Collection[int]) -> SafeString:
    """Every commune of the city as a shape; those whose numbers are in `chosen` stand out."""
    told = (_cell(cell.path, cell.name, cell.place in chosen) for cell in drawing.cells)
    return mark_safe("".join(told))  # noqa: S308 - each of them is escaped


@lru_cache(maxsize=4096)
def _cell(path: str, name: str, chosen: bool) -> SafeString:
    here = mark_safe(' class="here"') if chosen else ""
    return format_html('<path d="{}"{}><title>{}</title></path>', path, here, name)


@register.filter
def where(need: Need) -> str:
    """The first places of a need, and how many more there are; nothing where it names none."""
    known = getattr(need, "place_names", None)
    places = [str(place) for place in need.places.all()] if known is None else known
    told = places[:PLACES] + ([f"+{len(places) - PLACES}"] if len(places) > PLACES else [])
    return ", ".join(told)
