"""What is asked before a locked period is opened for a unit."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.core.days import DayField
from khue.core.refusals import Refusal, Refused


class ReopenForm(forms.Form):
    """Until when, and why."""

    until = DayField(label=_("Until"))
    reason = forms.CharField(label=_("Why"), max_length=400)

    @classmethod
    def read(cls, data: Mapping[str, str]) -> tuple[date, str]:
        """The last day and the reason. Raises Refused `reopening.form` naming what is missing."""
        form = cls(data)
        if not form.is_valid():
            problems = [f"{form[name].label}: {errors[0]}" for name, errors in form.errors.items()]
            raise Refused(Refusal("reopening.form", "\n".join(problems)))
        return form.cleaned_data["until"], form.cleaned_data["reason"]


class WithdrawForm(forms.Form):
    """Why a target is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=400)


class EndForm(forms.Form):
    """The last day of an indicator."""

    on = DayField(label=_("Last day"))
