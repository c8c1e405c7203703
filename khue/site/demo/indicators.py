"""Five years of quarterly figures: districts to June 2025, communes since; some late, some returned, one exception.

The figures before July 2025 come in as an old series; those of the communes as reports that were taken over, and the
newest ones, of units with people in the demo, by the very actions of the pages.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from khue.core.actors import IMPORTER
from khue.core.calendar import add_working_days
from khue.core.clock import today
from khue.directory.models import Unit
from khue.directory.search import department
from khue.indicators import measures
from khue.indicators.actions import composing, cycles, reporting
from khue.indicators.actions.bringing import Figure, bring, needed
from khue.indicators.actions.periods import ensure
from khue.indicators.actions.reporting import Entry
from khue.indicators.actions.taking_over import Past, take_over
from khue.indicators.actions.targets import set_target
from khue.indicators.models import (
    Category,
    Composed,
    Cycle,
    Indicator,
    IndicatorVersion,
    Observation,
    Period,
    Programme,
    ReportSet,
)
from khue.indicators.rules.programmes import whole
from khue.indicators.rules.sheet import versions_of
from khue.site.demo import registers
from khue.site.demo.town import TWO_TIERS, Town

PROGRAMME = "07-ctr-tu"
SET = "07-ctr-tu-local-quarter"
COUNTS = re.compile(r"\d+ trên \d+ đơn vị")
REMARK = "Sở sẽ làm việc trực tiếp với các đơn vị chưa gửi báo cáo."
COUNTED_SINCE = date(2026, 6, 15)
"""From this version of the programme on, initiatives are counted out of the units' registers."""
SINCE, SINCE_DAY = 2021, date(2021, 3, 17)
"""The programme was issued on that day; its first figures are those of the second quarter."""
SIZES = {"district": Decimal(1), "commune": Decimal("0.27")}
"""A commune's figures beside those of a district."""
TYPICAL: dict[str, tuple[int, float, float]] = {
    # a district's figure in the first quarter of 2021, growth a year, how much of it a quarter's chance is
    "initiatives_submitted": (16, 0.07, 0.12), "initiatives_recognised": (11, 0.09, 0.12),
    "models_applied": (14, 0.11, 0.04), "ocop_products": (32, 0.19, 0.02), "ocop_with_ip": (9, 0.27, 0.03),
    "st_spending_local": (420, 0.06, 0.2), "trained_people": (260, 0.12, 0.25),
}  # fmt: skip
SEASON = {1: 0.7, 2: 1.0, 3: 0.9, 4: 1.5}
"""Much is recognised and paid at the end of the year."""
SPENDING = "st_spending_local"
PROOFS = {SPENDING: "Xác nhận của Phòng Tài chính"}
PEOPLED = {"ubnd-cau-giay": "phuong", "ubnd-soc-son": "xa", "ubnd-dong-da": "hoaian"}
"""Units whose people write the newest report themselves."""
WRITING, RETURNED = "ubnd-cau-giay", "ubnd-dong-da"
REASON = "Đã đối chiếu với sổ theo dõi của đơn vị"
MISSING, LATE = 0.06, 0.09
LEVELS = {"models_applied", "ocop_products", "ocop_with_ip"}
"""Figures that stand at a level: no season."""


def live_through(town: Town) -> int:
    """Bring everything in; returns the number of figures."""
    years = Figures(Random(21))  # noqa: S311 - figures of a demo
    for year in range(SINCE, today().year + 1):
        ensure(year)
    ended = Period.objects.filter(kind="quarter", last__range=(SINCE_DAY, today() - timedelta(days=1))).order_by("last")
    districts = list(Unit.objects.filter(kind=Unit.Kind.DISTRICT))
    old = [one for period in ended if period.last < TWO_TIERS for unit in districts for one in years.of(period, unit)]
    needed(old, bring(old, by=IMPORTER))
    _promise(town)
    count = len(old)
    count += _published() + _statistics() + _populations()
    report_set = ReportSet.objects.get(code=SET)
    new = [one for one in ended if one.last >= TWO_TIERS]
    communes = list(Unit.objects.filter(kind=Unit.Kind.COMMUNE).order_by("pk"))
    for period in new:
        if period.last >= COUNTED_SINCE:
            registers.bring_in(period, {one: size_of(one) for one in communes}, by=town.people["truongphong"])
        left = {town.units[code].pk for code in PEOPLED} if period == new[-1] else set()
        count += _communes(cycles.open_cycle(report_set, period, by=IMPORTER), years, left)
    if new:
        report = _composed(town, new[-1])
        _newest(town, Cycle.objects.get(report_set=report_set, period=new[-1]), years)
        composing.refresh(report, by=town.people["chuyenvien"])
    return count


