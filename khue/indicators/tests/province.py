"""A small city with its department and some communes, for the tests of this app."""

from dataclasses import dataclass, field
from datetime import date

from khue.accounts.models import Membership, User
from khue.directory.models import Unit
from khue.indicators.actions.cycles import open_cycle
from khue.indicators.actions.periods import named
from khue.indicators.models import Cycle, ReportSet, UnitReport
from khue.indicators.rules.reports import for_action

LOCAL = "07-ctr-tu-local-quarter"
BEGAN = date(2015, 1, 1)


def account(name: str, role: str, unit: Unit) -> User:
    """A person with one role in one unit."""
    email = f"{name.lower().replace(' ', '.')}@khue.test"
    user = User.objects.create_user(email=email, full_name=name, password="x")
    Membership.objects.create(user=user, unit=unit, role=role, valid_from=BEGAN)
    return user


@dataclass
class Province:
    """The units and people of the tests."""

    city: Unit
    department: Unit
    division: Unit
    communes: list[Unit]
    officers: list[User] = field(default_factory=list)
    """One of each commune."""

    @property
    def officer(self) -> User:
        """Of the first commune."""
        return self.officers[0]

    def cycle(self, code: str = "2025-Q3") -> Cycle:
        """The local quarterly set, called for in a period."""
        return open_cycle(ReportSet.objects.get(code=LOCAL), named(code), by=self.receiver)

    def report(self, cycle: Cycle, commune: int = 0) -> UnitReport:
        """The report of one of the communes."""
        return for_action().get(cycle=cycle, unit=self.communes[commune])

    receiver: User = field(init=False)
    """An officer of a division of the department."""
    chief: User = field(init=False)
    """The head of the department."""
    head: User = field(init=False)
    """The head of the first commune."""


def province(communes: int = 3) -> Province:
    """The city, its department with a division, and communes that began in July 2025."""
    city = Unit.objects.create(name="Thành phố Thử", kind="authority", valid_from=BEGAN)
    department = Unit.objects.create(
        name="Sở Khoa học và Công nghệ", abbreviation="SKHCN", kind="department", parent=city, valid_from=BEGAN
    )
    division = Unit.objects.create(name="Phòng Kế hoạch", kind="division", parent=department, valid_from=BEGAN)
    names = ["An Bình", "Bắc Sơn", "Cẩm Hà", "Đại Lộc", "Ea Kar"][:communes]
    units = [
        Unit.objects.create(name=f"Xã {name}", kind="commune", parent=city, valid_from=date(2025, 7, 1))
        for name in names
    ]
    made = Province(city, department, division, units)
    made.officers = [account(f"Cán bộ {name}", "officer", unit) for name, unit in zip(names, units, strict=True)]
    made.receiver = account("Phạm Tổng Hợp", "officer", division)
    made.chief = account("Trần Giám Đốc", "unit-head", department)
    made.head = account("Lê Chủ Tịch", "unit-head", units[0])
    return made
