"""What stands on a desk: what waits for me in the order it hurts, what I wait for, what is new."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Prefetch, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.accounts.rules import acting_in
from khue.core import calendar, clock
from khue.core.counting import count_named
from khue.core.templatetags.khue import SOON
from khue.documents.rules.directive import REPORT, own_units
from khue.documents.rules.post import sent_on, unopened
from khue.documents.rules.supporting import supported_by
from khue.flow.desk import i_wait_for, waiting_for
from khue.flow.models import Case, CaseParty, Holding, Holdings, ProcessVersion, name_of
from khue.flow.rules import TAKING, parties_of, standing

COUNTED = "counted_on_desk"
"""Where the number on the desk is kept on the user object, which lives as long as a request."""
SHOWN = (
    "step", "due_on", "unit__name", "user__full_name", "case__title", "case__url", "case__step", "case__due_on",
    "case__process_version__process", "case__process_version__digest",
)  # fmt: skip
"""What a row is made of; a desk holds fifty, so nothing else is asked for."""
BUNCHES: dict[str, Promise] = {
    "overdue": _("Overdue"),
    "today": _("Due today"),
    "soon": _("Due soon"),
    "later": _("There is time"),
    "open": _("Without a deadline"),
}


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
    today = clock.today()
    soon = calendar.add_working_days(today, SOON)
    rows = list(
        waiting_for(user)
        .filter(case__closed_at=None)
        .order_by()
        .values("case__process_version")
        .annotate(
            all=Count("pk"),
            overdue=Count("pk", filter=Q(due_on__lt=today)),
            today=Count("pk", filter=Q(due_on=today)),
            soon=Count("pk", filter=Q(due_on__gt=today, due_on__lte=soon)),
        )
    )
    total = Counts(*(sum(row[name] for row in rows) for name in ("all", "overdue", "today", "soon")))
    vars(user)[COUNTED] = total.all
    processes, labels = _labels()
    by_process: Counter[str] = Counter()
    for row in rows:
        by_process[processes[row["case__process_version"]]] += row["all"]
    return total, [Kind(name, labels[name], by_process[name]) for name in sorted(by_process)]


def how_many(user: AbstractBaseUser) -> int:
    """The number beside the desk's name in the navigation."""
    if not isinstance(user, User):
        return 0
    kept: int | None = vars(user).get(COUNTED)
    if kept is not None:
        return kept
    asked = ("desk", user.pk, user.person_id, *acting_in(user))
    return count_named(asked, lambda: waiting_for(user))


def waiting(user: User, kind: str = "") -> Holdings:
    """What waits for `user`, what hurts first, of one kind or of all; ready for `bunches`."""
    return _ready(waiting_for(user), kind)


def others(user: User, kind: str = "") -> Holdings:
    """What `user` waits for; ready for `rows`."""
    return _ready(i_wait_for(user), kind)


def bunches(user: User, holdings: list[Holding]) -> list[Bunch]:
    """The rows in bunches of like urgency, in the order given."""
    today = clock.today()
    found: dict[str, list[Row]] = {name: [] for name in BUNCHES}
    for row in rows(user, holdings):
        found[_bunch_of(row.due_on, today)].append(row)
    return [Bunch(name, BUNCHES[name], some) for name, some in found.items() if some]


def supported(user: User, most: int) -> list[Row]:
    """The first of what the units of `user` support: it waits for the lead unit, so it is counted nowhere."""
    return [
        Row(
            one.title, one.get_absolute_url(), str(_("Support")), str(one.get_state_display()), one.lead.name,
            one.due_on, None, False, "",
        )
        for one in supported_by(user)[:most]
    ]  # fmt: skip


def post(user: User, most: int) -> list[Row]:
    """Documents that were sent to the units of `user` and that nobody there has acknowledged."""
    return [
        Row(
            str(one.document), one.document.get_absolute_url(), str(_("Document sent to us")), one.document.issuer_name,
            one.name, sent_on(one), None, False, str(_("Acknowledge receipt")),
        )
        for one in unopened(user)[:most]
    ]  # fmt: skip


def supporters(user: User) -> list[str]:
    """The names of the units for which `user` reports on directives, as lead or as support."""
    own = own_units(user, REPORT)
    return list(dict.fromkeys(part.unit_name for part in acting_in(user) if part.unit_id in own))


def rows(user: User, holdings: list[Holding]) -> list[Row]:
    """What the page shows of each holding. Cases of the same parties at the same step have the same next action."""
    actions: dict[object, str] = {}
    for case in (holding.case for holding in holdings):
        if (alike := _alike(case)) not in actions:
            actions[alike] = _next_action(user, case)
    return [_row(holding, actions[_alike(holding.case)]) for holding in holdings]


def _alike(case: Case) -> object:
    parties = frozenset((row.party, row.unit_id, row.user_id) for row in parties_of(case).values())
    return case.process_version_id, case.step, parties


def _ready(holdings: Holdings, kind: str) -> Holdings:
    if kind:
        holdings = holdings.filter(case__process_version__process=kind)
    parties = CaseParty.objects.select_related("unit").only("case", "party", "user", "unit__path")
    return holdings.only(*SHOWN).prefetch_related(Prefetch("case__parties", parties, to_attr=TAKING))


def _row(holding: Holding, action: str) -> Row:
    case = holding.case
    return Row(
        title=case.title,
        url=case.url,
        kind=str(case.definition.label),
        step=str(case.definition.steps[holding.step].staff),
        holder=name_of(holding.holder),
        due_on=holding.due_on or case.due_on,
        whole_due_on=case.due_on if holding.due_on and case.due_on != holding.due_on else None,
        of_whole=holding.due_on is None and case.due_on is not None,
        action=action,
    )


def _next_action(user: User, case: Case) -> str:
    """The main move open to `user`; the page of the case knows whether something still stands against it."""
    main_first = sorted(case.definition.moves_from(case.step), key=lambda move: not move.primary)
    main = next((move for move in main_first if standing(user, case, move)), None)
    return str(main.label if main else _("Open"))


def _bunch_of(due_on: date | None, today: date) -> str:
    if due_on is None:
        return "open"
    if due_on <= today:
        return "overdue" if due_on < today else "today"
    return "soon" if calendar.working_days_between(today, due_on) <= SOON else "later"


def _labels() -> tuple[dict[int, str], dict[str, str]]:
    """Of which process each version is, and the name of each process in the words of its newest version."""
    versions = list(ProcessVersion.objects.order_by("version"))
    newest = {version.process: version for version in versions}
    labels = {process: str(version.definition.label) for process, version in newest.items()}
    return {version.pk: version.process for version in versions}, labels
