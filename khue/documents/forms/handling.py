"""Forwarding, the disposition slip, filing."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import Membership, User
from khue.accounts.scope import units_where
from khue.core.clock import today
from khue.directory.fields import Among, UnitField, UnitsField
from khue.directory.models import Unit, valid_on
from khue.documents.forms.filters import day_field
from khue.documents.models import CaseFile, Disposition, Document
from khue.documents.rules.filing import KEEP_FILES
from khue.documents.rules.visibility import keepers

if TYPE_CHECKING:
    _Base = forms.ModelForm[CaseFile]
else:
    _Base = forms.ModelForm


ANY_NAME = _("Any name or abbreviation, one unit a line; a new line opens by itself.")


def people_below(document: Document) -> QuerySet[User]:
    """People with a part today in the organisation that holds the document, or in a unit below it."""
    units = Unit.objects.filter(valid_on(today())).within(keepers(document))
    parts = Membership.objects.filter(valid_on(today()), unit__in=units.order_by().values("pk"))
    return User.objects.filter(pk__in=parts.values("user"), is_active=True).order_by("full_name")


class DispositionForm(forms.Form):
    """One line of the disposition slip."""

    LEVELS = Disposition.Level.choices
    level = forms.ChoiceField(label=_("Whose comment"), choices=LEVELS)
    comment = forms.CharField(label=_("Comment"), widget=forms.Textarea({"rows": 2}), required=False)
    lead = UnitField(label=_("Unit in charge"), required=False)
    supports = UnitsField(label=_("Coordinating units"), required=False, help_text=ANY_NAME)
    person = forms.ModelChoiceField(User.objects.none(), label=_("Person in charge"), required=False)
    due_on = day_field(_("Due"))
    written_on = day_field(_("Date of the comment"), initial=today)

    def __init__(self, *args: Any, document: Document, levels: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _among(self, "lead", document)
        _among(self, "supports", document)
        _fill(self, "person", people_below(document))
        level = self.fields["level"]
        if levels is not None and isinstance(level, forms.ChoiceField):
            level.choices = [choice for choice in self.LEVELS if choice[0] in levels]


class ForwardForm(forms.Form):
    """Units and people to whom an incoming document is handed on."""

    units = UnitsField(label=_("Units"), required=False, help_text=ANY_NAME)
    people = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("People"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _among(self, "units", document)
        _fill(self, "people", people_below(document))


class FilingForm(forms.Form):
    """The file that documents are put into."""

    case_file = forms.ModelChoiceField(CaseFile.objects.none(), label=_("Case file"), empty_label=_("Choose a file"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = CaseFile.objects.filter(unit__in=units_where(user, *KEEP_FILES), frozen_at=None, destroyed_at=None)
        _fill(self, "case_file", own.order_by("-year", "notation"))


class CaseFileForm(_Base):
    """The description of a case file (appendix VI)."""

    started_on = day_field(_("Begun"), required=True, initial=today)
    ended_on = day_field(_("Ended"))

    class Meta:
        model = CaseFile
        fields = (
            "unit",
            "year",
            "notation",
            "title",
            "retention",
            "rights",
            "keeper",
            "language",
            "started_on",
            "ended_on",
            "note",
        )
        labels = {"unit": _("Unit")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_where(user, *KEEP_FILES)
        _fill(self, "unit", Unit.objects.filter(pk__in=units).order_by("sort_name"))
        parts = Membership.objects.filter(valid_on(today()), unit__in=units)
        _fill(self, "keeper", User.objects.filter(pk__in=parts.values("user")).order_by("full_name"))
        self.fields["year"].initial = today().year
        self.fields["retention"].initial = _("10 years")

    def facts(self) -> dict[str, Any]:
        """The description, by column."""
        return {name: self.cleaned_data[name] for name in self.fields}

    def _post_clean(self) -> None:
        """The action checks and saves; the form only reads."""


class RetentionForm(forms.Form):
    """What was decided when the retention of a case file was over."""

    DESTROY, LONGER = "destroy", "longer"
    decision = forms.CharField(label=_("Number and sign of the decision"), max_length=80)
    decided_on = day_field(_("Date of the decision"), required=True)
    outcome = forms.ChoiceField(
        label=_("Content of the decision"),
        choices=[(DESTROY, _("Destroy the file")), (LONGER, _("Keep it longer"))],
        widget=forms.RadioSelect,
    )
    sure = forms.BooleanField(
        label=_("The content of the files is destroyed for good; I have checked the decision"), required=False
    )
    retention = forms.CharField(label=_("New retention"), max_length=30, required=False)
    reason = forms.CharField(label=_("Reason to keep it longer"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """Destroying asks to be confirmed."""
        if self.cleaned_data.get("outcome") == self.DESTROY and not self.cleaned_data.get("sure"):
            self.add_error("sure", _("Tick this to confirm: destroyed content cannot be brought back."))
        return self.cleaned_data


def _among(form: forms.BaseForm, name: str, document: Document) -> None:
    field = form.fields[name]
    if isinstance(field, Among):
        field.among(keepers(document))


def _fill(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows
        if name == "unit":
            field.empty_label = None
            field.initial = rows.first()
