"""The form of a need, and what officers say about one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.core.clock import today
from khue.core.form_rendering import needed
from khue.directory.fields import UnitField
from khue.flow.shelf.words import choices
from khue.needs.models import Answer, Need

_LINES = {"rows": 3}


class NeedForm(forms.Form):
    """Six questions. A draft may leave any of them open; `khue.needs.rules.needs.missing` says what sending needs."""

    problem = forms.CharField(
        label=_("What is the problem?"), required=False, widget=forms.Textarea(attrs={"rows": 5, "maxlength": 6000}),
        help_text=_("In your own words: what happens, since when, how much. The first sentence becomes the title."),
    )  # fmt: skip
    places = forms.TypedMultipleChoiceField(label=_("Where?"), required=False, coerce=int)
    affected = forms.CharField(
        label=_("Whom does it hurt?"), required=False, max_length=300,
        help_text=_("Who, and about how many; it decides what is looked at first."),
    )  # fmt: skip
    urgency = forms.ChoiceField(
        label=_("How urgent is it?"), required=False, choices=Need.Urgency.choices, widget=forms.RadioSelect
    )
    tried = forms.CharField(
        label=_("What was tried?"), required=False, widget=forms.Textarea(attrs=_LINES),
        help_text=_("So that nobody proposes it a second time."),
    )  # fmt: skip
    hoped = forms.CharField(
        label=_("What result is hoped for?"), required=False, widget=forms.Textarea(attrs=_LINES),
        help_text=_("What would be different if it were solved."),
    )  # fmt: skip
    contact = forms.CharField(label=_("Contact"), required=False, max_length=200)

    def __init__(self, *args: Any, communes: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"].choices = communes  # type: ignore[attr-defined]

    def asking(self) -> "NeedForm":
        """The form for a page: what sending needs is not called optional, and the browser stops nobody."""
        self.use_required_attribute = False
        for name in ("problem", "affected", "urgency"):
            self.fields[name].required = True
        return self


class AnswerForm(forms.Form):
    """The department's answer."""

    kind = forms.ChoiceField(
        label=_("Outcome"), widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in Answer.Kind if kind != Answer.Kind.MERGED],
    )  # fmt: skip
    reasons = forms.CharField(
        label=_("Reasons"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The author reads exactly this."),
    )
    solved_by = needed(
        forms.CharField(required=False, max_length=80, label=_("What solves it")),
        _("needed when there is a solution already"),
    )
    passed_to = needed(
        UnitField(required=False, label=_("Authority that it is passed to")),
        _("needed when another authority answers"),
    )


class ClassForm(forms.Form):
    """How a need is classed."""

    urgency = forms.ChoiceField(label=_("Urgency"), choices=Need.Urgency.choices)
    field = forms.ChoiceField(label=_("Field of science"), required=False)
    livelihood = forms.BooleanField(label=_("Touches people's living, health or safety"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", _("Not chosen")), *choices("fields", today())]  # type: ignore[attr-defined]


class BulkForm(forms.Form):
    """One answer for several needs."""

    reasons = forms.CharField(
        label=_("Reasons"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Every author reads exactly this."),
    )
