"""What is asked about order lists and their items."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.core.clock import today
from khue.core.days import DayField
from khue.core.form_rendering import needed
from khue.missions.models import Order, OrderList
from khue.missions.rules.order.orders import grounds
from khue.needs.rules.proposal_forms import fields

LINES = forms.Textarea(attrs={"rows": 3})


class ListForm(forms.Form):
    """A new list."""

    title = forms.CharField(label=_("Name of the list"), max_length=250)
    year = forms.IntegerField(label=_("Plan year"), min_value=2015, max_value=2100)
    supplements = forms.ModelChoiceField(
        OrderList.objects.none(), label=_("Adds to the list"), required=False, empty_label=_("It is a list of its own")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        year = today().year + 1
        kwargs.setdefault("initial", {"year": year, "title": _("Missions to order in %(year)s") % {"year": year}})
        super().__init__(*args, **kwargs)
        field = self.fields["supplements"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = OrderList.objects.exclude(state=OrderList.State.DRAFT)


class OrderForm(forms.ModelForm):  # type: ignore[type-arg]
    """The four elements of an order, and the ground where it is assigned directly."""

    ground = needed(
        forms.ChoiceField(label=_("Ground of direct assignment"), required=False),
        _("needed to assign it directly"),
    )
    field = forms.ChoiceField(label=_("Field"), required=False)

    class Meta:
        model = Order
        fields = ("name", "objective", "products", "requirements", "way", "ground", "field")
        labels = {
            "name": _("Name of the mission"), "objective": _("Objective"), "products": _("Requirements on the results"),
            "requirements": _("Further requirements"), "way": _("Way of assignment"),
        }  # fmt: skip
        widgets = {
            "name": forms.Textarea(attrs={"rows": 2}),
            "objective": LINES,
            "products": LINES,
            "requirements": LINES,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(name, str(word)) for name, word in grounds().items()]
        self.fields["ground"].choices = [("", _("Not chosen")), *told]  # type: ignore[attr-defined]
        self.fields["field"].choices = [("", _("Not chosen")), *fields(self.instance.field)]  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """The decision that approves a list."""

    decision_sign = forms.CharField(label=_("Number and sign of the decision"), max_length=60)
    decided_on = DayField(label=_("Day of the decision"))
    ground = forms.CharField(
        label=_("What the decision rests on"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("As it is written after «Căn cứ»."),
    )  # fmt: skip
