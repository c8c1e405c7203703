"""The rows of work on the desk, written at once: a template with its blocks for each of them is a third of the page."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from khue.core.templatetags.khue import days_mark, whole_mark
from khue.site.desk import Row

register = template.Library()
ROW = """<li class="work-row" data-row>
  <div class="work-words">
    <a class="work-title" href="{}" title="{}">{}</a>
    <p class="work-meta">{} <span>{}</span> <span>{}</span>{}</p>
  </div>
  <a class="btn btn-sm" href="{}" tabindex="-1" aria-hidden="true">{}</a>
</li>
"""
NAMED_DAY = '<span class="two-days">{} {}</span>'


@register.simple_tag
def work_row(row: Row, elsewhere: bool = False) -> SafeString:
    """One thing that waits; `elsewhere`: it waits for somebody else, who is named instead of the next action."""
    holder: str | SafeString = ""
    if elsewhere:
        holder = format_html(" <span>{}</span>", _("with %(holder)s") % {"holder": row.holder})
    action = _("Open") if elsewhere else row.action
    return format_html(
        ROW, row.url, row.title, row.title, _deadlines(row), row.kind, row.step, holder, row.url, action
    )  # fmt: skip


def _deadlines(row: Row) -> SafeString:
    """That of the step, and that of the whole where it is another day."""
    if row.whole_due_on:
        step = format_html(NAMED_DAY, _("this step:"), days_mark(row.due_on))
        return format_html("{} {}", step, format_html(NAMED_DAY, _("the whole:"), whole_mark(row.whole_due_on)))
    mark = days_mark(row.due_on)
    return format_html(NAMED_DAY, _("the whole:"), mark) if row.of_whole else mark
