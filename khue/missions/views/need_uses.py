"""Those who needed it say whether a mission's results are in use with them; asked on the page of their need."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khue.accounts.asking import person
from khue.core.answering import refusal_told
from khue.core.toasts import say
from khue.missions.actions.telling import say_use
from khue.missions.rules.visibility import visible_to
from khue.needs.rules.needs import visible_to as visible_needs


@require_POST
def need_use(request: HttpRequest, number: int, need: int) -> HttpResponse:
    """Keep what was said, and go back to the need."""
    user = person(request)
    mission = get_object_or_404(visible_to(user), pk=number)
    asked = get_object_or_404(visible_needs(user).distinct(), pk=need)
    with refusal_told(request):
        say_use(asked, mission, stand=request.POST.get("stand", ""), text=request.POST.get("text", ""), by=user)
        say(request, _("Thank you. The department reads what you wrote."))
    return redirect(f"{asked.get_absolute_url()}#mission-{mission.pk}")
