"""The form of a receiving round."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khue.core.clock import today
from khue.core.days import DayField
from khue.directory.models import Unit
from khue.initiatives.rules.rounds import kinds


class RoundForm(forms.Form):
    """Whose round, until when, and whom it asks."""

    title = forms.CharField(label=_("Title"), max_length=200)
    host = forms.ChoiceField(label=_("Unit that receives"))
    opens_on = DayField(label=_("Opens on"))
    closes_on = DayField(label=_("Closes on"), help_text=_("Late applications are taken until you close the round."))
    guidance = forms.CharField(
        label=_("What the units should know"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands in the notice to every unit that is asked."),
    )  # fmt: skip
    asked = forms.MultipleChoiceField(
        label=_("Who is asked"), required=False, choices=kinds, widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave it empty for a round of your own unit alone."),
    )  # fmt: skip

    def __init__(self, *args: Any, hosts: list[Unit], **kwargs: Any) -> None:
        year = today().year
        kwargs["initial"] = {"title": gettext("Initiatives of %(year)s") % {"year": year}, "opens_on": today()}
        super().__init__(*args, **kwargs)
        self.hosts = {str(one.pk): one for one in hosts}
        self.fields["host"].choices = [(key, one.name) for key, one in self.hosts.items()]  # type: ignore[attr-defined]

    def clean_host(self) -> Unit:
        """The unit itself."""
        return self.hosts[self.cleaned_data["host"]]
