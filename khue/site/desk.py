"""What stands on a desk: what waits for me in the order it hurts, what I wait for, what is new."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.accounts.rules import acting_in
from khue.core import calendar, clock
from khue.core.addresses import record_address
from khue.core.described import told
from khue.core.templatetags.khue import SOON
from khue.documents.models import Directive, Document
from khue.documents.rules.directive import REPORT, own_units
from khue.documents.rules.post import posts_of, unopened
from khue.documents.rules.supporting import supported_by
from khue.flow.desk import Held, Work, work_asked_by, work_of
from khue.flow.models import CaseParty, ProcessVersion
from khue.flow.rules import standing_among
from khue.flow.shelf.values import Process
from khue.language.directives.title import title_of
from khue.missions.rules.select import drafts

COUNTED = "counted_on_desk"
"""Where the number on the desk is kept on the user object, which lives as long as a request."""
BUNCHES: dict[str, Promise] = {
    "overdue": _("Overdue"),
    "today": _("Due today"),
    "soon": _("Due soon"),
    "later": _("There is time"),
    "open": _("Without a deadline"),
}


class Taking(NamedTuple):
    """A part that somebody takes in a case."""

    party: str
    user_id: int | None
    unit_id: int | None
    unit_path: str


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that waits, and the one next action."""

    title: str
    url: str
    kind: str
    step: str
    holder: str
    due_on: date | None
    """The deadline that binds its holder: that of the step, else that of the whole case."""
    whole_due_on: date | None
    """The deadline of the whole case, where it is another day than that of the step."""
    of_whole: bool
    """Whether `due_on` is that of the whole case because the step has none."""
    action: str


@dataclass(frozen=True, slots=True)
class Bunch:
    """Rows that are equally urgent."""

    name: str
    label: str | Promise
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Kind:
    """A process with work on the desk."""

    name: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits, and how much of it hurts."""

    all: int
    overdue: int
    today: int
    soon: int


def counts(user: User) -> tuple[Counts, list[Kind]]:
    """Everything that waits for `user`, counted in one query along indexes; and by kind. The sum is kept for
    `how_many`. What waits is of an open case, and to say so lets the database look through those alone."""
    today, work = clock.today(), work_of(user)
    soon = calendar.add_working_days(today, SOON)
    rows = told(
        ("counts", today, soon, work),
        lambda: (
            work.holdings()
            .filter(case__closed_at=None)
            .order_by()
            .values("case__process_version")
            .annotate(
                all=Count("pk"),
                overdue=Count("pk", filter=Q(due_on__lt=today)),
                today=Count("pk", filter=Q(due_on=today)),
                soon=Count("pk", filter=Q(due_on__gt=today, due_on__lte=soon)),
            )
            .values_list("case__process_version", "all", "overdue", "today", "soon")
        ),
    )
    total = Counts(*(sum(row[column] for row in rows) for column in (1, 2, 3, 4)))
    vars(user)[COUNTED] = total.all
    versions = _versions()
    newest = {version.process: version for version in versions.values()}
    by_process: Counter[str] = Counter()
    for version, count, *_hurting in rows:
        by_process[versions[version].process] += count
    return total, [Kind(name, str(newest[name].definition.label), by_process[name]) for name in sorted(by_process)]


def how_many(user: AbstractBaseUser) -> int:
    """The number beside the desk's name in the navigation."""
    if not isinstance(user, User):
        return 0
    kept: int | None = vars(user).get(COUNTED)
    return len(work_of(user)) if kept is None else kept


def waiting(user: User, kind: str = "") -> Work:
    """What waits for `user`, what hurts first, of one kind or of all; for `bunches`."""
    return work_of(user).of_kind(kind)


def others(user: User, kind: str = "") -> Work:
    """What `user` waits for; for `told_of`."""
    return work_asked_by(user).of_kind(kind)


def bunches(user: User, work: Sequence[Held]) -> list[Bunch]:
    """The rows in bunches of like urgency, in the order given."""
    today = clock.today()
    found: dict[str, list[Row]] = {name: [] for name in BUNCHES}
    for row in rows(user, work):
        found[_bunch_of(row.due_on, today)].append(row)
    return [Bunch(name, BUNCHES[name], some) for name, some in found.items() if some]


def supported(user: User, most: int) -> list[Row]:
    """The first of what the units of `user` support: it waits for the lead unit, so it is counted nowhere."""
    columns = ("pk", "content", "state", "lead__name", "due_on")
    found = told(
        ("supported", own_units(user, REPORT)), lambda: supported_by(user).values_list(*columns), 0, most
    )  # fmt: skip
    return [
        Row(
            title_of(content), record_address("documents:directive", pk), str(_("Support")),
            str(Directive.State(state).label), lead, due_on, None, False, "",
        )
        for pk, content, state, lead, due_on in found
    ]  # fmt: skip


