"""A sentence of a template says what Django's own tag says; a choice is named as Django names it."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.templatetags.i18n import do_translate
from django.utils import translation

from khue.core.labels import Labelled
from khue.core.templatetags import sentences

TAGS = (
    '{% trans "Help" %}', "{% translate 'Close' %}", '{% trans "100% of it & <b>" %}', '{% trans "" %}',
    '{% trans "Nobody translated this" %}', '{% trans "Help" as said %}[{{ said }}]', '{% trans "Help" noop %}',
    "{% trans words %}", '{% trans "Help"|upper %}', '{% trans "May" context "month" %}',
)  # fmt: skip


def _said(tag: str) -> str:
    return engines["django"].from_string(tag).render({"words": "Help <b>"})


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_sentence_is_the_one_that_django_says(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with translation.override(language):
        ours = [_said(tag) for tag in TAGS]
        backend = engines["django"]
        assert isinstance(backend, DjangoTemplates)
        for library in backend.engine.template_builtins:
            if library is sentences.register:
                monkeypatch.setitem(library.tags, "trans", do_translate)
                monkeypatch.setitem(library.tags, "translate", do_translate)
        assert ours == [_said(tag) for tag in TAGS]
    assert language == "en" or ours[0] == "Trợ giúp"


@pytest.mark.parametrize("model", [each for each in apps.get_models() if issubclass(each, Labelled)])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_choice_is_named_as_django_names_it(model: type[Model], language: str) -> None:
    with translation.override(language):
        for field in (field for field in model._meta.fields if field.choices):
            for value in [value for value, _label in field.flatchoices] + ["", None, "unknown"]:
                record: Any = model(**{field.attname: value})
                assert getattr(record, f"get_{field.name}_display")() == Model._get_FIELD_display(record, field)  # type: ignore[attr-defined]
