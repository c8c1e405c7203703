"""The papers of selecting as Word, under the form code of their generation."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.core.asked import key
from khue.councils.papers import department, response, word
from khue.councils.rules.words import words_of
from khue.directory.models import Unit
from khue.missions.actions.select.completing import BUDGET
from khue.missions.actions.select.evaluating import SELECT, council_of
from khue.missions.models import Application, Mission, Plan, Selection, SiteCheck
from khue.missions.rules.select.applications import is_author, runs, visible_to
from khue.missions.rules.select.review_words import expert_words, explanation_words, site_words, visit_day
from khue.missions.rules.select.reviewing import EXPLAINED, printed_by
from khue.missions.rules.select.words import (
    application_words,
    call_words,
    day_of,
    failure_words,
    host_words,
    plan_words,
    selection_words,
)
from khue.missions.views.select.application import find_application
from khue.missions.views.select.call import find_call
from khue.missions.views.select.selection import PAPERS, find_selection
from khue.office.vietnamese import in_vietnamese

OF_APPLICATION = ("application", "host-profile", "cv", "partner-consent", "receipt", "eligibility")
REVIEWS = ("site-check", "expert-opinion")
"""Papers that the applicant does not get."""
SUBJECTS = {
    "approval": _("approving the organisation, the investigator and the budget of a science and technology mission"),
    "result-notice": _("the result of selecting or assigning a science and technology mission"),
    "failure-notice": _("nobody found to carry out a science and technology mission"),
}
TO_APPLICANTS = ("approval", "result-notice", "failure-notice")
"""What every organisation that applied is told, and those who ordered the mission."""
MOVES = {"invitation-direct": "invite", "explanation": "hand-in-outline", "revision": "hand-in-revision"}
"""The move of the process whose day a paper bears."""


@require_GET
@in_vietnamese()
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice of a call."""
    found = find_call(request, pk)
    first = found.selections.select_related("case__process_version").first()
    if first is None or first.case is None:
        raise Http404
    data = word(
        first.case.process_version, "call-notice", call_words(found), host=found.host, subject=found.title,
        signed=found.sign, issued_on=day_of(found.published_at),
    )  # fmt: skip
    return response(data, found.title)


