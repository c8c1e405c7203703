"""What is asked above the questions of the shelf, and what is recorded after recognition."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.core.clock import today
from khue.core.days import DayField
from khue.directory.fields import UnitField
from khue.flow.shelf.words import choices
from khue.initiatives.actions.writing import LONGEST_TITLE
from khue.initiatives.models import Initiative


class HeadForm(forms.Form):
    """Name, field and the unit that is asked."""

    use_required_attribute = False

    title = forms.CharField(
        label=_("Name of the initiative"), max_length=LONGEST_TITLE, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What is done, with what, where: it stands on the certificate."),
    )  # fmt: skip
    field = forms.ChoiceField(label=_("Field of the initiative"), required=False)
    unit = UnitField(
        label=_("Unit that is asked to recognise it"),
        help_text=_("Your own unit stands here; write another where the initiative was transferred to it."),
    )

    def __init__(self, *args: Any, of: Initiative, **kwargs: Any) -> None:
        kwargs["initial"] = {"title": of.title, "field": of.field, "unit": of.unit}
        super().__init__(*args, **kwargs)
        self.fields["title"].required = self.fields["field"].required = True
        self.fields["field"].choices = [("", _("Not chosen")), *choices("fields", today(), of.field)]  # type: ignore[attr-defined]
        if of.state != Initiative.State.DRAFT:
            del self.fields["unit"]

    def facts(self) -> dict[str, Any]:
        """What is right of it, as `save_draft` takes it."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}


class ReachForm(forms.Form):
    """A decision on the range of effect."""

    level = forms.ChoiceField(label=_("Range of effect"))
    decision_sign = forms.CharField(label=_("Sign of the decision"), max_length=60)
    decided_on = DayField(label=_("Day of the decision"))
    decided_by = forms.CharField(label=_("Body that decided"), max_length=200)

    def __init__(self, *args: Any, levels: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = levels  # type: ignore[attr-defined]


class SheetForm(forms.Form):
    """The unit's own scoring sheet: a line each, `Tính mới: 30`."""

    criteria = forms.CharField(
        label=_("Criteria and points"), widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A line for each criterion: its name, a colon, the most points."),
    )  # fmt: skip
    points_pass = forms.DecimalField(label=_("Average that recognition needs"), max_digits=5, decimal_places=2)
    decision_sign = forms.CharField(label=_("Decision that set it"), max_length=60)
    decided_on = DayField(label=_("Day of the decision"))

    def clean_criteria(self) -> list[tuple[str, int]]:
        """Each line as a name and its points."""
        found = []
        for line in str(self.cleaned_data["criteria"]).splitlines():
            name, _colon, points = line.rpartition(":")
            if not line.strip():
                continue
            if not name.strip() or not points.strip().isdecimal() or len(points.strip()) > len("1000"):
                sentence = _("«%(line)s»: write the name, a colon and the points.")
                raise forms.ValidationError(sentence, params={"line": line})
            found.append((name.strip(), int(points)))
        return found
