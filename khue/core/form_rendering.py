"""How forms are written: by Django's templates, but drop-down lists and plain fields at once.

Django renders a template for each choice; a register offers sixty of them on every page, half of the page's time. For
a field of one line it renders three, one inside the other.
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
TEXTAREA = "django/forms/widgets/textarea.html"
INPUTS = {f"django/forms/widgets/{name}.html" for name in ("checkbox", "date", "email", "hidden", "number", "text")}
"""Those that Django writes by its one template for an input."""


AField = TypeVar("AField", bound=Field)


def needed(field: AField, when: "StrPromise | str") -> AField:
    """The field, which is left empty but for one kind of what is asked: `when` says for which, where other fields that
    may be left empty say "(optional)"."""
    field.needed = when  # type: ignore[attr-defined]  # read by the template of fields
    return field


class Renderer(TemplatesSetting):
    """The setting `FORM_RENDERER`."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """What Django's template would give, for plain fields without it."""
        widget = context.get("widget")
        if template_name == SELECT and widget and _is_plain(widget):
            return _select(widget)
        if template_name in INPUTS and widget:
            return _input(widget)
        if template_name == TEXTAREA and widget:
            return _textarea(widget)
        return super().render(template_name, context, request)


def _is_plain(widget: dict[str, Any]) -> bool:
    """Every choice is written by Django's own template."""
    return all(option["template_name"] == OPTION for _, options, _ in widget["optgroups"] for option in options)


def _input(widget: dict[str, Any]) -> SafeString:
    attributes = flatatt(widget["attrs"])
    if widget["value"] is None:
        return format_html('<input type="{}" name="{}"{}>', widget["type"], widget["name"], attributes)
    told = (widget["type"], widget["name"], str(widget["value"]), attributes)
    return format_html('<input type="{}" name="{}" value="{}"{}>', *told)


def _textarea(widget: dict[str, Any]) -> SafeString:
    text, attributes = widget["value"] or "", flatatt(widget["attrs"])
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], attributes, text)


def _select(widget: dict[str, Any]) -> SafeString:
    groups = format_html_join("", "{}", ((_group(name, options),) for name, options, _ in widget["optgroups"]))
    return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), groups)


def _group(name: str | None, options: list[dict[str, Any]]) -> SafeString:
    told = ((str(option["value"]), flatatt(option["attrs"]), option["label"]) for option in options)
    choices = format_html_join("", '<option value="{}"{}>{}</option>', told)
    return format_html('<optgroup label="{}">{}</optgroup>', name, choices) if name else choices
