"""Forming a council, appointing it by decision, dissolving it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.by_number import NUMBER, ByNumber
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused, require
from khue.councils.actions import cases
from khue.councils.actions.conflicts import scan
from khue.councils.models import Council, Subject
from khue.councils.owners import owner_of
from khue.councils.rules.composition import missing
from khue.councils.rules.managing import may_manage, may_run, wrong_state
from khue.councils.rules.numbers import Numbers
from khue.directory.models import Unit
from khue.flow.models import ProcessVersion
from khue.journal.actions import record


@dataclass(frozen=True, slots=True)
class SubjectSpec:
    """One thing to be judged: `dossier` (`application:12`), its title and page, and the mission type, which chooses
    the scoring sheet."""

    dossier: str
    title: str
    url: str = ""
    type: str = ""


@transaction.atomic
def form(
    kind: str, *, version: ProcessVersion, title: str, host: Unit, subjects: Sequence[SubjectSpec], by: Actor
) -> Council:
    """Begin a council of `kind` under the numbers of `version`, the one that the judged cases are pinned to. The
    officer who forms it keeps its papers. Raises Refused: `council.not-yours`, `council.no-subject`,
    `council.conflict`, `council.already`."""
    require(may_manage(by, host))
    if not subjects:
        raise Refused(Refusal("council.no-subject", _("Choose what the council has to judge.")))
    _require_free(kind, subjects)
    council = Council.objects.create(
        kind=kind, process_version=version, title=title.strip(), host=host,
        competing=Numbers(kind, version.definition).competes, created_by=by if isinstance(by, User) else None,
    )  # fmt: skip
    for number, one in enumerate(subjects, 1):
        Subject.objects.create(
            council=council, number=number, dossier=one.dossier, title=one.title, url=one.url, type=one.type
        )
    cases.open_council_case(council, by=by)
    record(council.journal, "council.formed", by=by, title=council.title, count=len(subjects))
    scan(council)
    require(may_run(by, council))
    return council


def _require_free(kind: str, subjects: Sequence[SubjectSpec]) -> None:
    """No two councils of one kind judge the same at the same time."""
    ended = (Council.State.CONCLUDED, Council.State.DISSOLVED)
    busy = Subject.objects.filter(council__kind=kind, dossier__in=[one.dossier for one in subjects]).exclude(
        council__state__in=ended
    )
    found = busy.select_related("council").first()
    if found is not None:
        sentence = _("«%(title)s» is before the council «%(council)s» already. Conclude or dissolve that one first.")
        raise Refused(Refusal("council.already", sentence % {"title": found.title, "council": found.council}))


def locked(council: Council) -> Council:
    """The council as it is now, locked until the transaction ends; acts on one council wait for each other."""
    return _COUNCIL.get(council.pk)


_COUNCIL = ByNumber(
    lambda: (
        Council.objects.select_for_update(of=("self",))
        .select_related("process_version", "host", "case")
        .filter(pk=NUMBER)
    )
)


@transaction.atomic
def appoint(
    council: Council, *, decision_sign: str, decided_on: date, by: Actor, term_to: date | None = None
) -> Council:
    """Record the decision that sets the council up. Raises Refused with what it lacks: `council.incomplete`,
    `council.no-decision`, or what the owner of its subjects says of the day."""
    current = locked(council)
    require(may_run(by, current))
    require(wrong_state(current, Council.State.FORMING))
    if not decision_sign.strip() or decided_on > today():
        sentence = _("Write the number and sign of the decision and its day, not later than today.")
        raise Refused(Refusal("council.no-decision", sentence))
    if current.standing_id is None:
        for subject in current.subjects.all():
            require(owner_of(current.kind).misdated(subject.dossier, decided_on))
    scan(current)
    lacks = missing(current)
    if lacks:
        raise Refused(Refusal("council.incomplete", " ".join(lack.sentence for lack in lacks)))
    current.decision_sign, current.decided_on, current.term_to = decision_sign.strip(), decided_on, term_to
    current.state = Council.State.APPOINTED
    current.save()
    cases.move_council(current, "appoint", by=by)
    record(current.journal, "council.appointed", by=by, sign=current.decision_sign, on=f"{decided_on}")
    council.refresh_from_db()
    return current


@transaction.atomic
def dissolve(council: Council, *, by: Actor, reason: str) -> Council:
    """End a council without a result; what was written and cast stays in its file. Raises Refused:
    `council.reason-missing`, `council.wrong-state`."""
    current = locked(council)
    require(may_run(by, current))
    open_states = [state for state in Council.State if state not in (Council.State.CONCLUDED, Council.State.DISSOLVED)]
    require(wrong_state(current, *open_states))
    if not reason.strip():
        raise Refused(Refusal("council.reason-missing", _("Write why the council is dissolved.")))
    current.state = Council.State.DISSOLVED
    current.save(update_fields=["state"])
    cases.move_council(current, "dissolve", by=by, comment=reason)
    cases.move_all_seats(current, "leave", comment=reason)
    record(current.journal, "council.dissolved", by=by, reason=reason.strip())
    council.refresh_from_db()
    return current
