"""A case on a page: `{% case_steps case %}` says where it is, who has it, until when, by what rule, and draws it."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from khue.flow.drawing.svg import draw
from khue.flow.models import Case
from khue.flow.progress import Progress, progress_of

register = template.Library()


@register.inclusion_tag("flow/_case_steps.html", takes_context=True)
def case_steps(context: Context, case: Case) -> dict[str, Any]:
    """The steps of `case` drawn with "you are here", the next step, holder, days left and basis."""
    return {"request": context.get("request"), "progress": progress_of(case)}


@register.simple_tag
def case_drawing(progress: Progress) -> SafeString:
    """The whole process as a picture in the page's own colours."""
    here = "" if progress.case.closed_at else progress.step.name
    gone = progress.gone + ((progress.step.name,) if progress.case.closed_at else ())
    picture = draw(progress.process, here=here, gone=gone, alone=False)
    return mark_safe(picture)  # noqa: S308 - every text in it is escaped by draw()
