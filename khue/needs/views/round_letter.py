"""The letter of a collecting round as Word."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.councils.papers import response, word
from khue.flow.actions.opening import version_on
from khue.needs.models import Round
from khue.needs.rules.proposal_forms import PROCESS
from khue.needs.rules.proposal_papers import day_of
from khue.needs.rules.rounds import may_run
from khue.needs.views.asking import find_round
from khue.office.vietnamese import in_vietnamese

PAPER = "collect-letter"
MOST_NAMED = 12
"""Units that a letter names one by one; more are told of together."""


@require_GET
@in_vietnamese()
def round_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """What the department signs and sends to those it asks for proposals."""
    found = find_round(request, pk)
    version = version_on(PROCESS, found.opens_on)
    if may_run(person(request), found.host) is not None or PAPER not in version.definition.papers:
        raise Http404
    words = {name: getattr(found, name) for name in ("title", "year", "closes_on", "guidance")}
    data = word(
        version, PAPER, {"round": words}, host=found.host, issued_on=day_of(found.published_at),
        addressees=_asked(found),
    )  # fmt: skip
    return response(data, f"{version.definition.papers[PAPER].label.vi} {found.title}")


def _asked(found: Round) -> list[str]:
    names = list(found.addressees.order_by("unit__sort_name").values_list("unit__name", flat=True)[: MOST_NAMED + 1])
    return names if len(names) <= MOST_NAMED else ["Các cơ quan, đơn vị, địa phương"]
