"""Tags and filters known in every template: icons, fields, dates, money, addresses."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select
from django.http import HttpRequest
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from khue.core import calendar, clock, glossary, icons, money, pages, toasts
from khue.core.spreadsheet import LONGEST_SHEET

register = template.Library()

STATE_ICONS = {
    "on-time": "clock",
    "due-soon": "hourglass-low",
    "overdue": "alert-triangle",
    "done": "circle-check",
    "done-late": "clock-check",
    "draft": "pencil",
    "returned": "arrow-back-up",
    "refused": "ban",
    "waiting": "clock-pause",
    "recurring": "repeat",
}
DASHES = "---------"
"""What Django offers for no choice; people are given words."""
SELECTED = mark_safe(" selected")
UNSAFE_IN_SCRIPTS = (("&", r"\u0026"), ("<", r"\u003C"), (">", r"\u003E"))
"""What could end a script or a comment, and how JSON writes it."""
SOON = 3
"""Working days before a deadline from which a screen warns. Only a colour; reminders have their own dates."""


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """An icon by its Tabler name; without `label` it only decorates and is hidden from screen readers."""
    return _drawn(name, str(label), size)


@cache
def _drawn(name: str, label: str, size: str) -> SafeString:
    told = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" width="24" height="24" focusable="false" {}>{}</svg>',
        f" icon-{size}" if size else "",
        told,
        mark_safe(icons.drawing(name)),  # noqa: S308 -- read from the installed icons, never from a person
    )


@register.simple_tag(takes_context=True)
def sent(context: Context, to: str, **which: object) -> dict[str, str]:
    """What was typed into the form that posts to `to`, where that was refused a moment ago and the page is shown again,
    with `why_not`, the page's `problem`; empty for every other form. `which` tells forms apart that post to one
    address: what a button or hidden field of this one says.

    `{% sent to as typed %}<details{% if typed %} open{% endif %}>…<c-why :typed="typed" />`
    """
    request = context.get("request")
    if request is None or request.method != "POST" or request.path != to:
        return {}
    if any(request.POST.get(name) != str(value) for name, value in which.items()):
        return {}
    typed: dict[str, str] = request.POST.dict()
    return typed | {"why_not": str(context.get("problem") or "")}


@register.filter
def said(typed: dict[str, str], name: str) -> str:
    """What `sent` has for a field whose name is put together on the page; empty for none."""
    return typed.get(name, "") if typed else ""


@register.filter
def beyond_sheet(page: Any) -> str:
    """How many rows of a list go into its Excel file when not all do; empty when all do."""
    pages = getattr(page, "paginator", None)
    return number_format(LONGEST_SHEET, force_grouping=True) if pages and pages.count > LONGEST_SHEET else ""


@register.filter
def dong(amount: int | None) -> str:
    """Whole đồng: `1.250.000.000 ₫`; nothing for no amount."""
    return "" if amount is None else money.dong(amount)


@register.filter
def short_dong(amount: int | None) -> str:
    """Đồng for a tile: `1,25 tỷ ₫`."""
    return "" if amount is None else money.short_dong(amount)


@register.filter
def date_vn(day: date | datetime | None) -> str:
    """`30/06/2025`; a moment is given its local day."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    return f"{day:%d/%m/%Y}"


@register.filter
def moment_vn(moment: datetime | None) -> str:
    """`30/06/2025 14:05`, local time."""
    return "" if moment is None else f"{timezone.localtime(moment):%d/%m/%Y %H:%M}"


@register.filter
def days_left(due: date | None) -> str:
    """`còn 2 ngày làm việc`, `hạn hôm nay`, `quá hạn 3 ngày`; nothing without a deadline."""
    return "" if due is None else calendar.days_left_sentence(due, clock.today())


@register.filter
def due_state(due: date | None) -> str:
    """`on-time`, `due-soon` or `overdue` for work that is not finished; nothing without a deadline."""
    if due is None:
        return ""
    today = clock.today()
    if due < today:
        return "overdue"
    return "due-soon" if calendar.working_days_between(today, due) <= SOON else "on-time"


@register.simple_tag
def state_icon(state: str) -> SafeString:
    """The icon that says with its shape what the colour of a state says."""
    return _drawn(STATE_ICONS.get(state, "circle-dot"), "", "")


@register.simple_tag
def state_mark(state: str, label: str) -> SafeString:
    """What `<c-state>` shows of a label, for the rows of lists."""
    return format_html('<span class="state state-{}">{}{}</span>', state, state_icon(state), label)


