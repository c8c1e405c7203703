"""A drop-down list written at once says what Django's own templates say."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.test.html import parse_html

from khue.core.form_rendering import Renderer

GROUPED = [("", "Bất kỳ"), ("Khối <sở>", [("1", "Sở A"), ("2", "Sở “B” & C")]), (3, "Phường")]


@pytest.mark.parametrize("value", ["", "2", 3, None])
@pytest.mark.parametrize(
    "widget", [forms.Select(choices=GROUPED), forms.SelectMultiple(choices=GROUPED), forms.NullBooleanSelect()]
)
@pytest.mark.parametrize("attributes", [{}, {"class": "a b", "required": True, "disabled": False, "title": '"<'}])
def test_a_list_is_the_one_that_django_writes(widget: Any, value: Any, attributes: dict[str, Any]) -> None:
    ours = widget.render("don-vi", value, attributes, Renderer())
    assert parse_html(ours) == parse_html(widget.render("don-vi", value, attributes, TemplatesSetting()))


@pytest.mark.parametrize("value", ["", None, "Sở “A” & <b>", 3, date(2026, 6, 30), True])
@pytest.mark.parametrize(
    "kind", [forms.TextInput, forms.NumberInput, forms.EmailInput, forms.DateInput, forms.HiddenInput, forms.Textarea,
             forms.CheckboxInput]
)  # fmt: skip
def test_a_field_is_the_one_that_django_writes(kind: Any, value: Any) -> None:
    for attributes in ({}, {"class": "a b", "required": True, "disabled": False, "title": '"<', "rows": 3}):
        ours = kind().render("don-vi", value, attributes, Renderer())
        assert parse_html(ours) == parse_html(kind().render("don-vi", value, attributes, TemplatesSetting()))


def test_only_plain_lists_are_written_at_once() -> None:
    class Own(forms.Select):
        option_template_name = "django/forms/widgets/checkbox_option.html"

    ours = Own(choices=GROUPED).render("x", "1", {}, Renderer())
    assert "<input" in ours
