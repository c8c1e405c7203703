"""What a unit might ask for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.needs.rules.needs import may_write
from khue.needs.rules.suggesting import asker, suggestions
from khue.needs.views.asking import writing_for


@require_GET
def suggested(request: HttpRequest) -> HttpResponse:
    """Suggestions by what they rest on, each with why and a button that makes it a draft."""
    user = person(request)
    unit = writing_for(request)
    who = asker(user, unit) if unit is not None else None
    found = suggestions(who) if who is not None else []
    headings = _headings()
    names = dict.fromkeys([*headings, *(one.source for one in found)])
    groups = [(headings.get(name, name), [one for one in found if one.source == name]) for name in names]
    context = {
        "unit": unit, "who": who, "groups": [(label, rows) for label, rows in groups if rows],
        "may_write": may_write(user) is None,
    }  # fmt: skip
    return render(request, "needs/suggestions.html", context)


def _headings() -> dict[str, str]:
    return {
        "directive": _("Ordered to your unit and still open"),
        "neighbour": _("What communes nearby asked for"),
        "field": _("Fields in which your neighbours ask and you do not"),
        "target": _("What your programme targets lack"),
        "result": _("Results that could be put to use here"),
    }
