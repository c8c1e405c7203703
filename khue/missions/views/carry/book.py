"""The book of a mission that is carried out here: where it comes from, where it stands, what is to be done, its papers.
Its work, its money, what it brings and what happened come after the page (`book_parts`)."""

from dataclasses import replace
from typing import Any

from django.db.models import Exists, Model, OuterRef, Prefetch, prefetch_related_objects
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.accounts.scope import reaches_all
from khue.core.answering import refusal_on
from khue.core.toasts import say
from khue.flow.models import CaseParty, StepRecord
from khue.flow.shelf.law import cite
from khue.flow.shelf.words import words
from khue.missions.models import (
    Acceptance,
    Adjustment,
    Application,
    CarryOver,
    Inspection,
    Mission,
    Order,
    ProgressReport,
    Refund,
    Result,
    StageProgress,
)
from khue.missions.rules.carry.adjusting import matrix
from khue.missions.rules.carry.carrying import OPEN, case_of, may_see_inside, may_write_for_host
from khue.missions.rules.carry.inspecting import contract_of
from khue.missions.rules.carry.papers import offered as offered_papers
from khue.missions.rules.carry.reports import SENT, WRITABLE, percent_of
from khue.missions.rules.river import Came, river
from khue.missions.rules.visibility import SEE, visible_to
from khue.missions.views.carry import gantt
from khue.missions.views.carry.acts import WRITES, Act, filled, offered

RELATED = ("host", "plan", "contract", "case__process_version")
BEHIND = (
    "investigator", "place", "orderer",
    Prefetch("order", Order.objects.select_related("proposal__directive", "list")),
    Prefetch("application", Application.objects.select_related("selection", "lead")),
)  # fmt: skip
"""Asked for only where a mission has them; and the database takes longer to find its way through a dozen tables than
to look into them one by one."""
SAID = StepRecord.objects.filter(case=OuterRef("case")).exclude(comment="").order_by("-pk").values("comment")[:1]
ROWS: "dict[str, str | Prefetch[Any]]" = {
    "reports": "reports", "inspections": "inspections", "carry_overs": "carry_overs", "case__records": "case__records",
    "adjustments": Prefetch("adjustments", Adjustment.objects.select_related("case").annotate(said=SAID)),
    "refunds": Prefetch("refunds", Refund.objects.select_related("case").annotate(said=SAID)),
    "plan__stages": "plan__stages", "contract__instalments": "contract__instalments",
}  # fmt: skip
"""Of these the page, its acts and its papers look at nearly every row, each more than once."""
SELDOM: dict[str, type[Model]] = {
    "inspections": Inspection, "adjustments": Adjustment, "carry_overs": CarryOver, "refunds": Refund,
    "acceptances": Acceptance, "results": Result,
}  # fmt: skip
"""What most missions have none of: whether there are some is asked with the mission, and those that are not there are
not asked for."""
THERE = {f"has_{name}": Exists(kind._default_manager.filter(mission=OuterRef("pk"))) for name, kind in SELDOM.items()}
TEMPLATE = "missions/carry/book.html"


def find_mission(request: HttpRequest, number: int) -> Mission:
    """A mission that the person may see; 404 otherwise."""
    parties = Prefetch("case__parties", CaseParty.objects.select_related("unit", "user"))
    rows = visible_to(person(request)).select_related(*RELATED).prefetch_related(*BEHIND, parties, "case__holdings")
    return get_object_or_404(rows.annotate(**THERE), pk=number)


def _has(mission: Mission, name: str) -> bool:
    return bool(getattr(mission, f"has_{name}", True))


def page_of(mission: Mission, user: User) -> dict[str, Any]:
    """What the page shows; money, reports and papers only to those in the mission."""
    inside = reaches_all(user, SEE) or may_see_inside(user, mission)
    plan = mission.plan
    came = None if _has(mission, "acceptances") or _has(mission, "results") else Came((), ())
    page = {
        "mission": mission,
        "case": case_of(mission),
        "inside": inside,
        "type": words("types").get(mission.type),
        "field": words("fields").get(mission.field),
        "lump": words("lumps").get(plan.lump_sum) if plan else None,
        "river": river(user, order=mission.order, mission=mission, here=mission, came=came),
    }
    return page | (_inside(mission, user) if inside else {})


def _inside(mission: Mission, user: User) -> dict[str, Any]:
    prefetch_related_objects([mission], *(rows for name, rows in ROWS.items() if _has(mission, name)))
    for name in ROWS:
        if not _has(mission, name):
            mission._prefetched_objects_cache[name] = SELDOM[name]._default_manager.none()  # type: ignore[attr-defined]
    reports = list(mission.reports.all())
    sent = [report for report in reports if report.state in SENT]
    prefetch_related_objects(sent[-1:], Prefetch("stages", StageProgress.objects.select_related("stage")))
    return {
        "contract": contract_of(mission),
        "gantt": gantt.stages(mission, sent[-1] if sent else None),
        "percent": percent_of(sent[-1]) if sent else 0,
        "reports": reports,
        "owed": [row for row in mission.refunds.all() if row.open],
        "waiting_report": _waiting(mission, user, reports),
        "matrix": _matrix(mission),
        "acts": offered(mission, user),
        "papers": offered_papers(mission),
    }


def _waiting(mission: Mission, user: User, reports: list[ProgressReport]) -> ProgressReport | None:
    """The report that the person has to write, while it is still asked for, or to answer."""
    writes = may_write_for_host(user, mission) is None
    if writes and mission.state not in OPEN:
        return None
    mine = WRITABLE if writes else (ProgressReport.State.SUBMITTED,)
    return next((report for report in reports if report.state in mine), None)


def _matrix(mission: Mission) -> list[dict[str, Any]]:
    """Who decides about each kind of change, with the rule."""
    who = {"head": _("the department"), "host": _("the lead organisation"), "never": _("never")}
    told = [(words("adjustments")[kind], who[decides]) for kind, decides in matrix(mission).items()]
    return [
        {"label": word, "who": decides, "conditions": word.conditions, "basis": cite(word.basis)}
        for word, decides in told
    ]


def show(request: HttpRequest, mission: Mission, opened: Act | None = None, form: Form | None = None) -> HttpResponse:
    """The page; with `opened` the act that was refused stands open with what was typed."""
    page = page_of(mission, person(request))
    if opened is not None and form is not None:
        page["acts"] = [replace(one, form=form) if one.id == opened.id else one for one in page["acts"]]
        page["opened"] = opened.id
    return render(request, TEMPLATE, page, status=422 if opened else 200)


@require_POST
def act(request: HttpRequest, number: int, do: str) -> HttpResponse:
    """Do one of the acts that the page offers."""
    mission, user = find_mission(request, number), person(request)
    target = request.POST.get("target", "0")
    wanted = f"{do}-{target}"
    found = next((one for one in offered(mission, user) if one.id == wanted), None)
    if found is None:
        say(request, _("This cannot be done now: somebody may have dealt with it. The page shows how it is."))
        return redirect(mission)
    form = filled(found, mission, user, request.POST, request.FILES)
    if form.is_valid():
        with refusal_on(form):
            say(request, WRITES[do](mission, found.target, form.cleaned_data, user))
            return redirect(mission)
    return show(request, find_mission(request, number), found, form)
