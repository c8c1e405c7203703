"""What selecting registers with the apps below: what it asks of the shelf, councils, files, search, its sentences."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.accounts.roles import all_roles
from khue.core import navigation, search
from khue.core.navigation import Item
from khue.core.search import Hit, SearchSource
from khue.councils import owners
from khue.councils.owners import Owner
from khue.files import rules as files_rules
from khue.flow import demands
from khue.journal import sentences
from khue.missions import select_guards  # noqa: F401 - registers itself
from khue.missions.actions.select import completing, evaluating
from khue.missions.models import Application, Call, Selection
from khue.missions.rules.select import applications, calls, contest, drafts
from khue.missions.rules.select.parts import MANAGE, SEE, WRITE
from khue.notices import calendar

STEPS = (
    "preparing", "open", "closed", "checking", "evaluating", "winner-completing", "appraising", "winner-revising",
    "approving", "assigned", "failed", "cancelled",
)  # fmt: skip
PROVISIONS = (
    "call-open", "call-repeat", "applications-opened", "select-excellent-years", "quotation-age", "published-for",
    "lump-equipment", "lump-equipment-most", "bar-acceptance-overdue",
    "site-check-types", "site-group-least", "select-experts-least", "expert-years", "expert-report",
)  # fmt: skip
PAPERS = (
    "call-notice", "invitation-direct", "application", "host-profile", "cv", "partner-consent", "receipt",
    "opening-minutes", "eligibility", "approval", "result-notice", "failure-notice", "outline-technology",
    "outline-social", "outline-project", "outline-scheme", "site-check", "expert-opinion", "explanation", "revision",
)  # fmt: skip
OUTLINES = (
    "outline-technology",
    "outline-social",
    "outline-project",
    "outline-scheme",
    "opening",
    "decision",
    "explanation",
)


def register() -> None:
    """Called once, when the app starts."""
    asked = [*(f"step:{name}" for name in STEPS), *(f"provision:{name}" for name in PROVISIONS)]
    forms = (f"form:{name}" for name in OUTLINES)
    demands.register("mission-select", *asked, *forms, *(f"paper:{name}" for name in PAPERS))
    files_rules.register("application", applications.visible_to, restricted=applications.visible_to)
    files_rules.register("selection", applications.selections_visible_to, restricted=applications.selections_visible_to)
    files_rules.register("call", calls.visible_to, restricted=calls.visible_to)
    told = {"involved": contest.involved, "facts": contest.facts, "related": contest.related, "words": contest.words}
    calendar.register(drafts.deadlines_of)
    owners.register("select", Owner(**told, contest=contest.contest, concluded=evaluating.concluded))  # type: ignore[arg-type]
    owners.register("budget", Owner(**told, concluded=completing.concluded))  # type: ignore[arg-type]
    navigation.register(
        Item(
            "selecting",
            _("Selection of lead organisations"),
            "missions:calls",
            "gavel",
            _seeing(),
            39,
            navigation.MISSIONS,
            "s",
        )
    )
    search.register(
        SearchSource("calls", _("Calls for applications"), find_calls, 26, _with_words(Call), wordwise=True)
    )
    search.register(
        SearchSource("selections", _("Selections"), find_selections, 27, _with_words(Selection), wordwise=True)
    )
    search.register(
        SearchSource("applications", _("Applications"), find_applications, 28, _with_words(Application), wordwise=True)
    )
    sentences.register(SENTENCES)


def _seeing() -> frozenset[str]:
    asked = (MANAGE, WRITE, *SEE)
    return frozenset(role.name for role in all_roles().values() if any(role.allows(one) for one in asked))


def _with_words(model: type[Model]) -> Callable[[str], QuerySet[Any]]:
    """Rows with every word, whoever may see them."""
    return lambda query: model._default_manager.filter(search.every_word(query))


def find_calls(user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:
    """Calls that the person may read, whose title has every word."""
    rows = calls.visible_to(cast("User", user))
    return [
        Hit(one.title, str(one.get_state_display()), one.get_absolute_url(), "speakerphone")
        for one in rows.filter(search.every_word(query))[:limit]
    ]


def find_selections(user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:
    """Selections that the person may see, by the name of the mission."""
    rows = applications.selections_visible_to(cast("User", user)).select_related("order", "case__process_version")
    return [
        Hit(str(one), str(one.case.step_now.staff) if one.case else "", one.get_absolute_url(), "gavel")
        for one in rows.filter(search.every_word(query))[:limit]
    ]


def find_applications(user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:
    """Applications that the person may read: before the opening one's own alone."""
    rows = applications.visible_to(cast("User", user)).select_related("plan", "lead")
    return [
        Hit(one.plan.name, f"{one.lead} · {one.get_state_display()}", one.get_absolute_url(), "file-certificate")
        for one in rows.filter(search.every_word(query))[:limit]
    ]


SENTENCES = {
    "call.drafted": _("%(actor)s began the call «%(title)s» for %(count)s missions"),
    "call.changed": _("%(actor)s changed the call"),
    "call.published": _("%(actor)s published the call; applications are taken until %(closes_at)s"),
    "call.closed": _("The closing moment passed; nothing is taken any more"),
    "call.cancelled": _("%(actor)s cancelled the call: %(reason)s"),
    "selection.invited": _("%(actor)s invited %(unit)s to apply directly: %(ground)s"),
    "selection.opened": _("%(actor)s opened %(count)s applications before witnesses: %(witnesses)s"),
    "selection.council": _("%(actor)s brought %(count)s applications before «%(title)s»"),
    "selection.evaluated": _("«%(council)s» concluded; scores and ranks are known"),
    "selection.budget-team": _("%(actor)s set up the budget team «%(title)s»"),
    "selection.appraised": _("%(actor)s entered the approved amounts: %(approved)s of %(proposed)s đồng"),
    "selection.budget-concluded": _("The budget team concluded: %(outcome)s"),
    "selection.published": _("%(actor)s published the result"),
    "application.started": _("%(actor)s began the application"),
    "application.author-added": _("%(actor)s let %(person)s write along"),
    "application.author-removed": _("%(actor)s took %(person)s off the authors"),
    "application.submitted": _("%(actor)s handed the application in; receipt %(receipt)s"),
    "application.withdrawn": _("%(actor)s withdrew the application (receipt %(receipt)s)"),
    "application.checked": _("%(actor)s had eligibility checked against what is on file"),
    "application.judged": _("%(actor)s judged a condition otherwise: %(reason)s"),
    "application.eligible": _("%(actor)s declared the application valid"),
    "application.invalid": _("%(actor)s declared the application not valid: %(reason)s"),
    "application.site-group": _("%(actor)s set up the group that looks at %(place)s on %(on)s: %(names)s"),
    "application.site-fit": _("%(actor)s recorded the visit of %(on)s: %(place)s is fit"),
    "application.site-unfit": _("%(actor)s recorded the visit of %(on)s: %(place)s is not fit"),
    "application.expert-asked": _("%(actor)s asked an independent expert, until %(due)s"),
    "application.expert-reported": _("An independent expert reported"),
    "application.explained": _("%(actor)s wrote the explanation; %(count)s remarks are answered"),
    "application.chosen": _("%(actor)s took over the council's choice of this application"),
}
