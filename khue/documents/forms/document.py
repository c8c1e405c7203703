"""Registering and correcting a document by hand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.core.clock import today
from khue.directory.models import Unit
from khue.documents.forms.filters import day_field
from khue.documents.models import Document, Family, Secrecy, Urgency
from khue.documents.rules.shelf import type_choices

FIELDS = (
    "sign", "type", "family", "issued_on", "issuer_name", "subject", "signer", "signer_post", "addressees", "urgency",
    "secrecy", "restricted", "due_on", "pages", "copies", "language", "note",
)  # fmt: skip
"""Fields that a person may correct, in the order of the form."""
MAIN = FIELDS[:6]
"""Those that stand open; the rest are folded away."""


def _types() -> list[tuple[str, Any]]:
    return [("", _("Letter, or no type")), *type_choices()]


class FactsForm(forms.Form):
    """The facts of a document as the registers ask for them. Nothing is compulsory: the reader fills what is left."""

    sign = forms.CharField(label=_("Number and sign"), max_length=80, required=False)
    type = forms.ChoiceField(label=_("Type of document"), choices=_types, required=False)
    family = forms.ChoiceField(label=_("Family"), choices=Family.choices, initial=Family.STATE, required=False)
    issued_on = day_field(_("Date of the document"))
    issuer_name = forms.CharField(label=_("Issuing body"), max_length=200, required=False)
    subject = forms.CharField(
        label=_("Abstract"), max_length=500, required=False, widget=forms.Textarea({"rows": 3, "maxlength": 500})
    )
    signer = forms.CharField(label=_("Signer"), max_length=120, required=False)
    signer_post = forms.CharField(label=_("Post of the signer"), max_length=150, required=False)
    addressees = forms.CharField(
        label=_("Addressed to"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )
    urgency = forms.TypedChoiceField(
        label=_("Urgency"), choices=Urgency.choices, coerce=int, initial=Urgency.NORMAL.value, required=False
    )
    secrecy = forms.TypedChoiceField(
        label=_("Secrecy"),
        choices=Secrecy.choices,
        coerce=int,
        initial=Secrecy.NONE.value,
        required=False,
        help_text=_("A document marked secret is registered by its facts only; its file is not kept here."),
    )
    restricted = forms.BooleanField(
        label=_("Seen by few"), required=False, help_text=_("Only heads, clerks and leaders see it.")
    )
    due_on = day_field(_("Reply or resolution due"))
    pages = forms.IntegerField(label=_("Pages"), min_value=1, max_value=999, required=False)
    copies = forms.IntegerField(label=_("Copies issued"), min_value=1, max_value=999, required=False)
    language = forms.CharField(label=_("Language"), max_length=30, required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def changed_facts(self) -> dict[str, Any]:
        """What was changed, by field name, as the columns hold it."""
        empty: dict[str, Any] = {"urgency": 0, "secrecy": 0, "restricted": False}
        dates_and_figures = {"issued_on", "due_on", "pages", "copies"}
        facts = {}
        for name in self.changed_data:
            value = self.cleaned_data.get(name)
            if value in (None, ""):
                value = None if name in dates_and_figures else empty.get(name, "")
            facts[name] = value
        return facts


def facts_of(document: Document) -> dict[str, Any]:
    """What the form begins with."""
    return {name: getattr(document, name) for name in FIELDS}


class IncomingForm(FactsForm):
    """What is known when a document comes in. With a file, everything may be left to the reader."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Register of"))
    arrived_on = day_field(_("Date of arrival"), required=True, initial=today)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Instead of a file: paste the text, for example of a press report."),
    )
    duplicate_reason = forms.CharField(
        label=_("Why it is registered again"),
        max_length=500,
        required=False,
        help_text=_("Only when it looks like a document that is registered already."),
    )

    def __init__(self, *args: Any, units: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Unit.objects.filter(pk__in=units).order_by("sort_name")
            field.empty_label = None
            field.initial = field.queryset.first()


class OutgoingForm(FactsForm):
    """A document that was signed on paper, entered with its number."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Register of"))
    issued_on = day_field(_("Date of the document"), required=True, initial=today)
    subject = forms.CharField(label=_("Abstract"), max_length=500, widget=forms.Textarea({"rows": 3}))
    number = forms.IntegerField(
        label=_("Number"),
        min_value=1,
        required=False,
        help_text=_("Leave empty to take the next one; give it when it was reserved before."),
    )
    drafting_code = forms.CharField(
        label=_("Abbreviation of the drafting unit"),
        max_length=20,
        required=False,
        help_text=_("Stands in the sign of a letter."),
    )
    council = forms.CharField(
        label=_("Sign of the council"), max_length=40, required=False, help_text=_("Only for a council, board or team.")
    )

    def __init__(self, *args: Any, units: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Unit.objects.filter(pk__in=units).order_by("sort_name")
            field.empty_label = None
            field.initial = field.queryset.first()
        del self.fields["secrecy"], self.fields["restricted"]
        family = self.fields["family"]
        if isinstance(family, forms.ChoiceField):
            family.choices = [choice for choice in Family.choices if choice[0] != Family.PRESS]
