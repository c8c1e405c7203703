"""What the secretary of a council fills in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.core.days import DayField
from khue.core.form_rendering import needed
from khue.core.money import MoneyField
from khue.councils.models import Council, Fee, Seat, Subject
from khue.councils.rules.comments import conclusion_asked
from khue.councils.rules.conflicts import ground_label
from khue.councils.rules.numbers import numbers
from khue.councils.rules.session import THERE
from khue.councils.rules.visibility import GONE

MOMENT = {"type": "datetime-local"}
MEMBERS = forms.CheckboxSelectMultiple


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class AppointForm(forms.Form):
    """The decision."""

    decision_sign = forms.CharField(label=_("Number and sign of the decision"), max_length=60)
    decided_on = DayField(label=_("Day of the decision"))
    term_to = DayField(
        label=_("Sits until"), required=False,
        help_text=_("Only for a standing council; leave it empty for a council of one case."),
    )  # fmt: skip


class ScheduleForm(forms.Form):
    """When and where."""

    meets_at = forms.DateTimeField(
        label=_("Day and hour of the meeting"), widget=forms.DateTimeInput(MOMENT, format="%Y-%m-%dT%H:%M")
    )
    mode = forms.ChoiceField(label=_("How it meets"), choices=Council.Mode.choices)
    venue = needed(
        forms.CharField(label=_("Place of the meeting"), max_length=200, required=False),
        _("needed unless all meet online"),
    )
    link = needed(
        forms.URLField(label=_("Address of the online meeting"), required=False, assume_scheme="https"),
        _("needed when somebody takes part online"),
    )


class SeatForm(forms.Form):
    """The role of a member and what a reviewer reviews."""

    role = forms.ChoiceField(label=_("Role"), choices=Seat.Role.choices)
    reviews = forms.ModelMultipleChoiceField(
        label=_("Reviews"), queryset=Subject.objects.none(), required=False, widget=MEMBERS,
        help_text=_("For reviewers; none chosen means all."),
    )  # fmt: skip

    def __init__(self, *args: Any, subjects: Sequence[Subject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reviews"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - as declared above
        field.queryset = Subject.objects.filter(pk__in=[subject.pk for subject in subjects])


class AuthoriseForm(forms.Form):
    """The paper by which a vice-chair chairs."""

    seat = forms.ModelChoiceField(label=_("Vice-chair"), queryset=Seat.objects.none())
    paper = forms.CharField(
        label=_("The chair's written authority"), max_length=200, help_text=_("Its name and day; attach it below.")
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["seat"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - as declared above
        field.queryset = council.seats.filter(role=Seat.Role.VICE_CHAIR, state=Seat.State.ACCEPTED)


class BoardForm(forms.Form):
    """Who counts the ballots."""

    board = forms.ModelMultipleChoiceField(
        label=_("Who counts the ballots"), queryset=Seat.objects.none(), required=False, widget=MEMBERS
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["board"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - as declared above
        field.queryset = council.seats.filter(attendance__in=THERE).select_related("person")


class MinutesForm(forms.Form):
    """What the minutes say besides what is known."""

    discussion = forms.CharField(
        label=_("What was discussed"), widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    guests = forms.CharField(label=_("Guests"), max_length=500, required=False)


class ConcludeForm(forms.Form):
    """The conclusion."""

    conclusion = forms.CharField(label=_("Conclusion of the council"), widget=forms.Textarea(attrs={"rows": 5}))
    agreed = forms.IntegerField(
        label=_("How many of those attending agree"), min_value=0, max_value=99, required=False,
        help_text=_("Left empty: all of them."),
    )  # fmt: skip


class JudgeForm(forms.Form):
    """A decision on a suspected conflict."""

    confirmed = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[("yes", _("There is a conflict")), ("no", _("There is no conflict"))],
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class ReportForm(forms.Form):
    """A conflict that the records do not show, as somebody tells of it."""

    member = forms.ModelChoiceField(
        label=_("Member in question"), queryset=Seat.objects.none(), empty_label=_("Not chosen")
    )
    subject = forms.ModelChoiceField(label=_("About"), queryset=Subject.objects.none(), empty_label=_("Not chosen"))
    ground = forms.ChoiceField(label=_("Ground of the conflict"))
    text = forms.CharField(
        label=_("What is known, and from where"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("From now on the member sees nothing of it until somebody has judged the conflict."),
    )  # fmt: skip

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member, subject, ground = self.fields["member"], self.fields["subject"], self.fields["ground"]
        assert isinstance(member, forms.ModelChoiceField)  # noqa: S101 - as declared above
        assert isinstance(subject, forms.ModelChoiceField)  # noqa: S101 - as declared above
        assert isinstance(ground, forms.ChoiceField)  # noqa: S101 - as declared above
        member.queryset = council.seats.exclude(state__in=GONE).select_related("person")
        subject.queryset = council.subjects.order_by("number")
        ground.choices = [(one, ground_label(one)) for one in numbers(council).names("bars")]


class OpinionForm(forms.Form):
    """A member's comment that came on paper."""

    writer = forms.ModelChoiceField(
        label=_("Who wrote it"), queryset=Seat.objects.none(), empty_label=_("Not chosen")
    )  # fmt: skip
    on = forms.ModelChoiceField(label=_("About"), queryset=Subject.objects.none(), empty_label=_("Not chosen"))
    comment = forms.CharField(label=_("What it says"), widget=forms.Textarea(attrs={"rows": 4}))
    proposal = forms.ChoiceField(label=_("Conclusion"))

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        writer, on, proposal = self.fields["writer"], self.fields["on"], self.fields["proposal"]
        assert isinstance(writer, forms.ModelChoiceField)  # noqa: S101 - as declared above
        assert isinstance(on, forms.ModelChoiceField)  # noqa: S101 - as declared above
        assert isinstance(proposal, forms.ChoiceField)  # noqa: S101 - as declared above
        writer.queryset = council.seats.filter(state=Seat.State.ACCEPTED).select_related("person")
        on.queryset = council.subjects.order_by("number")
        asked = conclusion_asked(council)
        if asked is None:
            del self.fields["proposal"]
        else:
            proposal.label = str(asked.label)
            proposal.choices = [("", _("Not chosen")), *((name, str(one)) for name, one in asked.choices.items())]


class FeeForm(forms.Form):
    """What is due to a member."""

    seat = forms.ModelChoiceField(
        label=_("Member"), queryset=Seat.objects.none(), required=False, empty_label=_("Everybody who was there")
    )
    reason = forms.ChoiceField(label=_("For"), choices=Fee.Reason.choices)
    amount = MoneyField(label=_("Amount in đồng"))
    basis = forms.CharField(label=_("Basis"), max_length=200, required=False)

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["seat"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - as declared above
        field.queryset = council.seats.exclude(state=Seat.State.DECLINED).select_related("person")