@require_GET
@in_vietnamese()
def of_selection(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A paper of the department: minutes of the opening, invitation, approval, notice of the result; or one in which
    the winner answers remarks, which the winner prints too."""
    if name not in PAPERS:
        raise Http404
    user, found = person(request), find_selection(request, pk)
    if not PAPERS[name](found) or not printed_by(user, found, [name]) or found.case is None:
        raise Http404
    if name not in found.case.definition.papers:  # its version is older than the paper
        raise Http404
    seen = list(visible_to(user).filter(selection=found).select_related("lead", "investigator", "plan"))
    context = selection_words(found, seen) | _more(found, name)
    context |= failure_words(found, seen) if name == "failure-notice" else {}
    data = word(
        found.case.process_version, name, context, host=_issuer(found, name), subject=str(SUBJECTS.get(name, "")),
        signed=found.decision_sign if name == "approval" else "", issued_on=_issued(found, name),
        addressees=[found.invited.name] if name == "invitation-direct" and found.invited is not None else [],
        recipients=_recipients(found, seen) if name in TO_APPLICANTS else [],
    )  # fmt: skip
    return response(data, f"{name} {found.order.name}")


def _recipients(found: Selection, seen: Sequence[Application]) -> list[str]:
    """Who gets a notice of how it ended."""
    orderer = [found.order.orderer.name] if found.order.orderer is not None else []
    return [*dict.fromkeys([*(one.lead.name for one in seen), *orderer])]


def _issuer(found: Selection, name: str) -> Unit:
    """The winner explains; everything else is the department's."""
    if name in EXPLAINED.values() and found.winner is not None:
        return found.winner.lead
    return found.order.list.host


def _issued(found: Selection, name: str) -> date | None:
    """The day of the act that the paper tells of; today's, or a gap, where there is none yet."""
    if name in MOVES and found.case is not None:
        made = found.case.records.filter(move=MOVES[name]).order_by("-pk").first()
        return day_of(made.at) if made is not None else None
    days = {"opening-minutes": day_of(found.opened_at), "approval": found.decided_on}
    return days.get(name) or (found.published_on if name in TO_APPLICANTS else None)


def _more(found: Selection, name: str) -> dict[str, Any]:
    """The winner's plan, or the organisation that was invited."""
    assert found.case is not None  # noqa: S101 - asked before
    more: dict[str, Any] = {}
    more["department"] = department(found.order.list.host)
    if name == "opening-minutes" and found.opened_by is not None:
        more["department"]["head"] = found.opened_by.full_name
    if found.invited is not None:
        more["host"] = host_words(found.invited)
    if found.winner is not None:
        more |= plan_words(found.completed or found.winner.plan, found.case.definition)
        begun = Mission.objects.filter(application=found.winner).first()
        more["mission"]["code"] = begun.code if begun is not None else ""
        more["host"] = host_words(found.winner.lead)
    if name in EXPLAINED.values():
        more |= explanation_words(found, name)
        council = council_of(found, SELECT if name == "explanation" else BUDGET)
        more["council"] = words_of(council)["council"] if council is not None else {}
    more["call"] = {"closes_at": found.closes_at, "attempt": found.attempt, "title": found.order.name}
    return more


@require_GET
@in_vietnamese()
def of_application(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A paper of the application, also while it is a draft; the receipt once it is handed in."""
    if name not in (*OF_APPLICATION, *REVIEWS) and not name.startswith("outline-"):
        raise Http404
    user, found = person(request), find_application(request, pk)
    case = found.selection.case
    ready: Mapping[str, Callable[[Application], bool]] = {
        "receipt": lambda one: bool(one.receipt_number),
        "partner-consent": lambda one: one.plan.partners.exists(),
        "eligibility": lambda one: runs(user, one.selection),
    }
    if name in REVIEWS:
        return _review(request, found, name)
    if case is None or name not in case.definition.papers or not ready.get(name, bool)(found):
        raise Http404
    completed = found.selection.completed if found.selection.winner_id == found.pk else None
    context = application_words(found, case.definition, completed if name.startswith("outline-") else None)
    keeper = found.selection.order.list.host
    context["department"] = department(keeper)
    host = keeper if name in ("receipt", "eligibility") else found.lead
    data = word(case.process_version, name, context, host=host, issued_on=_handed_in(found, name, completed))
    return response(data, f"{name} {found.plan.name}")


def _handed_in(found: Application, name: str, completed: Plan | None) -> date | None:
    """The day on which it was handed in or checked; a draft, and an outline being completed, bear today's."""
    if name == "eligibility":
        return day_of(found.eligibility.aggregate(last=Max("checked_at"))["last"])
    return day_of(completed.locked_at if completed is not None and name.startswith("outline-") else found.submitted_at)


def _review(request: HttpRequest, found: Application, name: str) -> HttpResponse:
    """The minutes of the site check, for the department; the report of an expert, for it and for the expert."""
    user, case = person(request), found.selection.case
    inside = runs(user, found.selection) and not is_author(user, found)
    if case is None:
        raise Http404
    host = found.selection.order.list.host
    day: date | None
    if name == "site-check":
        check = SiteCheck.objects.filter(application=found).first()
        if check is None or not inside:
            raise Http404
        context, day = site_words(check), visit_day(check)
    else:
        opinion = get_object_or_404(found.expert_opinions.select_related("person"), pk=key(request.GET.get("opinion")))
        if not (inside or opinion.person_id == user.person_id):
            raise Http404
        context, day = expert_words(opinion), day_of(opinion.given_at)
    return response(word(case.process_version, name, context, host=host, issued_on=day), f"{name} {found.plan.name}")
