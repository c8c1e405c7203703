"""Those who needed it say whether a mission's results are in use with them; asked on the page of their need."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khue.accounts.asking import person
from khue.core.answering import Problem
from khue.core.toasts import say
from khue.missions.actions.telling import say_use
from khue.missions.rules.accept.need_uses import missions_for
from khue.missions.rules.visibility import visible_to
from khue.needs.rules.needs import visible_to as visible_needs
from khue.needs.views.need import page_of


@require_POST
def need_use(request: HttpRequest, number: int, need: int) -> HttpResponse:
    """Keep what was said, and go back to the need; what is refused stays there as it was typed."""
    user = person(request)
    asked = get_object_or_404(visible_needs(user).distinct(), pk=need)
    mission = get_object_or_404(visible_to(user).filter(pk__in=missions_for(asked).values("pk")), pk=number)
    with (problem := Problem()):
        say_use(asked, mission, stand=request.POST.get("stand", ""), text=request.POST.get("text", ""), by=user)
        say(request, _("Thank you. The department reads what you wrote."))
        return redirect(f"{asked.get_absolute_url()}#mission-{mission.pk}")
    return render(request, "needs/need.html", page_of(asked, user, problem=str(problem)), status=422)
