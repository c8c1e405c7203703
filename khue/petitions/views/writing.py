"""Writing a petition."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khue.accounts.asking import person
from khue.core.answering import refusal_on
from khue.core.toasts import say, warn
from khue.directory.search import find_department
from khue.petitions.actions.writing import Voicing, send
from khue.petitions.forms import PetitionForm
from khue.petitions.models import Petition
from khue.petitions.rules.petitions import may_write
from khue.petitions.views.asking import writing_for


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """One short page; what was typed stays when something is missing."""
    user, unit = person(request), writing_for(request)
    if (refusal := may_write(user, unit)) is not None:
        warn(request, str(refusal))
        return redirect("petitions:petitions")
    office = find_department()
    above = unit.parent if unit is not None and office == unit else office
    initial = {"kind": Petition.Kind.DIFFICULTY, "recipient": above}
    form = PetitionForm(request.POST or None, initial=initial, user=user)
    if form.is_valid():
        with refusal_on(form):
            sent = send(Voicing(unit=unit, **form.cleaned_data), by=user)
            told = _("%(code)s was sent to %(unit)s, which should answer by %(day)s. You will be told of every step.")
            say(request, told % {"code": sent.code, "unit": sent.recipient.name, "day": f"{sent.due_on:%d/%m/%Y}"})
            return redirect(sent.get_absolute_url())
    context = {"form": form, "unit": unit}
    return render(request, "petitions/write.html", context, status=422 if form.is_bound else 200)
