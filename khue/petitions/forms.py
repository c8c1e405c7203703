"""The page on which a petition is written, and what is said to one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.directory.fields import UnitField
from khue.documents.models import Document
from khue.documents.rules.directive import visible_to as visible_directives
from khue.documents.rules.directive_words import fields
from khue.documents.rules.searching import document_meant
from khue.documents.rules.visibility import visible_to as visible_documents
from khue.petitions.models import Petition

OFFERED = 30
"""Directives to choose from, besides those of the very document."""


class NamesDocument(forms.Form):
    """A form in which a document may be named by its sign."""

    document = forms.CharField(
        label=_("Document"), required=False, max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_document(self) -> Document | None:
        """A document of the registers that the person may see."""
        sign = self.cleaned_data["document"].strip()
        found = document_meant(visible_documents(self.user), sign)
        if sign and found is None:
            sentence = gettext("No document with the sign “%(sign)s” is in the registers that you see. Check the sign.")
            raise ValidationError(sentence % {"sign": sign})
        return found


class PetitionForm(NamesDocument):
    """A difficulty or a request, in one sitting."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Petition.Kind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What is difficult, or what is asked for?"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}), help_text=_("The first sentence becomes its title in lists."),
    )  # fmt: skip
    recipient = UnitField(
        label=_("Who should answer?"),
        help_text=_("The department passes it on where another authority is responsible."),
    )
    field = forms.ChoiceField(label=_("Field"), required=False, help_text=_("Left empty, it is read from the words."))
    field_order = ("kind", "text", "recipient", "field", "document")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].help_text = _("Number and sign of the report or letter in which it stands.")
        self.fields["field"].choices = field_choices()  # type: ignore[attr-defined]


class AnswerForm(NamesDocument):
    """The answer, with what proves it."""

    comment = forms.CharField(
        label=_("Answer"), max_length=8000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who voiced it reads exactly this."),
    )  # fmt: skip
    directive = forms.ChoiceField(label=_("Directive"), required=False)
    field_order = ("comment", "document", "directive")

    def __init__(self, *args: Any, petition: Petition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = visible_directives(self.user).exclude(state="cancelled").order_by("-pk")
        own = seen.filter(document=petition.document) if petition.document_id else seen.none()
        others = seen.filter(lead=petition.recipient_id) | seen.filter(issuer=petition.recipient_id)
        self.directives = {one.pk: one for one in (*own[:OFFERED], *others[:OFFERED])}
        named = [(pk, one.title[:100]) for pk, one in self.directives.items()]
        self.fields["directive"].choices = [("", gettext("None")), *named]  # type: ignore[attr-defined]
        self.fields["directive"].help_text = _("The order by which it is being done, where one was given.")
        self.fields["document"].label = _("Document that answers")
        self.fields["document"].help_text = _("Number and sign, where the answer came by a document.")

    def clean_directive(self) -> Any:
        """The directive itself."""
        chosen = self.cleaned_data["directive"]
        return self.directives.get(int(chosen)) if chosen else None


class PassOnForm(forms.Form):
    """To whom it is passed on, and why."""

    unit = UnitField(label=_("Unit that should answer"))
    comment = forms.CharField(
        label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Both units read this. The time to answer begins anew."),
    )  # fmt: skip


def field_choices() -> list[tuple[str, str]]:
    """The fields of work, after an empty choice."""
    return [("", gettext("Not chosen")), *((field.name, str(field.label)) for field in fields().values())]
