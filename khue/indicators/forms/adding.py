"""What is asked before a part is added to a composed report."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.indicators.actions.composing import LONGEST
from khue.indicators.composing.adding import SHAPES

KINDS = (
    (_("Words"), (
        ("paragraph", _("Paragraph")), ("heading", _("Heading")), ("subheading", _("Smaller heading")),
        ("annex", _("Title of an annex")),
    )),
    (_("Table"), (
        ("table-progress", _("Indicators: so far, promised, forecast")),
        ("table-periods", _("Indicators over the periods")), ("table-units", _("Unit by unit")),
    )),
    (_("Chart"), (
        ("chart-course", _("Course over the periods")), ("chart-units", _("Units beside each other")),
        ("chart-targets", _("Indicators against their targets")),
    )),
)  # fmt: skip


class AddForm(forms.Form):
    """What it is, what it says, and whose figures."""

    kind = forms.ChoiceField(label=_("What to add"), choices=KINDS)
    text = forms.CharField(
        label=_("Text"), max_length=LONGEST, widget=forms.Textarea({"rows": 4}),
        help_text=_("Of a table or chart: what it is called."),
    )  # fmt: skip
    codes = forms.MultipleChoiceField(
        label=_("Indicators"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Of a chart of units the first one; lines over the periods share one unit of measure."),
    )  # fmt: skip

    def __init__(self, *args: Any, indicators: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["codes"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = list(indicators)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("kind") in SHAPES and not found.get("codes") and "codes" not in self.errors:
            self.add_error("codes", _("Choose the indicators that the table or chart shows."))
        return found
