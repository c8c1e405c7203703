"""The council of a proposal, and whether it went by the rules: a checklist out of what is on record."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from khue.core.calendar import working_days_between
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.councils.models import Council, Subject
from khue.councils.rules.numbers import Numbers, numbers
from khue.councils.rules.session import THERE
from khue.flow.answers import missing
from khue.flow.shelf.law import cite
from khue.needs.models import Proposal
from khue.needs.rules.proposal_forms import version_of
from khue.needs.rules.proposal_search import signed

KIND = "identify"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must have been so. `ok` None: not known yet."""

    name: str
    label: str
    ok: bool | None
    detail: str
    basis: str = ""
    verified: bool = True


def subject_of(proposal: Proposal) -> Subject | None:
    """What the newest council about the proposal has to judge; None before there is one."""
    rows = Subject.objects.filter(council__kind=KIND, dossier=proposal.dossier)
    return rows.exclude(council__state=Council.State.DISSOLVED).select_related("council__process_version").last()


def may_form(proposals: Sequence[Proposal]) -> Refusal | None:
    """A council judges proposals under one generation of rules, each with its signed search record."""
    if not proposals:
        return Refusal("proposal.none-chosen", _("Choose the proposals that the council judges."))
    for one in proposals:
        if one.state not in (Proposal.State.SEARCHING, Proposal.State.IN_COUNCIL):
            sentence = _("«%(title)s» is at «%(state)s»; a council judges what was looked up for duplicates.")
            return Refusal("proposal.wrong-state", sentence % {"title": one.title, "state": one.get_state_display()})
        if signed(one) is None:
            sentence = _("«%(title)s» has no signed duplicate search (C0) yet.")
            return Refusal("proposal.search-unsigned", sentence % {"title": one.title})
    if len({version_of(one).pk for one in proposals}) > 1:
        sentence = _("These proposals were opened under different generations of rules: form a council for each.")
        return Refusal("proposal.two-versions", sentence)
    return None


def checklist(proposal: Proposal) -> list[Check]:
    """What the review of procedure looks at, in the order in which it happened."""
    subject = subject_of(proposal)
    rows = [_search(proposal, subject)]
    if subject is None:
        return rows
    asked = numbers(subject.council)
    if proposal.opinions.exists():
        rows.append(_opinions(proposal))
    rows += [
        _documents(subject, asked),
        _quorum(subject),
        _reviewers(subject, asked),
        _count(subject),
        _words(proposal),
    ]
    return [_with_basis(row, asked) for row in rows]


def may_recommend(proposal: Proposal) -> Refusal | None:
    """Nothing of the procedure may be wrong or unknown."""
    wrong = [row for row in checklist(proposal) if not row.ok]
    if not wrong:
        return None
    sentence = _("The review of the procedure is not through: %(what)s. Mend it, or send it back to the council.")
    told = "; ".join(f"{row.label} ({row.detail})" for row in wrong)
    return Refusal("proposal.procedure", sentence % {"what": told})


PROVISION = {
    "search": "search-required", "documents": "identify-documents-before", "quorum": "identify-present",
    "opinions": "review-within", "reviewers": "identify-reviewers", "count": "identify-pass",
    "words": "recommendation-within",
}  # fmt: skip


def _with_basis(row: Check, asked: Numbers) -> Check:
    found = asked.process.provisions.get(PROVISION[row.name])
    if found is None:
        return row
    return Check(row.name, row.label, row.ok, row.detail, cite(found.basis), found.basis.verified)


def _search(proposal: Proposal, subject: Subject | None) -> Check:
    record = signed(proposal)
    label = _("Duplicate search (C0) signed before the council met")
    if record is None or record.signed_at is None:
        return Check("search", label, False, _("not signed"))
    opened = subject.council.opened_at if subject else None
    ok = proposal.searches.filter(signed_at__lt=opened).exists() if opened else True
    return Check("search", label, ok, _("signed on %(day)s") % {"day": f"{localtime(record.signed_at):%d/%m/%Y}"})


def _opinions(proposal: Proposal) -> Check:
    """Who was asked for a second opinion has given it, or let the day pass."""
    label = _("Second opinions that were asked")
    waiting = proposal.opinions.filter(given_at=None).select_related("person", "unit")
    open_ones = [one for one in waiting if one.due_on is None or one.due_on >= today()]
    if not open_ones:
        late = ", ".join(str(one.person or one.unit) for one in waiting)
        detail = _("no answer in time: %(who)s") % {"who": late} if late else _("all given")
        return Check("opinions", label, True, detail)
    told = ", ".join(
        f"{one.person or one.unit} ({one.due_on:%d/%m/%Y})" if one.due_on else str(one.person or one.unit)
        for one in open_ones
    )
    return Check("opinions", label, False, _("still waiting for %(who)s") % {"who": told})


def _documents(subject: Subject, asked: Numbers) -> Check:
    council = subject.council
    least = asked.number("documents-before")
    label = _("Documents sent %(days)s working days before the meeting") % {"days": least or 0}
    if council.documents_sent_on is None or council.meets_at is None:
        return Check("documents", label, None, _("not sent yet"))
    days = working_days_between(council.documents_sent_on, localtime(council.meets_at).date())
    detail = _("sent on %(day)s, %(count)s working days before") % {
        "day": f"{council.documents_sent_on:%d/%m/%Y}", "count": days,
    }  # fmt: skip
    return Check("documents", label, days >= (least or 0), detail)


def _quorum(subject: Subject) -> Check:
    council = subject.council
    label = _("Enough members were there")
    if council.opened_at is None:
        return Check("quorum", label, None, _("the council has not met yet"))
    seats = council.seats.filter(state="accepted")
    told = {"present": seats.filter(attendance__in=THERE).count(), "all": seats.count()}
    return Check("quorum", label, True, _("%(present)s of %(all)s members; the session could be opened") % told)


def _reviewers(subject: Subject, asked: Numbers) -> Check:
    least = asked.number("reviewers") or 0
    label = _("%(count)s reviewers of this proposal took part") % {"count": least}
    if subject.council.opened_at is None:
        return Check("reviewers", label, None, _("the council has not met yet"))
    there = subject.reviewers.filter(seat__attendance__in=THERE).select_related("seat__person")
    names = [str(row.seat.person) for row in there]
    return Check("reviewers", label, len(names) >= least, ", ".join(names) or _("nobody"))


def _count(subject: Subject) -> Check:
    label = _("Votes in favour")
    if not subject.outcome:
        return Check("count", label, None, _("not counted yet"))
    counted = subject.counted
    detail = _("%(yes)s of %(all)s ballots") % {"yes": counted.get("yes", 0), "all": counted.get("of", 0)}
    return Check("count", label, subject.outcome == Subject.Outcome.PASSED, detail)


def _words(proposal: Proposal) -> Check:
    lacks = missing(version_of(proposal).definition.forms["recommendation"], proposal.recommendation)
    detail = ", ".join(str(field.label) for field in lacks) if lacks else _("complete")
    return Check("words", _("The council's recommendation is complete"), not lacks, detail)
