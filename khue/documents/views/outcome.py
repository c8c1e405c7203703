"""What came of a document: its directives and how they stand."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.core.clock import today
from khue.documents.additions import ways_from
from khue.documents.models import Report
from khue.documents.rules.directive import visible_to
from khue.documents.rules.extraction import may_extract
from khue.documents.rules.figures import Figures, leading_sentence
from khue.documents.rules.lateness import soon_until, standing
from khue.documents.rules.visibility import visible_to as visible_documents
from khue.documents.views.directive_filters import standing_labels


@dataclass(frozen=True, slots=True)
class Tile:
    """One number and the list it opens."""

    label: str
    value: int
    href: str
    state: str


def tiles(figures: Figures, query: str = "") -> list[Tile]:
    """The tiles of a board: each opens the list it counts."""
    labels, base = standing_labels(), reverse("documents:directives")
    return [
        Tile(labels[name], figures.of(name), f"{base}?standing={name}{query}", name)
        for name in ("overdue", "due-soon", "on-time", "reported", "done", "done-late")
    ]


@require_GET
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Every directive of one document that the person may see."""
    user = person(request)
    document = get_object_or_404(visible_documents(user), pk=pk)
    latest = Report.objects.filter(directive=OuterRef("pk")).order_by("-at", "-pk").values("text")[:1]
    rows = list(
        visible_to(user)
        .filter(document=document)
        .exclude(state="recurring")
        .select_related("lead", "document")
        .annotate(last_report=Subquery(latest))
        .order_by("number")
    )
    now, soon = today(), soon_until(today())
    figures = Figures.count((standing(one, now, soon), one.state, one.lead_id) for one in rows)
    context = {
        "document": document,
        "rows": rows,
        "sentence": leading_sentence(figures),
        "tiles": tiles(figures, f"&document={document.pk}"),
        "ways": ways_from(document, user),
        "may_extract": may_extract(user, document) is None,
    }
    return render(request, "documents/outcome.html", context)
