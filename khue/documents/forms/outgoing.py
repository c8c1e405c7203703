"""Composing, numbering, issuing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.core.clock import today
from khue.directory.models import Unit
from khue.directory.search import resolve_many
from khue.documents.actions.outgoing import Target
from khue.documents.forms.filters import day_field
from khue.documents.models import Document, Family, OnBehalf, Recipient
from khue.documents.rules.paper import lines
from khue.documents.rules.shelf import papers, type_choices


class ComposeForm(forms.Form):
    """What is asked before a draft begins."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Issuing body"), empty_label=None)
    paper = forms.ChoiceField(label=_("Kind of paper"), widget=forms.RadioSelect)
    subject = forms.CharField(label=_("Abstract"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, units: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, paper = self.fields["unit"], self.fields["paper"]
        if isinstance(unit, forms.ModelChoiceField):
            unit.queryset = Unit.objects.filter(pk__in=units).order_by("sort_name")
            unit.initial = unit.queryset.first()
        if isinstance(paper, forms.ChoiceField):
            paper.choices = [(one.name, str(one.label)) for one in papers().values()]


class DraftForm(forms.Form):
    """The parts of a draft. It is saved as it stands; what is missing is said beside the preview, not by the fields."""

    use_required_attribute = False

    subject = forms.CharField(label=_("Abstract"), max_length=500, required=True, widget=forms.Textarea({"rows": 2}))
    addressees = forms.CharField(
        label=_("Kính gửi"), required=True, widget=forms.Textarea({"rows": 2}), help_text=_("One addressee a line.")
    )
    basis = forms.CharField(
        label=_("Bases (căn cứ)"), required=True, widget=forms.Textarea({"rows": 3}), help_text=_("One basis a line.")
    )
    body = forms.CharField(
        label=_("Text"),
        required=True,
        widget=forms.Textarea({"rows": 18, "class": "body-text"}),
        help_text=_("Marks: # heading, - item, 1. item, | cell | cell | for a table, **whole line** in bold."),
    )
    on_behalf = forms.ChoiceField(
        label=_("Signs"), required=False, choices=[("", _("In their own right")), *OnBehalf.choices]
    )
    authority = forms.CharField(label=_("For whom"), max_length=120, required=False)
    post = forms.CharField(label=_("Post of the signer"), max_length=150, required=True)
    signer = forms.CharField(label=_("Signer"), max_length=120, required=True)
    place = forms.CharField(label=_("Place of issue"), max_length=60, required=True)
    copies_to = forms.CharField(
        label=_("Nơi nhận"), required=True, widget=forms.Textarea({"rows": 3}), help_text=_("One recipient a line.")
    )
    drafting_code = forms.CharField(
        label=_("Abbreviation of the drafting unit"),
        max_length=20,
        required=False,
        help_text=_("Stands in the sign of a letter, and after “Lưu: VT”."),
    )


class NumberForm(forms.Form):
    """The date a signed document bears, and its number where it was reserved."""

    on = day_field(_("Date of the document"), required=True, initial=today)
    number = forms.IntegerField(
        label=_("Number"), min_value=1, required=False, help_text=_("Leave empty to take the next one.")
    )


class IssueForm(forms.Form):
    """To whom a document is sent."""

    recipients = forms.CharField(
        label=_("Recipients"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One a line. Units of the directory get it in the system and acknowledge; the others by post."),
    )
    copies = forms.IntegerField(label=_("Copies issued"), min_value=1, max_value=999, required=False)

    @classmethod
    def of(cls, document: Document) -> "IssueForm":
        """With the addressees and recipients that the draft names."""
        draft = getattr(document, "draft", None)
        names = [*lines(draft.addressees), *lines(draft.copies_to)] if draft else []
        unlike = {"như trên", "như kính gửi"}
        return cls(initial={"recipients": "\n".join(name for name in names if name.lower() not in unlike)})

    def targets(self) -> list[Target]:
        """Each line with the unit it means today, where the directory knows one."""
        names = list(dict.fromkeys(lines(self.cleaned_data["recipients"])))
        known = resolve_many(names, today())
        return [Target(name[:250], known[name].unit, Recipient.Part.ACTION) for name in names]


class SeriesForm(forms.Form):
    """A new number series."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Organisation"), empty_label=None)
    family = forms.ChoiceField(
        label=_("Family"), choices=[choice for choice in Family.choices if choice[0] != Family.PRESS]
    )
    type = forms.ChoiceField(
        label=_("Type"),
        required=False,
        help_text=_("Leave empty when all types share one series."),
        choices=lambda: [("", _("All types that have no series of their own")), *type_choices()],
    )
    issuer_code = forms.CharField(label=_("Abbreviation of the issuing body"), max_length=30, required=False)
    council = forms.CharField(
        label=_("Sign of the council"), max_length=40, required=False, help_text=_("Only for a council, board or team.")
    )
    secret = forms.BooleanField(label=_("For documents marked secret"), required=False)
    begins_on = day_field(_("Begins"), required=True, initial=today)
    ends_on = day_field(_("Ends"), help_text=_("Only for a term of the Party that has ended."))
    period_name = forms.CharField(
        label=_("Term"), max_length=40, required=False, help_text=_("Only for the Party: the term of the committee.")
    )
    last = forms.IntegerField(label=_("Last number used on paper"), min_value=0, initial=0)

    def __init__(self, *args: Any, units: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        if isinstance(unit, forms.ModelChoiceField):
            unit.queryset = Unit.objects.filter(pk__in=units).order_by("sort_name")
            unit.initial = unit.queryset.first()
