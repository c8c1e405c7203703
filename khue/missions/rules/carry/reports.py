"""Reports of a running mission: their periods, what they may say, when they are to be confirmed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from khue.core.calendar import add_months, add_working_days
from khue.core.clock import today
from khue.core.money import dong
from khue.core.refusals import Refusal
from khue.flow.shelf.words import label_in, words
from khue.missions.models import Mission, PlanBudget, ProgressReport, Spending
from khue.missions.rules.carry.carrying import case_of
from khue.missions.rules.months import year_of

State = ProgressReport.State
WRITABLE = (State.DUE, State.DRAFT, State.RETURNED)
SENT = (State.SUBMITTED, State.CONFIRMED)
Key = tuple[str, str, int]
"""Item, source and year of a budget line."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a report says about one budget line: whole đồng of its period, and why it goes beyond the plan."""

    amount: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """What a report says of one promised product: how much is finished since the mission began, what shows it, where
    it is in use and to what effect."""

    quantity: Decimal = Decimal(0)
    proof: str = ""
    place: str = ""
    effect: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A budget line with what was planned, spent in earlier reports and in this one."""

    item: str
    source: str
    year: int
    planned: int
    before: int
    spent: int = 0
    reason: str = ""
    confirmed: int | None = None

    @property
    def key(self) -> Key:
        """What names it."""
        return self.item, self.source, self.year

    @property
    def name(self) -> str:
        """Its field on a page."""
        return f"spent-{self.item}-{self.source}-{self.year}"

    @property
    def label(self) -> str:
        """The item as people call it."""
        return label_in("items", self.item)

    @property
    def over(self) -> int:
        """How much more was spent than planned, with this report."""
        return max(0, self.before + self.spent - self.planned)


def next_period(mission: Mission) -> tuple[int, date, date] | None:
    """Number, first and last day of the report after the last one; None when the reports reach the end."""
    contract = mission.contract
    last = mission.reports.order_by("-number").first()
    first = last.period_to + timedelta(days=1) if last else contract.signed_on
    if mission.ends_on is None or first > mission.ends_on:
        return None
    number = last.number + 1 if last else 1
    every = case_of(mission).definition.number("report-every")
    ends = add_months(contract.signed_on, every * number) - timedelta(days=1)
    return number, first, min(max(ends, first), mission.ends_on)


def lines(report: ProgressReport) -> list[Line]:
    """The budget lines of the plan in force that the report can speak of: those of its year and earlier ones, and
    whatever it spoke of already. Three queries."""
    mission = report.mission
    year = year_of(mission.starts_on, report.period_to) if mission.starts_on else 1
    planned = planned_by_line(mission)
    before = _sums(Spending.objects.filter(report__mission=mission, report__number__lt=report.number))
    own = {(row.item, row.source, row.year): row for row in report.spending.all()}
    keys = sorted({key for key in planned if key[2] <= year} | set(own), key=_order)
    return [_line(key, planned, before, own.get(key)) for key in keys]


def _line(key: Key, planned: Mapping[Key, int], before: Mapping[Key, int], own: Spending | None) -> Line:
    told = (own.amount, own.reason, own.confirmed) if own else (0, "", None)
    return Line(*key, planned.get(key, 0), before.get(key, 0), *told)


def planned_by_line(mission: Mission) -> dict[Key, int]:
    """What the plan in force gives each budget line."""
    return _sums(PlanBudget.objects.filter(plan=mission.plan_id))


def _sums(rows: "object") -> dict[Key, int]:
    grouped = rows.order_by().values_list("item", "source", "year").annotate(sum=Sum("amount"))  # type: ignore[attr-defined]
    return {(item, source, year): int(total) for item, source, year, total in grouped}


def _order(key: Key) -> tuple[int, int, str]:
    names = list(words("items"))
    item, source, year = key
    return year, names.index(item) if item in names else len(names), source


def may_submit(report: ProgressReport, text: str, found: list[Line]) -> Refusal | None:
    """Why a report cannot be sent: sent already, nothing said, too early, more spent than planned without a word."""
    if report.state in SENT:
        sentence = _("Report no. %(number)s was sent on %(day)s; it cannot be sent a second time.")
        day = f"{report.submitted_at:%d/%m/%Y}" if report.submitted_at else ""
        return Refusal("report-sent", sentence % {"number": report.number, "day": day})
    if not text.strip():
        return Refusal("report-empty", _("Write what was done in this period."))
    if today() < report.period_from:
        sentence = _("The period of this report begins on %(day)s.")
        return Refusal("report-early", sentence % {"day": f"{report.period_from:%d/%m/%Y}"})
    return _over_without_reason(found)


def _over_without_reason(found: list[Line]) -> Refusal | None:
    for line in found:
        if line.over and line.spent and not line.reason.strip():
            sentence = _(
                "«%(item)s», year %(year)s: %(total)s were spent, %(over)s more than planned. "
                "Write why beside the amount."
            )
            told = {
                "item": line.label, "year": line.year, "total": dong(line.before + line.spent), "over": dong(line.over)
            }  # fmt: skip
            return Refusal("spending-over-plan", sentence % told)
    return None


def may_confirm_amounts(report: ProgressReport, amounts: Mapping[int, int]) -> Refusal | None:
    """Why these confirmed amounts (by spending row) cannot stand."""
    for row in report.spending.all():
        if not 0 <= amounts.get(row.pk, row.amount) <= row.amount:
            sentence = _("«%(item)s»: between 0 and the %(amount)s that were reported can be confirmed.")
            told = {"item": words("items").get(row.item, row.item), "amount": dong(row.amount)}
            return Refusal("confirm-amount", sentence % told)
    return None


def confirm_by(report: ProgressReport, what: str) -> date | None:
    """When volume (`confirm-volume`) or money (`confirm-money`) is to be confirmed: the version's working days after
    the inspection that followed the report, or after the report where none did."""
    if report.submitted_at is None:
        return None
    held = report.mission.inspections.filter(closed_at__isnull=False, held_on__gte=report.period_from)
    inspection = held.order_by("-held_on").first()
    sent = report.submitted_at.date()
    since = max(inspection.held_on, sent) if inspection else sent
    return add_working_days(since, case_of(report.mission).definition.number(what))


def due_of(report: ProgressReport) -> date | None:
    """Until when whoever has a report is to act on it: until it is sent, its own day; then the nearest day of what is
    not confirmed yet."""
    if report.state in WRITABLE:
        return report.due_on
    done = {"confirm-volume": report.volume_confirmed_on, "confirm-money": report.money_confirmed_on}
    days = (confirm_by(report, what) for what, confirmed_on in done.items() if confirmed_on is None)
    return min((day for day in days if day is not None), default=None)


def progress_of(mission: Mission) -> int:
    """How far the mission is, in percent: the stages of its last sent report, each weighed by its months."""
    report = mission.reports.filter(state__in=SENT).order_by("-number").first()
    return percent_of(report) if report else 0


def percent_of(report: ProgressReport) -> int:
    """How far a report says the mission is: its stages, each weighed by its months."""
    return weighed((row.stage.from_month, row.stage.to_month, row.percent) for row in report.stages.all())


def weighed(stages: Iterable[tuple[int, int, int]]) -> int:
    """How far all stages are: of each its first and last month, and its percent."""
    rows = [(last - first + 1, percent) for first, last, percent in stages]
    weight = sum(months for months, _percent in rows)
    return round(sum(months * percent for months, percent in rows) / weight) if weight else 0
