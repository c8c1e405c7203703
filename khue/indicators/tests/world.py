"""A city with the quarterly figures of programme 07-CTr/TU, and the people who report and receive them."""

from dataclasses import dataclass
from datetime import date

from khue.accounts.models import Membership, User
from khue.core.actors import CALENDAR, SystemActor
from khue.directory.actions.units import add_unit
from khue.directory.models import Person, Unit
from khue.flow.actions import load_shelf
from khue.indicators.actions.cycles import open_cycle
from khue.indicators.actions.definitions import load_programmes
from khue.indicators.actions.periods import ensure
from khue.indicators.models import Cycle, Indicator, Period, ReportSet, UnitReport

LONG_AGO = date(2015, 1, 1)
DAY = date(2025, 9, 15)
"""Figures of quarter III of 2025 end on 14/09; reports are due two working days later."""
QUARTER = "2025-Q3"


@dataclass(slots=True)
class World:
    """What the tests talk about."""

    department: Unit
    lang: Unit
    giang_vo: Unit
    officer: User
    colleague: User
    head: User
    other: User
    receiver: User
    decider: User
    cycle: Cycle

    @property
    def report(self) -> UnitReport:
        """The report of phường Láng, as it is now."""
        return UnitReport.objects.get(cycle=self.cycle, unit=self.lang)


def build() -> World:
    """The city on `DAY`, its quarter called for. The clock has to stand there."""
    load_shelf()
    load_programmes()
    city = unit("UBND Thành phố Hà Nội", None, Unit.Kind.AUTHORITY)
    department = unit("Sở Khoa học và Công nghệ", city, Unit.Kind.DEPARTMENT)
    lang = unit("UBND phường Láng", city, Unit.Kind.COMMUNE)
    giang_vo = unit("UBND phường Giảng Võ", city, Unit.Kind.COMMUNE)
    return World(
        department, lang, giang_vo, account("Phạm Ngọc Mai", "officer", lang),
        account("Lê Thu Trang", "officer", lang), account("Vũ Hồng Sơn", "unit-head", lang),
        account("Ngô Văn Bình", "officer", giang_vo), account("Trần Đức Minh", "officer", department),
        account("Đỗ Thanh Hà", "unit-head", department), opened(),
    )  # fmt: skip


def unit(name: str, parent: Unit | None, kind: str) -> Unit:
    """A unit that has been there for long."""
    return add_unit(by=SystemActor("Thử"), name=name, kind=kind, parent=parent, valid_from=LONG_AGO)


def account(name: str, role: str, at: Unit) -> User:
    """Somebody with a role in a unit."""
    person = Person.objects.create(full_name=name)
    user = User.objects.create_user(f"{name.replace(' ', '.').lower()}@example.vn", name, person=person)
    Membership.objects.create(user=user, unit=at, role=role, valid_from=LONG_AGO)
    return user


def period(code: str = QUARTER) -> Period:
    """A period by its code, made where it is not there yet."""
    ensure(int(code[:4]))
    return Period.objects.get(code=code)


def opened(code: str = QUARTER) -> Cycle:
    """The quarterly set of local units, called for."""
    return open_cycle(ReportSet.objects.get(code="07-ctr-tu-local-quarter"), period(code), by=CALENDAR)


def indicator(code: str) -> Indicator:
    """An indicator of the shelf by its code."""
    return Indicator.objects.get(code=code)
