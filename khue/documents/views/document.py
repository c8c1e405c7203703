"""The list of documents and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from khue.documents.rules.visibility import visible_to
from khue.documents.views.asking import person


def documents(request: HttpRequest) -> HttpResponse:
    """Documents the person may see, newest first."""
    found = visible_to(person(request)).order_by("-id")[:50]
    return render(request, "documents/document_list.html", {"documents": found})


def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document."""
    found = get_object_or_404(visible_to(person(request)), pk=pk)
    return render(request, "documents/document_detail.html", {"document": found})
