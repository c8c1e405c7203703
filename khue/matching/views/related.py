"""What is related to a record: a box that its own page asks for, so that the page itself need not wait."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from khue.accounts.asking import person
from khue.matching.bench import entries_of, key_of
from khue.matching.kin import of_one_work
from khue.matching.ranking.record import Band
from khue.matching.search import similar

SHOWN = 6


@require_safe
def box(request: HttpRequest) -> HttpResponse:
    """Records like the one named by `about` (`kind:number`) that the person may see, each to be held beside it; but not
    those that `without` names, which belong to it."""
    user, key = person(request), key_of(request.GET.get("about", ""))
    entries = entries_of(user, key) if key else []
    if key is None or not entries:
        raise Http404
    own = [one for text in request.GET.getlist("without") if (one := key_of(text))]
    near = similar(user, entries[0].title, limit=SHOWN, about=key, exclude=own)
    kin = {other for _key, other in of_one_work((key, (match.kind, match.pk)) for match in near)}
    found = [one for one in near if (one.kind, one.pk) not in kin and (one.band != Band.OTHER or one.verdict)]
    return render(request, "matching/_related.html", {"found": found, "about": f"{key[0]}:{key[1]}"})
