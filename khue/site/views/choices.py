"""What a person chooses for themselves: appearance, and the part to act in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khue.accounts.asking import person
from khue.accounts.middleware import CHOSEN
from khue.accounts.roles import label
from khue.accounts.rules import acting_in
from khue.core import toasts
from khue.core.returning import way_back
from khue.site import appearance


@login_not_required
@require_POST
def choose_appearance(request: HttpRequest) -> HttpResponse:
    """Keep the chosen ground, text size or language, and return to the page."""
    response = redirect(way_back(request, "site:desk", field="next"))
    appearance.keep(request, response)
    return response


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Act in another of one's parts from now on."""
    chosen = request.POST.get("part", "")
    for part in acting_in(person(request)):
        if str(part.membership_id) == chosen:
            request.session[CHOSEN] = part.membership_id
            told = {"role": label(part.role), "unit": part.unit_name}
            toasts.say(request, _("You are now acting as %(role)s, %(unit)s.") % told)
    return redirect(way_back(request, "site:desk", field="next"))
