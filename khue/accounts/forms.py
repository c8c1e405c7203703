"""What is asked about accounts."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts import roles
from khue.accounts.models import Membership, User
from khue.core.clock import today
from khue.core.days import DayField
from khue.directory.fields import UnitField


def _roles() -> list[tuple[str, str]]:
    """None is chosen in advance, least of all a strong one."""
    return [("", _("Choose a role")), *roles.choices()]


class ProfileForm(forms.Form):
    """What people may correct about themselves."""

    full_name = forms.CharField(label=gettext_lazy("Name and surname"), max_length=120)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of e-mails"), choices=User._meta.get_field("language").choices or []
    )


class RoleForm(forms.Form):
    """A role in a unit."""

    unit = UnitField(label=gettext_lazy("Unit"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=_roles)
    valid_from = DayField(label=gettext_lazy("From"), initial=today)


class InvitationForm(RoleForm):
    """Somebody new, with a first role."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    full_name = forms.CharField(label=gettext_lazy("Name and surname"), max_length=120)
    field_order = ["full_name", "email", "unit", "role", "valid_from"]


class ChangeRoleForm(forms.Form):
    """Another role in the same unit."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=_roles)
    on = DayField(label=gettext_lazy("From"), initial=today)


class LastDayForm(forms.Form):
    """The last day of something."""

    last_day = DayField(label=gettext_lazy("Last day"), initial=today)


class ReasonForm(forms.Form):
    """Why; kept in the journal."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=250)


class PasswordForm(forms.Form):
    """The first password of somebody invited."""

    password = forms.CharField(
        label=gettext_lazy("New Password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=gettext_lazy("Password (again)"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self._user)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("You must type the same password each time."))
        return cleaned


class DelegationForm(forms.Form):
    """Who stands in during a leave, in which part, from when until when."""

    membership = forms.ModelChoiceField(Membership.objects.none(), label=gettext_lazy("My role"), empty_label=None)
    to_user = forms.EmailField(
        label=gettext_lazy("Who stands in"),
        help_text=gettext_lazy("The e-mail address of a colleague's account; those of your units are offered."),
        widget=forms.EmailInput({"list": "colleagues", "autocomplete": "off"}),
    )
    valid_from = DayField(label=gettext_lazy("First day"), initial=today)
    valid_to = DayField(label=gettext_lazy("Last day"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=250)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = user.memberships.as_of(today()).select_related("unit")
        field: Any = self.fields["membership"]
        field.queryset = own
        field.label_from_instance = lambda part: f"{roles.label(part.role)} · {part.unit.name}"

    def clean_to_user(self) -> User:
        user = User.objects.filter(email__iexact=self.cleaned_data["to_user"], is_active=True).first()
        if user is None:
            raise forms.ValidationError(_("No active account has this address."))
        return user


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]  # the library is untyped here
    """A key serves without a password unless one chooses otherwise: the page of signing in offers just that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["name"].label = _("Name of the key")
