"""What a unit writes about a directive."""

from typing import Any

from django import forms
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from khue.core.clock import today
from khue.core.days import DayField
from khue.directory.models import Unit
from khue.documents.models import Directive


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several uploaded files as a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> "list[File[bytes]]":
        """Every file checked by itself."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in given]


class ShareForm(forms.Form):
    """What was done, and how far it is."""

    text = forms.CharField(
        label=_("What was done"),
        help_text=_("One or two sentences; the figures that show it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    percent = forms.IntegerField(label=_("Done so far, in percent"), min_value=0, max_value=100, initial=0)
    evidence = FilesField(label=_("Evidence"), required=False)


class ReportForm(ShareForm):
    """A report of the lead unit; `done` says that all of it is done."""

    reply = forms.CharField(
        label=_("Number and sign of the reply document"), required=False, max_length=80,
        help_text=_("When the result was sent by a document that is registered here."),
    )  # fmt: skip
    done = forms.BooleanField(label=_("All of it is done"), required=False)
    field_order = ["text", "percent", "done", "evidence", "reply"]


class ExtensionForm(forms.Form):
    """A request for more time."""

    new_due_on = DayField(label=_("New deadline"))
    reason = forms.CharField(label=_("Why more time is needed"), widget=forms.Textarea(attrs={"rows": 2}))


class PassDownForm(forms.Form):
    """A part of the work for units below the lead unit."""

    content = forms.CharField(label=_("What is to be done"), widget=forms.Textarea(attrs={"rows": 3}))
    due_on = DayField(label=_("Deadline"), required=False)
    units = forms.ModelMultipleChoiceField(
        label=_("Units that do it"), queryset=Unit.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, directive: Directive, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"content": directive.content, "due_on": directive.due_on})
        super().__init__(*args, **kwargs)
        below = Unit.objects.as_of(today()).within([directive.lead_id]).exclude(pk=directive.lead_id)
        self.fields["units"].queryset = below.order_by("sort_name")  # type: ignore[attr-defined]