def post(user: User, most: int) -> list[Row]:
    """Documents that were sent to the units of `user` and that nobody there has acknowledged. Each is to be
    acknowledged on the day it came (Decree 30/2020/NĐ-CP, art. 21)."""
    posts, today = posts_of(user), clock.today()
    columns = ("document", "document__sign", "document__subject", "document__issuer_name", "name", "sent_at")
    found = told(("post", posts, today), lambda: unopened(posts, today).values_list(*columns), 0, most)
    return [
        Row(
            str(Document(sign=sign, subject=subject)), record_address("documents:document", pk),
            str(_("Document sent to us")), issuer, name, timezone.localtime(sent_at).date(), None, False,
            str(_("Acknowledge receipt")),
        )
        for pk, sign, subject, issuer, name, sent_at in found
    ]  # fmt: skip


def to_hand_in(user: User) -> list[Row]:
    """Applications that `user` is to hand in, or writes along in, before their closing moment. They are sealed, so they
    are no cases, and counted nowhere."""
    begun = {True: _("Go on writing"), False: _("Begin the application")}
    return [
        Row(
            draft.title, draft.url, draft.lead, draft.closes, draft.lead,
            timezone.localtime(draft.closes_at).date(), None, False, str(begun[draft.begun]),
        )
        for draft in drafts.to_hand_in(user)
    ]  # fmt: skip


def supporters(user: User) -> list[str]:
    """The names of the units for which `user` reports on directives, as lead or as support."""
    own = own_units(user, REPORT)
    return list(dict.fromkeys(part.unit_name for part in acting_in(user) if part.unit_id in own))


def rows(user: User, work: Sequence[Held]) -> list[Row]:
    """What the page shows of work of `user`, each with its next action: cases of the same parties at the same step have
    the same one."""
    parties = _parties([held.case for held in work])
    definitions = _definitions(work)
    actions: dict[object, str] = {}
    found = []
    for held in work:
        taking, process = parties[held.case], definitions[held.version]
        alike = (held.version, held.case_step, frozenset(taking))
        if alike not in actions:
            actions[alike] = _next_action(user, held, process, taking)
        found.append(_row(held, process, actions[alike]))
    return found


def rows_of_others(work: Sequence[Held]) -> list[Row]:
    """What the page shows of work that others have."""
    definitions = _definitions(work)
    return [_row(held, definitions[held.version], "") for held in work]


def _definitions(work: Sequence[Held]) -> dict[int, Process]:
    versions = {held.version: ProcessVersion(pk=held.version, digest=held.digest) for held in work}
    return {pk: version.definition for pk, version in versions.items()}


def _parties(cases: list[int]) -> dict[int, list[Taking]]:
    """Who takes which part in each of the cases: one query."""
    found: dict[int, list[Taking]] = {case: [] for case in cases}
    rows = CaseParty.objects.filter(case__in=cases).values_list("case", "party", "user", "unit", "unit__path")
    for case, party, user, unit, path in rows if cases else ():
        found[case].append(Taking(party, user, unit, path or ""))
    return found


def _row(held: Held, process: Process, action: str) -> Row:
    return Row(
        title=held.title,
        url=held.url,
        kind=str(process.label),
        step=str(process.steps[held.step].staff),
        holder=held.unit or held.user or "",
        due_on=held.due_on or held.whole_due_on,
        whole_due_on=held.whole_due_on if held.due_on and held.whole_due_on != held.due_on else None,
        of_whole=held.due_on is None and held.whole_due_on is not None,
        action=action,
    )


def _next_action(user: User, held: Held, process: Process, taking: list[Taking]) -> str:
    """The main move open to `user`; the page of the case knows whether something still stands against it."""
    parties = {one.party: one for one in taking}
    main_first = sorted(process.moves_from(held.case_step), key=lambda move: not move.primary)
    main = next((move for move in main_first if standing_among(user, parties, process, move)), None)
    return str(main.label if main else _("Open"))


def _bunch_of(due_on: date | None, today: date) -> str:
    if due_on is None:
        return "open"
    if due_on <= today:
        return "overdue" if due_on < today else "today"
    return "soon" if calendar.working_days_between(today, due_on) <= SOON else "later"


def _versions() -> dict[int, ProcessVersion]:
    """The versions of processes by their numbers, older ones first."""
    rows = told("versions", lambda: ProcessVersion.objects.order_by("version").values_list("pk", "process", "digest"))
    return {pk: ProcessVersion(pk=pk, process=process, digest=digest) for pk, process, digest in rows}