@register.simple_tag
def days_mark(due: date | None) -> SafeString:
    """A deadline in its state's colour. A tag and not a template: a list shows it on every row."""
    if not due:
        return format_html('<span class="days-left muted">{}</span>', _("no deadline"))
    return _days_mark(due, clock.today(), get_language())


@lru_cache(maxsize=4096)
def _days_mark(due: date, _today: date, _language: str | None) -> SafeString:
    """Many rows have the same deadline, and what is said of it changes with the day."""
    state = due_state(due)
    return format_html(
        '<time class="days-left state state-{}" datetime="{}" title="{} {}">{}{}</time>',
        state, due.isoformat(), _("Due"), date_vn(due), state_icon(state), days_left(due),
    )  # fmt: skip


@register.simple_tag
def whole_mark(due: date) -> SafeString:
    """The deadline of a whole matter beside that of its step: a date while it is far, a mark once it presses."""
    return (
        format_html('<time datetime="{}">{}</time>', due.isoformat(), date_vn(due))
        if due_state(due) == "on-time"
        else days_mark(due)
    )


@register.filter
def initials(name: str) -> str:
    """The letters for a person without a picture: of `Nguyễn Thị Hạnh`, `NH`."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def undo_address(message: Message) -> str:
    """Where to post to take back what a message tells of."""
    return toasts.undo_address(message)


@register.simple_tag(takes_context=True)
def explained(context: Context, name: str) -> glossary.Term | None:
    """The glossary's term to be explained here; nothing where this page explains it already, or nobody knows it."""
    request: HttpRequest | None = context.get("request")
    if request is None:  # a text that is no page
        return None
    said: set[str] = request.__dict__.setdefault("explained_terms", set())
    if name in said:
        return None
    said.add(name)
    return glossary.terms().get(name)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """This page's address with parameters changed; `None` or nothing drops one."""
    request: HttpRequest = context["request"]
    return pages.address(request, **changes)


@register.simple_tag
def widget(field: BoundField, **attributes: Any) -> SafeString:
    """A form field's control, in the look of the site and tied to its hint and its error for screen readers."""
    kind = field.field.widget
    look = "form-control"
    if isinstance(kind, CheckboxInput | CheckboxSelectMultiple | RadioSelect):
        look = "form-check-input"
    elif isinstance(kind, Select):
        look = "form-select"
    elif isinstance(kind, FileInput):
        look = "form-control form-file"
    if getattr(field.field, "empty_label", None) == DASHES:
        field.field.empty_label = _("Not chosen")  # type: ignore[attr-defined]
    own = str(kind.attrs.get("class", ""))
    ids = [f"{field.auto_id}_{part}" for part in ("why", "example") if attributes.pop(part, "")]
    if field.errors:
        ids.append(f"{field.auto_id}_error")
        attributes["aria-invalid"] = "true"
        look += " is-invalid"
    if ids:
        attributes["aria-describedby"] = " ".join(ids)
    return field.as_widget(attrs={"class": f"{look} {own}".strip(), **attributes})


@register.simple_tag
def options(choices: Iterable[tuple[Any, Any]], chosen: Any = "") -> SafeString:
    """The choices of a drop-down list, pairs of value and words, one of them chosen; a hundred communes at once."""
    picked = str(chosen)
    told = (_option(str(value), str(words), str(value) == picked) for value, words in choices)
    return mark_safe("".join(told))  # noqa: S308 - each of them is escaped


@lru_cache(maxsize=8192, typed=True)  # a text that is safe already is not the same as one that is not
def _option(value: str, words: str, chosen: bool) -> SafeString:
    return format_html('<option value="{}"{}>{}</option>', value, SELECTED if chosen else "", words)


@register.filter
def page_numbers(paginator: "Paginator[Any]", current: int) -> list[int]:
    """The numbers to offer around `current`; 0 stands for a gap."""
    elided = paginator.get_elided_page_range(current, on_each_side=2, on_ends=1)
    return [number if isinstance(number, int) else 0 for number in elided]


@register.filter
def is_current(view: pages.View, request: HttpRequest) -> bool:
    """Whether a saved view is the one shown."""
    return view.is_current(request)


@register.filter
def json_script_id(value: Any, name: str) -> SafeString:
    """A chart's description as data in the page, under the id `<name>-spec`. As Django's `json_script` writes it, which
    takes a hundred times as long from the first `&` on."""
    told = json.dumps(value, cls=DjangoJSONEncoder)
    for mark, written in UNSAFE_IN_SCRIPTS:
        told = told.replace(mark, written)
    return format_html('<script id="{}-spec" type="application/json">{}</script>', name, mark_safe(told))  # noqa: S308
