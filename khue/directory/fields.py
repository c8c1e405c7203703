"""Form fields in which a person writes a unit or somebody the way people do, and gets the unit or the person."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _

from khue.core.clock import today
from khue.core.refusals import Refused
from khue.directory.meant import person_meant
from khue.directory.models import Person, Unit
from khue.directory.search import find_units, resolve_many


class Among(forms.Field):
    """A field for units that may be narrowed to those `below` some."""

    below: Sequence[int] = ()

    def among(self, below: Collection[int]) -> None:
        """Take and offer only these units and those that stand below them."""
        self.below = sorted(below)
        offers = f"{reverse('directory:suggest')}?{urlencode({'below': self.below}, doseq=True)}"
        self.widget.attrs.update({"data-suggest": offers, "autocomplete": "off", "maxlength": "250"})


class UnitInput(forms.TextInput):
    """A name of a unit that is being written, with units of the directory offered."""

    template_name = "directory/_unit_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        offers = {"data-suggest": reverse_lazy("directory:suggest"), "autocomplete": "off"}
        super().__init__({**offers, **(attrs or {})})


class UnitField(Among, forms.CharField):
    """Any name or abbreviation of a unit that exists on `on` (today); wrong ones are answered with suggestions."""

    widget = UnitInput

    def __init__(self, *, on: date | None = None, **kwargs: Any) -> None:
        super().__init__(max_length=250, **kwargs)
        self.on = on

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        day = self.on or today()
        if self.below:
            return _meant(text, self.below, day)
        by_code = Unit.objects.as_of(day).filter(code=text).first()
        if by_code:
            return by_code
        resolution = resolve_many([text], day)[text]
        if resolution.unit:
            return resolution.unit
        raise ValidationError(_refused(text, resolution.candidates or [hit.unit for hit in find_units(text, day, 4)]))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Unit):
            return value.name
        return value


class UnitsInput(forms.TextInput):
    """One field for each unit and an empty one after them, each offering names as `UnitField` does."""

    template_name = "directory/_units_input.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:  # noqa: ARG002 - Django's signature
        return [str(each) for each in data.getlist(name)] if hasattr(data, "getlist") else list(data.get(name) or [])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        given, own = [*(each for each in value or [] if each), ""], context["widget"]["attrs"]
        context["widget"]["inputs"] = [
            {"value": each, "attrs": own if not place else {**own, "id": f"{own.get('id', name)}_{place}"}}
            for place, each in enumerate(given)
        ]
        return context


class UnitsField(Among):
    """Several units among those `below` some, each by any of its names; wrong ones are answered with suggestions."""

    widget = UnitsInput

    def clean(self, value: Any) -> list[Unit]:
        texts = dict.fromkeys(text for each in value or [] if (text := each.strip()[:250]))
        super().clean(list(texts))
        return list({unit.pk: unit for unit in (_meant(text, self.below, today()) for text in texts)}.values())


class PersonInput(forms.TextInput):
    """A name that is being written, with people of the directory offered; anything else may be written too.

    Who is chosen also fills the cells `title` and `unit` of the same row of a table. With `numbered` a namesake is
    written with the number that `meant.person_meant` reads.
    """

    template_name = "directory/_person_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, numbered: bool = False) -> None:
        given = {
            "data-people": reverse_lazy("directory:suggest-people"), "autocomplete": "off", "role": "combobox",
            "aria-autocomplete": "list", "aria-expanded": "false", "spellcheck": "false",
        }  # fmt: skip
        super().__init__({**given, **({"data-numbered": "1"} if numbered else {}), **(attrs or {})})


class PersonField(forms.CharField):
    """Somebody of the directory, by a name that only one person bears or that was chosen from the list."""

    widget = PersonInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 140, "widget": PersonInput(numbered=True), **kwargs})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return person_meant(text)
        except Refused as refused:
            raise ValidationError(str(refused)) from None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Person):
            return f"{value.full_name} #{value.pk}"
        return value


def _meant(text: str, below: Sequence[int], day: date) -> Unit:
    """The unit among those `below` some that goes by this name on `day`."""
    allowed = Unit.objects.as_of(day).within(below)
    by_code = allowed.filter(code=text).first()
    hits = find_units(text, day, 8, below)
    same = {hit.unit.pk: hit.unit for hit in hits if hit.score == 1}
    resolved = resolve_many([text], day)[text].unit if len(same) != 1 else None
    if by_code or len(same) == 1:
        return by_code or next(iter(same.values()))
    if resolved and allowed.filter(pk=resolved.pk).exists():
        return resolved
    raise ValidationError(_refused(text, [hit.unit for hit in hits]))


def _refused(text: str, candidates: list[Unit]) -> str:
    if not candidates:
        return _("No unit is called “%(name)s”. Check the spelling, or look it up in the directory.") % {"name": text}
    names = "; ".join(f"{unit.name} ({unit.code})" for unit in candidates[:5])
    return _("“%(name)s” is not clear. Did you mean: %(candidates)s? Write the full name or the code.") % {
        "name": text,
        "candidates": names,
    }