def _composed(town: Town, period: Period) -> Composed:
    """The city's report on the newest period, written before the last units sent theirs: an officer has changed two
    parts, and in one of them figures that came later wait beside the words."""
    writer, programme = town.people["chuyenvien"], Programme.objects.get(code=PROGRAMME)
    report = composing.compose("programme-of-city", unit=whole(), period=period, programme=programme, by=writer)
    general, reported = (report.blocks.get(name=name) for name in ("general", "reported"))
    composing.save_text(general, f"{general.text}\n{REMARK}", seen=0, by=writer)
    composing.save_text(reported, COUNTS.sub("hầu hết các đơn vị", reported.text, count=1), seen=0, by=writer)
    return report


@dataclass
class Figures:
    """What units report: by their size, the years gone by, the season and chance."""

    chance: Random
    known: dict[str, int] = field(default_factory=lambda: dict(Indicator.objects.values_list("code", "pk")))
    typed: dict[int, set[str]] = field(default_factory=dict)
    """Period -> what units are asked for in it; the rest is counted."""

    def of(self, period: Period, unit: Unit) -> list[Figure]:
        """The figures that a unit types in a period."""
        if period.pk not in self.typed:
            asked = IndicatorVersion.objects.as_of(period.last).filter(kind=IndicatorVersion.Kind.ENTERED)
            self.typed[period.pk] = set(asked.values_list("indicator__code", flat=True))
        size = size_of(unit) * SIZES[unit.kind]
        values = {code: self._value(code, period, size) for code in TYPICAL}
        values["initiatives_recognised"] = min(values["initiatives_recognised"], values["initiatives_submitted"])
        values["ocop_with_ip"] = min(values["ocop_with_ip"], values["ocop_products"])
        return [
            Figure(period.pk, self.known[code], unit.pk, value, proof=PROOFS.get(code, ""))
            for code, value in values.items()
            if code in self.typed[period.pk]
        ]

    def _value(self, code: str, period: Period, size: Decimal) -> Decimal:
        first, growth, spread = TYPICAL[code]
        years = (period.last - date(SINCE, 1, 1)).days / 365
        season = 1.0 if code in LEVELS else SEASON[period.number]
        plain = first * (1 + growth) ** years * season * self.chance.uniform(1 - spread, 1 + spread)
        return (Decimal(f"{plain:.3f}") * size).quantize(Decimal("0.1") if code == SPENDING else Decimal(1))


def _communes(cycle: Cycle, years: Figures, left: set[int]) -> int:
    """Reports of the communes, taken over; where some are `left` to people, a few others are still missing too."""
    reports = []
    rows = list(cycle.reports.select_related("unit"))
    counted = _counted(cycle, [one.unit_id for one in rows])
    for row in rows:
        figures, luck = years.of(cycle.period, row.unit) + counted[row.unit_id], years.chance.random()
        if row.unit_id in left or (left and luck < MISSING):
            continue
        days = years.chance.randrange(1, 9) if luck > 1 - LATE else -years.chance.randrange(0, 2)
        reports.append(Past(row.unit_id, row.due_on + timedelta(days=days), figures))
    return take_over(cycle, reports, by=IMPORTER).total


def _counted(cycle: Cycle, units: list[int]) -> dict[int, list[Figure]]:
    """What the system counts of each unit in the period."""
    found: dict[int, list[Figure]] = {unit: [] for unit in units}
    for version in versions_of(cycle.report_set_id, cycle.period):
        if (measure := measures.named(version.measure)) is not None:
            counts = measure.count(cycle.period, units)
            for unit in units:
                value = Decimal(counts.get(unit, 0))
                found[unit].append(Figure(cycle.period_id, version.indicator_id, unit, value))
    return found


PROMISED = {
    "initiatives_recognised": (2_200, 2_400), "models_applied": (820, 900), "ocop_products": (2_700, 2_850),
    "trained_people": (60_000, 80_000),
}  # fmt: skip
"""Numbers of 2025 and 2026, made up: those of the programme itself are not known."""


def _promise(town: Town) -> None:
    """Targets, so that the boards have something to judge."""
    for code, values in PROMISED.items():
        indicator = Indicator.objects.select_related("programme__lead").get(code=code)
        for year, value in zip((2025, 2026), values, strict=True):
            source = "Số mẫu, không có trong văn bản nào"
            set_target(indicator, year, Decimal(value), by=town.people["truongphong"], source=source, verified=False)


