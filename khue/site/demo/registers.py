"""Registers of initiatives on paper that the communes of the demo city bring in, so that their figures are counted."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from khue.accounts.models import User
from khue.core.calendar import add_working_days
from khue.directory.models import Unit
from khue.indicators.models import Period
from khue.initiatives.actions.past import enter_past, past
from khue.initiatives.models import WHOLE, Initiative
from khue.site.demo.past_missions import FAMILY, GIVEN, MIDDLE

FILE = Path(__file__).with_name("registers.toml")
TYPICAL = Decimal("5.5")
"""Initiatives that a commune of middle size decides on in a quarter."""
REFUSED = 0.22
KIND = ("Ủy ban nhân dân ", "UBND ")


def bring_in(period: Period, communes: Mapping[Unit, Decimal], *, by: User) -> None:
    """What each commune decided on in a period, by its size; the same every time."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    chance = Random(period.code)  # noqa: S311 - initiatives of a demo
    enter_past([one for unit, size in communes.items() for one in _of(unit, size, period, told, chance)], by=by)


def _of(unit: Unit, size: Decimal, period: Period, told: Mapping[str, Any], chance: Random) -> Iterator[Initiative]:
    place = unit.name.removeprefix(KIND[0]).removeprefix(KIND[1])
    count = min(round(TYPICAL * size), len(told["titles"]))
    for number, (title, field) in enumerate(chance.sample(sorted(told["titles"].items()), count), 1):
        filed_on = period.first + timedelta(days=chance.randrange(40))
        refused = chance.random() < REFUSED
        yield past(
            unit=unit, title=title.format(place=place), field=field, authors=_authors(chance), number=None,
            certificate=None, first_applied_on=filed_on - timedelta(days=60), filed_on=filed_on,
            decided_on=add_working_days(filed_on, chance.randrange(12, 28)),
            decision_sign=f"{1000 + 20 * unit.pk + number}/{'TB' if refused else 'QĐ'}-UBND",
            reasons=told["refused"] if refused else "",
        )  # fmt: skip


def _authors(chance: Random) -> list[tuple[str, Decimal]]:
    names = [" ".join(chance.choice(part) for part in (FAMILY, MIDDLE, GIVEN)) for _one in range(2)]
    shares = [(WHOLE,), (Decimal(60), Decimal(40))][chance.random() < 0.3 and names[0] != names[1]]
    return list(zip(names, shares, strict=False))
