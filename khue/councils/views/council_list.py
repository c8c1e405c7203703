"""The list of councils."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from khue.core.pages import paginate
from khue.councils.rules.visibility import visible_to
from khue.councils.views.asking import person


@require_GET
def councils(request: HttpRequest) -> HttpResponse:
    """Councils that the person runs, oversees or sits in."""
    page = paginate(request, visible_to(person(request)).select_related("host"))
    return render(request, "councils/council_list.html", {"page": page})
