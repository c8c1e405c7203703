"""A case on a page: `{% case_steps case %}` says where it is, who has it, until when, by what rule, and draws it."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from khue.flow.drawing.svg import draw
from khue.flow.models import Case
from khue.flow.progress import Progress, progress_of
from khue.flow.shelf.telling import told_numbers
from khue.flow.shelf.values import Process

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
    return _drawn(_Asked(progress.case.process_version.digest, here, gone, get_language(), progress.process))


@register.simple_tag
def case_numbers(progress: Progress) -> SafeString:
    """Every number that the version of the case says, with where it comes from."""
    return _numbers(_Asked(progress.case.process_version.digest, "", (), get_language(), progress.process))


@lru_cache(maxsize=256)
def _numbers(asked: "_Asked") -> SafeString:
    """Kept as the drawing is."""
    return render_to_string("flow/_numbers.html", {"numbers": told_numbers(asked.process)})


@dataclass(frozen=True, slots=True)
class _Asked:
    """A drawing; `process` is the one whose text has this digest."""

    digest: str
    here: str
    gone: tuple[str, ...]
    language: str | None
    process: Process = field(compare=False)


@lru_cache(maxsize=256)
def _drawn(asked: _Asked) -> SafeString:
    """Kept, as it says nothing of a case but where it stands: thousands stand at the same step."""
    picture = draw(asked.process, here=asked.here, gone=asked.gone, alone=False)
    return mark_safe(picture)  # noqa: S308 - every text in it is escaped by draw()
