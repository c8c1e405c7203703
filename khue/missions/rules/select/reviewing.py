"""Site checks, independent experts, the winner's explanation: when they are due, who may have a part in them."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.db.models import Min
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.councils.models import Seat
from khue.councils.owners import Involved
from khue.councils.rules.conflicts import search
from khue.councils.rules.visibility import SEATED
from khue.directory.models import Expertise, Person, Post
from khue.flow.answers import missing
from khue.flow.models import Data
from khue.flow.shelf.law import cite
from khue.flow.shelf.values import Process
from khue.missions.models import Application, ExpertOpinion, Selection
from khue.missions.rules.select.applications import is_author, runs

STEPS = ("checking", "evaluating")
"""Steps of the selection at which the place is looked at and experts are asked."""
EXPLAINED = {"winner-completing": "explanation", "winner-revising": "revision"}
"""Steps at which the winner answers remarks -> the paper that says how."""
DAYS_A_YEAR = 365.25
State = Application.State


def definition_of(selection: Selection) -> Process:
    """The version of the rules that the selection is pinned to."""
    assert selection.case is not None  # noqa: S101 - every selection is opened with its case
    return selection.case.definition


def needs_site_check(selection: Selection) -> bool:
    """Whether the rules want the place looked at for this type of mission."""
    found = definition_of(selection).provisions.get("site-check-types")
    return found is not None and isinstance(found.value, tuple) and selection.order.type in found.value


def unchecked(selection: Selection) -> list[Application]:
    """Applications whose place has to be looked at and has no minutes yet."""
    if not needs_site_check(selection):
        return []
    rows = selection.applications.filter(state__in=(State.ELIGIBLE, State.EVALUATED)).select_related("lead")
    return list(rows.exclude(site_check__visited_on__isnull=False).order_by("pk"))


def sites_checked(selection: Selection) -> Refusal | None:
    """Before the council's choice is taken over, every place that must be looked at has its minutes."""
    left = unchecked(selection)
    if not left:
        return None
    basis = cite(definition_of(selection).provisions["site-check-types"].basis)
    sentence = _(
        "The site of %(names)s has no minutes of the group of experts yet (%(basis)s). Record the visit first."
    )
    return Refusal("site.unchecked", sentence % {"names": ", ".join(one.lead.name for one in left), "basis": basis})


def barred(about: Involved, people: Sequence[Person]) -> Refusal | None:
    """Nobody of the side of those `about` whom it is, or close to it, looks at the place or is asked as an expert."""
    against = search(about, [one.pk for one in people])
    for person in people:
        if rows := against.get(person.pk):
            sentence = _("%(person)s may not have a part in this: %(why)s")
            return Refusal("review.conflict", sentence % {"person": person, "why": " ".join(one.text for one in rows)})
    return None


def too_few(have: int, name: str, definition: Process) -> Refusal | None:
    """At least as many people as the provision `name` says."""
    least = definition.number(name)
    if have >= least:
        return None
    sentence = _("%(have)s people are named; at least %(least)s are needed (%(basis)s).")
    told = {"have": have, "least": least, "basis": cite(definition.provisions[name].basis)}
    return Refusal("review.too-few", sentence % told)


def qualified(person: Person, definition: Process) -> Refusal | None:
    """A degree and so many years in the field; what the directory does not know has to be entered there first."""
    if not person.title.strip():
        sentence = _("The directory does not know a degree of %(person)s. Enter it there, or ask somebody else.")
        return Refusal("expert.no-degree", sentence % {"person": person})
    years, have = definition.number("expert-years"), years_of(person)
    if have is not None and have >= years:
        return None
    sentence = _(
        "%(person)s must have worked in the field for %(years)s years; the directory knows of %(have)s. "
        "Enter since when in the directory, or ask somebody else."
    )
    return Refusal("expert.too-young", sentence % {"person": person, "years": years, "have": have or 0})


def years_of(person: Person) -> int | None:
    """For how many years the person has worked in a field or held a post, as far as the directory knows."""
    since = Expertise.objects.filter(person=person).aggregate(Min("since"))["since__min"]
    first: date | None = Post.objects.filter(person=person).aggregate(Min("valid_from"))["valid_from__min"]
    known = [today().year - since] if since else []
    known += [int((today() - first).days / DAYS_A_YEAR)] if first else []
    return max(known, default=None)


def sits_in_council(dossier: str, people: Collection[Person]) -> Refusal | None:
    """Who judges it in a council is no independent expert on it."""
    seats = Seat.objects.filter(council__subjects__dossier=dossier, person__in=people, state__in=SEATED).exclude(
        council__state="dissolved"
    )
    seat = seats.select_related("person").first()
    if seat is None:
        return None
    sentence = _("%(person)s sits in the council that judges this, so cannot be an independent expert.")
    return Refusal("expert.in-council", sentence % {"person": seat.person})


def expert_due(definition: Process) -> date:
    """Until when an expert who is asked today reports."""
    return today() + timedelta(days=definition.number("expert-report"))


def waiting(application: Application) -> list[ExpertOpinion]:
    """Opinions that were asked and are not there yet."""
    return list(application.expert_opinions.filter(given_at=None).select_related("person"))


def explanation_of(selection: Selection, step: str = "") -> Data:
    """What the winner wrote at `step`, or at the step where the selection stands."""
    case = selection.case
    return dict(selection.explained.get(step or (case.step if case else ""), {}))


def printed_by(user: User, selection: Selection, papers: Collection[str]) -> list[str]:
    """Of the papers of a selection, all for the department; for the winner those that it signs itself."""
    if runs(user, selection):
        return list(papers)
    signs = selection.winner is not None and is_author(user, selection.winner)
    return [name for name in papers if signs and name in EXPLAINED.values()]


def explained(selection: Selection) -> Refusal | None:
    """The winner answers every remark before the outline is handed in."""
    form = definition_of(selection).forms["explanation"]
    given = explanation_of(selection)
    open_rows = [row for row in given.get("changes") or [] if not row.get("answer", "").strip()]
    if not missing(form, given) and not open_rows:
        return None
    sentence = _(
        "Answer the remarks first: %(count)s are open in the explanation (%(paper)s). Every remark gets an answer."
    )
    case = selection.case
    paper = definition_of(selection).papers[EXPLAINED.get(case.step if case else "", "explanation")]
    return Refusal("selection.unexplained", sentence % {"count": len(open_rows) or 1, "paper": paper.code})
