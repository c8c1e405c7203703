"""How somebody wants to be told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.notices.models import Preferences


class PreferencesForm(forms.Form):
    """Which notices come by e-mail."""

    mail = forms.ChoiceField(label=_("Notices by e-mail"), choices=Preferences.Mail.choices, widget=forms.RadioSelect)
