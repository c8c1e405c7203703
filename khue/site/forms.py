"""The sample form of the style page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.core.days import DayField


class SampleForm(forms.Form):
    """One field of each kind, for the eye."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    number = forms.IntegerField(label=_("Number"), min_value=1, required=False)
    due_on = DayField(label=_("Due"), required=False)
    priority = forms.ChoiceField(label=_("Priority"), choices=[("normal", _("Normal")), ("urgent", _("Urgent"))])
    manner = forms.ChoiceField(
        label=_("Manner"), choices=[("one", _("One unit")), ("many", _("Many units"))], widget=forms.RadioSelect
    )
    content = forms.CharField(label=_("Content"), widget=forms.Textarea, required=False)
    remind = forms.BooleanField(label=_("Remind the unit by e-mail"), required=False)
