"""What was voiced in a document, as a part of its confirm page."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from khue.accounts.asking import person
from khue.core.answering import Problem
from khue.core.asked import wholes
from khue.core.refusals import Refused
from khue.directory.fields import UnitField
from khue.documents.models import Document
from khue.documents.rules.visibility import visible_to as visible_documents
from khue.petitions.actions import reading, taking
from khue.petitions.rules.found import may_take, passages

VERBS = ("take", "take-all", "leave-out", "bring-back")


def _document(request: HttpRequest, pk: int) -> Document:
    rows = visible_documents(person(request)).select_related("unit__parent")
    return get_object_or_404(rows, pk=pk)


@require_GET
def found(request: HttpRequest, pk: int) -> HttpResponse:
    """The passages with who speaks; documents read before petitions were kept are read now."""
    document = _document(request, pk)
    with (problem := Problem()):
        reading.read(document, by=person(request))
    return _part(request, document, refused=str(problem))


def _part(request: HttpRequest, document: Document, *, refused: str = "", said: str = "") -> HttpResponse:
    rows = passages(document)
    context = {
        "document": document, "passages": rows, "waiting": [one.voiced.pk for one in rows if one.waits],
        "recipient": request.POST.get("recipient") or document.unit.name, "refused": refused, "said": said,
        "may": may_take(person(request), document) is None,
    }  # fmt: skip
    return render(request, "petitions/_found.html", context)


@require_POST
def found_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take one passage, or all that wait, into the register; leave one out, or look at it again."""
    document, user = _document(request, pk), person(request)
    if verb not in VERBS:
        raise Http404
    numbers = wholes(request.POST.getlist("passage"))
    said = ""
    try:
        if verb.startswith("take"):
            recipient = UnitField(required=False).clean(request.POST.get("recipient", ""))
            said = _taken(len(taking.take(document, numbers, by=user, recipient=recipient)))
        elif numbers:
            (taking.leave_out if verb == "leave-out" else taking.bring_back)(document, numbers[0], by=user)
    except Refused as refused:
        return _part(request, document, refused=str(refused))
    except ValidationError as wrong:  # the unit that should answer is not in the directory
        return _part(request, document, refused=" ".join(wrong.messages))
    return _part(request, document, said=said)


def _taken(count: int) -> str:
    if not count:
        return _("All of these are in the register already.")
    told = ngettext("%(n)d petition is in the register now.", "%(n)d petitions are in the register now.", count)
    return told % {"n": count}
