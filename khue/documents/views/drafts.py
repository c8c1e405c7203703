"""Composing in the browser: the editor, its preview, autosave, Word, comments."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.accounts.asking import person
from khue.core.answering import refusal_in_json, refusal_on, refusal_told
from khue.core.asked import key, whole
from khue.core.toasts import say, warn
from khue.documents.actions.comments import comment, resolve
from khue.documents.actions.drafts import compose, save_draft
from khue.documents.forms.outgoing import ComposeForm, DraftForm
from khue.documents.models import Comment, Document, Draft, DraftVersion
from khue.documents.models.draft import CONTENT
from khue.documents.rules.composing import lacks, may_edit, organisations
from khue.documents.rules.paper import official_paper
from khue.documents.rules.shelf import papers
from khue.documents.rules.visibility import is_inside, visible_to
from khue.documents.views.document import find
from khue.documents.views.handling import attempt
from khue.language.text import fold
from khue.office.vietnamese import in_vietnamese
from khue.office.word import official
from khue.office.word.preview import preview_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET", "POST"])
def compose_document(request: HttpRequest) -> HttpResponse:
    """Choose the kind of paper; `?answers=` names the document it replies to."""
    user = person(request)
    units = organisations(user)
    asked = key(request.POST.get("answers") or request.GET.get("answers"))
    answers = visible_to(user).filter(pk=asked).first()
    initial = {"paper": "letter", "subject": answers.subject if answers else ""}
    form = ComposeForm(request.POST or None, units=units, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            made = compose(by=user, answers=answers, **form.cleaned_data)
            return redirect("documents:draft", made.pk)
    context = {"form": form, "units": units, "answers": answers}
    return render(request, "documents/compose.html", context)


@require_http_methods(["GET", "POST"])
def edit_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor. Posted by its script it answers with the new version and the preview; posted as a form it goes on."""
    document = find(request, pk)
    if not hasattr(document, "draft"):
        return redirect(document)
    if request.method == "POST":
        return _save(request, document)
    refusal = may_edit(person(request), document)
    if refusal is not None:
        warn(request, str(refusal))
        return redirect(document)
    draft = document.draft
    context = {
        "document": document,
        "draft": draft,
        "paper": papers()[draft.paper],
        "form": DraftForm(initial={**draft.content(), "subject": document.subject}),
        "versions": draft.versions.select_related("by"),
        "lacks": lacks(draft),
        **preview_of(official_paper(document.draft)),
    }
    return render(request, "documents/draft.html", context)


def _save(request: HttpRequest, document: Document) -> HttpResponse:
    if _by_script(request):
        return _save_as_one_types(request, document)
    with refusal_told(request):
        _kept(request, document)
        say(request, _("Saved."))
        return redirect(document)
    return redirect("documents:draft", document.pk)


def _kept(request: HttpRequest, document: Document) -> Draft:
    content = {name: request.POST[name].replace("\r\n", "\n") for name in CONTENT if name in request.POST}
    seen, subject = whole(request.POST.get("version")) or 0, request.POST.get("subject", "")
    return save_draft(document, by=person(request), seen=seen, subject=subject, content=content)


@refusal_in_json
def _save_as_one_types(request: HttpRequest, document: Document) -> JsonResponse:
    draft = _kept(request, document)
    context = {**preview_of(official_paper(draft)), "lacks": lacks(draft)}
    html = render(request, "documents/_draft_paper.html", context).content.decode()
    return JsonResponse({"version": draft.version, "preview": html, "said": _("Saved.")})


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


@require_GET
@in_vietnamese()
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as a Word file in the layout of its family."""
    document = find(request, pk)
    if not hasattr(document, "draft") or not is_inside(person(request), document):
        return redirect(document)
    answer = HttpResponse(official(official_paper(document.draft)), content_type=WORD)
    name = slugify(fold(f"{document.sign} {document.subject}"))[:80] or "du-thao"
    answer["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return answer


@require_GET
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A draft as it once stood."""
    document = find(request, pk)
    if not is_inside(person(request), document):
        return redirect(document)
    kept = get_object_or_404(DraftVersion.objects.select_related("by"), draft__document=document, number=number)
    labels = [
        (DraftForm.base_fields[name].label, kept.content.get(name, ""))
        for name in CONTENT
        if name in DraftForm.base_fields
    ]
    return render(request, "documents/draft_version.html", {"document": document, "kept": kept, "parts": labels})


@require_POST
def add_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Comment on a draft or answer a comment."""
    document, user = find(request, pk), person(request)
    parent = key(request.POST.get("parent"))
    thread = Comment.objects.filter(pk=parent, document=document).first()
    body, quote = request.POST.get("body", ""), request.POST.get("quote", "")
    return attempt(
        request,
        document,
        lambda: comment(document, by=user, body=body, quote=quote, parent=thread),
        _("Comment added."),
    )


@require_POST
def resolve_comment(request: HttpRequest, pk: int, thread: int) -> HttpResponse:
    """Close a thread."""
    document, user = find(request, pk), person(request)
    found = get_object_or_404(Comment, pk=thread, document=document, parent=None)
    return attempt(request, document, lambda: resolve(found, by=user), _("Resolved."))
