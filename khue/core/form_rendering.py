"""How forms are written: by Django's templates, but drop-down lists at once.

Django renders a template for each choice; a register offers sixty of them on every page, half of the page's time.
"""

from typing import TYPE_CHECKING, Any, TypeVar

from django.forms import Field
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

SELECT = "django/forms/widgets/select.html"
OPTION = "django/forms/widgets/select_option.html"


AField = TypeVar("AField", bound=Field)


def needed(field: AField, when: "StrPromise | str") -> AField:
    """The field, which is left empty but for one kind of what is asked: `when` says for which, where other fields that
    may be left empty say "(optional)"."""
    field.needed = when  # type: ignore[attr-defined]  # read by the template of fields
    return field


class Renderer(TemplatesSetting):
    """The setting `FORM_RENDERER`."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """What Django's template would give, for `SELECT` without it."""
        widget = context.get("widget")
        if template_name == SELECT and widget and _is_plain(widget):
            return _select(widget)
        return super().render(template_name, context, request)


def _is_plain(widget: dict[str, Any]) -> bool:
    """Every choice is written by Django's own template."""
    return all(option["template_name"] == OPTION for _, options, _ in widget["optgroups"] for option in options)


def _select(widget: dict[str, Any]) -> SafeString:
    groups = format_html_join("", "{}", ((_group(name, options),) for name, options, _ in widget["optgroups"]))
    return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), groups)


def _group(name: str | None, options: list[dict[str, Any]]) -> SafeString:
    told = ((str(option["value"]), flatatt(option["attrs"]), option["label"]) for option in options)
    choices = format_html_join("", '<option value="{}"{}>{}</option>', told)
    return format_html('<optgroup label="{}">{}</optgroup>', name, choices) if name else choices