PUBLISHED = {"pii_score": Decimal("65.68"), "pii_rank": Decimal(1), "pii_leading": Decimal(18)}
"""The city's index of 2025 as the press told on 1 October 2025."""


def _published() -> int:
    """The innovation index of the newest year that was published: what is known of it, and no more."""
    period, office = Period.objects.get(code="2025"), department()
    numbers = dict(Indicator.objects.filter(code__in=PUBLISHED).values_list("code", "pk"))
    figures = [Figure(period.pk, numbers[code], office.pk, value) for code, value in PUBLISHED.items()]
    needed(figures, bring(figures, by=IMPORTER))
    return len(figures)


STATISTICS = {
    "stat_organisations": Decimal(612), "stat_people": Decimal(48_300), "stat_spending": Decimal("9420.5"),
    "stat_cooperation": Decimal(7), "stat_prizes": Decimal(11), "stat_appraisals": Decimal(23),
    "stat_technologies_applied": Decimal(41), "stat_standards": Decimal(2), "stat_measuring": Decimal(186_400),
    "stat_radiation": Decimal(705), "stat_inspections": Decimal(34), "stat_enterprises": Decimal(193),
    "stat_technology_trade": Decimal("1284.6"),
}  # fmt: skip
"""What the department's made-up sheet of 2025 says beside what the system counts."""


def _statistics() -> int:
    """The yearly statistics of the newest year that is over, sent on paper at the time and taken over."""
    period, office = Period.objects.get(code=f"{today().year - 1}-TK"), department()
    cycle = cycles.open_cycle(ReportSet.objects.get(code="thong-ke-khcn-city-year"), period, by=IMPORTER)
    numbers = dict(Indicator.objects.values_list("code", "pk"))
    figures = [
        Figure(period.pk, numbers[code], office.pk, value, proof="Phiếu thu thập năm")
        for code, value in STATISTICS.items()
    ]
    figures += _counted(cycle, [office.pk])[office.pk]
    sent_on = cycle.reports.get(unit=office).due_on
    return take_over(cycle, [Past(office.pk, sent_on, figures)], by=IMPORTER).total


PEOPLE, SPREAD = 8_811_473, (0.55, 1.6)
"""People of the city, shared out among its communes by chance: the data sets of places have no populations."""


def _populations() -> int:
    """How many people live in each commune, made up, so that units can be ranked per head."""
    period, number = Period.objects.get(code="2025"), Indicator.objects.get(code="population").pk
    communes = list(Unit.objects.filter(kind=Unit.Kind.COMMUNE))
    sizes = {one.pk: size_of(one) for one in communes}
    people = Decimal(PEOPLE) / (sum(sizes.values()) or 1)
    figures = [
        Figure(period.pk, number, pk, (size * people).quantize(Decimal(1)), proof="Số mẫu, tự đặt")
        for pk, size in sizes.items()
    ]
    needed(figures, bring(figures, by=IMPORTER))
    return len(figures)


def size_of(unit: Unit) -> Decimal:
    """How large a unit is beside others of its kind; always the same."""
    return Decimal(f"{Random(unit.pk).uniform(*SPREAD):.2f}")  # noqa: S311 - figures of a demo


def _newest(town: Town, cycle: Cycle, years: Figures) -> None:
    """In the newest period one report is being written under an exception, one waits, one came back with a question."""
    head, officer = town.people["truongphong"], town.people["chuyenvien"]
    reports = {code: cycle.reports.select_related("unit").get(unit=town.units[code]) for code in PEOPLED}
    for code, login in PEOPLED.items():
        report, writer = reports[code], town.people[login]
        if cycle.is_locked:
            until = add_working_days(today(), 5)
            cycles.reopen(report, reason="Đường truyền của đơn vị hỏng trong tuần nộp báo cáo", until=until, by=head)
        given = years.of(cycle.period, report.unit)[: 3 if code == WRITING else None]
        reason = "" if code == WRITING else REASON
        entries = [Entry(_code(one), one.value, proof=one.proof, override=reason) for one in given]
        reporting.save_draft(report, entries, by=writer)
        if code != WRITING:
            reporting.submit(report, by=writer)
    asked = Observation.objects.get(
        period=cycle.period, unit=town.units[RETURNED], indicator__code="models_applied", category=Category.TOTAL
    )
    question = {asked.pk: "Gồm cả mô hình của hợp tác xã không? Đề nghị gửi danh sách."}
    reporting.return_(reports[RETURNED], reason="Đề nghị làm rõ số mô hình.", marks=question, by=officer)


def _code(one: Figure) -> str:
    return Indicator.objects.get(pk=one.indicator).code
