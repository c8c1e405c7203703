"""The budget of a mission as a table: item by source, year by year, planned, spent and confirmed. Whole đồng; every
total is the sum of what stands above it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Sum

from khue.flow.shelf.words import label_in, words
from khue.missions.models import Mission, Source, Spending
from khue.missions.rules.carry.reports import Key, planned_by_line


@dataclass(slots=True)
class Cell:
    """One budget line, or a sum of several."""

    planned: int = 0
    spent: int = 0
    confirmed: int = 0

    def add(self, other: "Cell") -> None:
        """Take another cell into this sum."""
        self.planned += other.planned
        self.spent += other.spent
        self.confirmed += other.confirmed

    @property
    def over(self) -> int:
        """How much more was spent than planned."""
        return max(0, self.spent - self.planned)


@dataclass(slots=True)
class Row:
    """One item from one source over all years."""

    label: str
    source: str
    years: list[Cell]
    total: Cell = field(default_factory=Cell)


@dataclass(slots=True)
class Budget:
    """The table. `by_source` and `total` have one cell a year, and then the total of all years."""

    years: list[int]
    rows: list[Row]
    by_source: list[Row]
    total: Row


def budget_of(mission: Mission) -> Budget:
    """The budget of the outline in force, with what was spent and confirmed: two queries."""
    cells = _cells(mission)
    years = sorted({year for _item, _source, year in cells})
    names = list(words("items"))
    pairs = sorted(
        {(item, source) for item, source, _year in cells},
        key=lambda pair: (Source.values.index(pair[1]), names.index(pair[0]) if pair[0] in names else len(names)),
    )
    rows = [
        _row(label_in("items", item), source, [cells.get((item, source, year), Cell()) for year in years])
        for item, source in pairs
    ]
    by_source = [_sum(source, [row for row in rows if row.source == source], years) for source in _sources(rows)]
    return Budget(years, rows, by_source, _sum("", rows, years))


def _cells(mission: Mission) -> dict[Key, Cell]:
    cells = {key: Cell(planned=amount) for key, amount in planned_by_line(mission).items()}
    reported = Spending.objects.filter(report__mission=mission, report__submitted_at__isnull=False).order_by()
    grouped = reported.values_list("item", "source", "year").annotate(spent=Sum("amount"), sure=Sum("confirmed"))
    for item, source, year, spent, sure in grouped:
        cell = cells.setdefault((item, source, year), Cell())
        cell.spent, cell.confirmed = int(spent), int(sure or 0)
    return cells


def _sources(rows: Iterable[Row]) -> list[str]:
    there = {row.source for row in rows}
    return [source for source in Source.values if source in there]


def _row(label: str, source: str, years: list[Cell]) -> Row:
    row = Row(label, source, years)
    for cell in years:
        row.total.add(cell)
    return row


def _sum(source: str, rows: Iterable[Row], years: list[int]) -> Row:
    sums = [Cell() for _year in years]
    for row in rows:
        for sum_, cell in zip(sums, row.years, strict=True):
            sum_.add(cell)
    return _row(str(Source(source).label) if source else "", source, sums)
