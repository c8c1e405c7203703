"""What is posted from the page of an acceptance, and its papers."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.accounts.asking import person
from khue.core.answering import Problem, refusal_told, written
from khue.core.asked import key
from khue.core.refusals import Refusal, Refused
from khue.core.toasts import say
from khue.councils.papers import response, word
from khue.flow.forms import ShelfForm
from khue.flow.posted import posted_move
from khue.flow.rules import parties_of
from khue.missions.actions.accept import acceptance_file, accepting
from khue.missions.actions.accept.confirming import confirm_on_paper
from khue.missions.actions.accept.evaluating_output import evaluate_output, form_of
from khue.missions.forms.acceptance_review import SignedForm
from khue.missions.models import Acceptance, DossierPart, Mission
from khue.missions.rules.accept.sitting import council_subject
from khue.missions.rules.accept.words import HOST_PAPERS, paper_words, papers_for
from khue.missions.rules.carry.paper_heads import head_of_acceptance
from khue.missions.rules.visibility import inside_of
from khue.missions.views.accept.acceptance import TEMPLATE, case_of, find_acceptance, page_of
from khue.office.vietnamese import in_vietnamese

REMARKS_AT_MOST = 200


def _answer(request: HttpRequest, found: Acceptance, write: Callable[[], str], **shown: Any) -> HttpResponse:
    """Write, or show the page again with why it was refused."""
    with (problem := Problem()):
        say(request, write())
        return redirect(found.get_absolute_url())
    fresh = find_acceptance(request, found.pk)
    return render(request, TEMPLATE, page_of(request, fresh, problem=str(problem), **shown), status=422)


@require_POST
def acceptance_open(request: HttpRequest, number: int) -> HttpResponse:
    """Begin the acceptance of a mission that is done."""
    mission = get_object_or_404(inside_of(person(request)), pk=number)
    onward = Mission(pk=number).get_absolute_url()
    with refusal_told(request):
        opened = accepting.open_acceptance(mission, by=person(request))
        say(request, _("The acceptance was opened; its file is due on %(day)s.") % {"day": f"{opened.due_on:%d/%m/%Y}"})
        onward = opened.get_absolute_url()
    return redirect(onward)


@require_POST
def acceptance_move(request: HttpRequest, number: int) -> HttpResponse:
    """A move of the process, with its form where it has one."""
    found = find_acceptance(request, number)
    move = posted_move(case_of(found), request.POST)
    if not move.is_valid():
        return render(request, TEMPLATE, page_of(request, found, forms=move.forms), status=422)

    def write() -> str:
        accepting.act(found, move.name, by=person(request), comment=move.comment, data=move.data)
        return _("Done: %(move)s.") % {"move": move.label}

    return _answer(request, found, write, forms=move.forms)


@require_POST
def acceptance_council(request: HttpRequest, number: int) -> HttpResponse:
    """Form the council of this file and go to its page; or take its decision over."""
    found, user = find_acceptance(request, number), person(request)
    subject = council_subject(found)
    if subject is not None and subject.council.decided_on is None:
        return redirect(subject.council.get_absolute_url())
    with (problem := Problem()):
        if subject is not None:
            accepting.council_appointed(found, subject.council, by=user)
            say(request, _("The decision on the council was taken over."))
            return redirect(found.get_absolute_url())
        title = _("Acceptance council: %(title)s") % {"title": found.mission.title}
        made = accepting.set_up_council(found, title=title[:250], by=user)
        say(request, _("The council was formed; name its members now."))
        return redirect(made.get_absolute_url())
    return render(
        request, TEMPLATE, page_of(request, find_acceptance(request, number), problem=str(problem)), status=422
    )


@require_POST
def acceptance_attach(request: HttpRequest, number: int) -> HttpResponse:
    """Put files into a part of the acceptance file, take one out, or say why a part does not apply."""
    found, user = find_acceptance(request, number), person(request)

    def write() -> str:
        if "excuse" in request.POST:
            why = request.POST.get("reason", "")
            acceptance_file.excuse_part(found, part=request.POST["excuse"], reason=why, by=user)
            return _("Saved.")
        if "remove" in request.POST:
            part = get_object_or_404(DossierPart, pk=key(request.POST["remove"]), acceptance=found)
            acceptance_file.remove_part(part, by=user, reason=request.POST.get("reason", ""))
            return _("The file was taken out.")
        uploads = request.FILES.getlist("files")
        if not uploads:
            raise Refused(Refusal("acceptance.no-file", _("Choose a file first.")))
        for upload in uploads:
            acceptance_file.attach_part(found, upload, part=request.POST.get("part", ""), by=user)
        return _("Attached.")

    return _answer(request, found, write)


@require_POST
def acceptance_completion(request: HttpRequest, number: int) -> HttpResponse:
    """Keep how the council's remarks were met."""
    found = find_acceptance(request, number)
    remarks, answers = request.POST.getlist("remark"), request.POST.getlist("answer")
    rows = [{"remark": one, "answer": two} for one, two in zip(remarks, answers, strict=False)]

    def write() -> str:
        acceptance_file.write_completion(found, rows[:REMARKS_AT_MOST], by=person(request))
        return _("Saved.")

    return _answer(request, found, write, remarks=[row for row in rows if any(row.values())])


@require_POST
def acceptance_confirmed(request: HttpRequest, number: int) -> HttpResponse:
    """The department enters the confirmation that was signed on paper."""
    found = find_acceptance(request, number)
    form = SignedForm(request.POST, request.FILES, prefix="signed")

    def write() -> str:
        confirm_on_paper(found, by=person(request), **form.cleaned_data)
        return _("Saved.")

    if written(request, form, write):
        return redirect(found.get_absolute_url())
    return render(request, TEMPLATE, page_of(request, found, signed=form), status=422)


@require_POST
def acceptance_effect(request: HttpRequest, number: int) -> HttpResponse:
    """The department's evaluation of the output."""
    found = find_acceptance(request, number)
    shelf = form_of(found)
    if shelf is None:
        raise Http404
    form = ShelfForm(shelf, request.POST, answers=found.effect_answers, prefix="effect")
    if not form.is_valid():
        return render(request, TEMPLATE, page_of(request, found, forms={"effect": form}), status=422)

    def write() -> str:
        evaluate_output(found, form.answers, by=person(request))
        return _("Saved.")

    return _answer(request, found, write, forms={"effect": form})


@require_GET
@in_vietnamese()
def acceptance_paper(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """A paper of the version, filled; under the head of whoever issues it."""
    found = find_acceptance(request, number)
    if name not in {paper for paper, _label, _code in papers_for(person(request), found)}:
        raise Http404
    version = case_of(found).process_version
    parties = parties_of(case_of(found))
    party, keeper = parties.get("host" if name in HOST_PAPERS else "department"), parties.get("department")
    if party is None or party.unit is None or keeper is None or keeper.unit is None:
        raise Http404
    title = f"{version.definition.papers[name].label.vi} {found.mission.code or found.mission.title}"
    head = head_of_acceptance(name, found, department=keeper.unit.name)
    data = word(
        version, name, paper_words(found), host=party.unit, subject=head.subject, signed=head.signed,
        issued_on=head.issued_on, addressees=head.addressees, recipients=head.recipients,
    )  # fmt: skip
    return response(data, title)
