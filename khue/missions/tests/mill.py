"""A department, an institute and a plan: what every test of carrying out begins with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from khue.accounts.actions.accounts import NewRole, NewUser, add_users
from khue.accounts.models import User
from khue.core.actors import SystemActor
from khue.core.clock import at, today
from khue.directory.actions.units import add_unit
from khue.directory.models import Person, Unit
from khue.missions.actions.carry.contracting import begin, sign_contract
from khue.missions.actions.carry.paying import pay
from khue.missions.actions.carry.reporting import open_reports
from khue.missions.models import Contract, Mission, Plan, PlanBudget, PlanPerson, PlanProduct, PlanStage
from khue.missions.rules.carry.contracts import Payment

FOUNDER, FOUNDED = SystemActor("Người lập"), date(2015, 1, 1)
OLD, NEW = date(2024, 3, 4), date(2026, 3, 2)
"""A day under the first generation of rules, and one under the third."""


BUDGET = [
    ("labour", "state", 1, 400_000_000),
    ("materials", "state", 1, 200_000_000),
    ("labour", "state", 2, 400_000_000),
    ("materials", "host", 1, 200_000_000),
]


@dataclass(frozen=True, slots=True)
class Mill:
    """Who takes part."""

    department: Unit
    division: Unit
    host: Unit
    elsewhere: Unit
    officer: User
    head: User
    division_officer: User
    worker: User
    stranger: User
    leader: User
    investigator: Person


def mill() -> Mill:
    """The department, a division of it, a lead organisation and a stranger."""
    city = _unit("Ủy ban nhân dân thành phố Hà Nội", Unit.Kind.AUTHORITY)
    department = _unit("Sở Khoa học và Công nghệ", Unit.Kind.DEPARTMENT, city)
    division = _unit("Phòng Quản lý khoa học", Unit.Kind.DIVISION, department)
    host, elsewhere = _unit("Viện Nghiên cứu Rau quả", "institute"), _unit("Viện Khác", "institute")
    who = {
        "officer": ("Trần Đức Minh", "officer", department), "head": ("Đỗ Thị Lan", "unit-head", department),
        "division_officer": ("Lý Thị Oanh", "officer", division), "worker": ("Phạm Thị Hòa", "officer", host),
        "stranger": ("Ngô Văn Xa", "officer", elsewhere), "leader": ("Vũ Minh Khuê", "leader", city),
    }  # fmt: skip
    users = dict(zip(who, _users(who.values()), strict=True))
    investigator = Person.objects.create(full_name="Phạm Thị Hòa", title="TS.")
    return Mill(department, division, host, elsewhere, **users, investigator=investigator)


def _unit(name: str, kind: str, parent: Unit | None = None) -> Unit:
    return add_unit(name=name, kind=kind, parent=parent, valid_from=FOUNDED, by=FOUNDER)


def _users(who: Iterable[tuple[str, str, Unit]]) -> list[User]:
    """Each by name, role and unit, in a few writes."""
    new = [
        NewUser(f"mill-{number}@khue.example", name, [NewRole(unit, role, FOUNDED)])
        for number, (name, role, unit) in enumerate(who, User.objects.count())
    ]
    return add_users(new, by=FOUNDER)


def plan_of(
    investigator: Person, *, months: int = 24, starts_on: date | None = None, lump_sum: str = "partial"
) -> Plan:
    """Two stages, two products, 1,000,000,000 đồng of the state over two years and 200,000,000 of the host."""
    plan = Plan.objects.create(
        type="technology-topic", name="Quy trình trồng rau an toàn trên đất nhiễm mặn nhẹ", months=months,
        starts_on=starts_on, lump_sum=lump_sum, answers={"objective": "Làm chủ quy trình."},
    )  # fmt: skip
    PlanPerson.objects.create(plan=plan, person=investigator, role="investigator", months=12, share=60)
    half = months // 2
    for number, (content, first, last) in enumerate(
        [("Điều tra hiện trạng", 1, half), ("Xây dựng mô hình", half + 1, months)], 1
    ):
        PlanStage.objects.create(plan=plan, number=number, content=content, from_month=first, to_month=last)
    PlanProduct.objects.create(plan=plan, number=1, kind="II", name="Quy trình trồng rau", quantity=1)
    PlanProduct.objects.create(plan=plan, number=2, kind="III", name="Mô hình 500 m²", quantity=2)
    for item, source, year, amount in BUDGET:
        PlanBudget.objects.create(plan=plan, item=item, source=source, year=year, amount=amount)
    return plan


def payments(signed_on: date) -> list[Payment]:
    """Three payments that add up to the plan's state money."""
    later = timedelta(days=10)
    return [
        Payment(signed_on + later, 500_000_000, ""),
        Payment(signed_on + 20 * later, 300_000_000, "Sau khi xác nhận kinh phí kỳ 1"),
        Payment(signed_on + 60 * later, 200_000_000, "Sau khi nghiệm thu"),
    ]


def waiting(here: Mill, day: date = OLD, **plan: object) -> Mission:
    """A mission that waits for its contract, begun on `day`."""
    with at(day):
        return begin(plan_of(here.investigator, starts_on=day, **plan), host=here.host, by=here.officer)  # type: ignore[arg-type]


def running(here: Mill, day: date = OLD, **plan: object) -> tuple[Mission, Contract]:
    """A mission whose contract was signed on `day`, with its first report opened."""
    mission = waiting(here, day, **plan)
    with at(day):
        contract = sign_contract(
            mission, sign=f"{mission.pk}/HĐ-SKHCN", signed_on=today(), payments=payments(today()), by=here.officer
        )
        open_reports()
    return Mission.objects.get(pk=mission.pk), contract


def carrying(here: Mill) -> Mill:
    """A mission runs under the newest rules."""
    running(here, NEW)
    return here


def half_paid(here: Mill) -> Mill:
    """A mission runs under the newest rules, and half of its money was paid a month after it began."""
    _mission, contract = running(here, NEW)
    day = NEW + timedelta(days=30)
    with at(day):
        pay(contract.instalments.all()[0], amount=500_000_000, paid_on=day, by=here.officer)
    return here
