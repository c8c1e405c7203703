"""Numbers that records get by themselves: one series a year, without gaps. Official documents get theirs from series
that a unit keeps, with reserved numbers and ones given back: `documents/actions/numbering.py`."""

from typing import Any

from django.db.models import Max, Model

from khue.core.locks import hold


def next_number(model: type[Model], year: int, *, number: str = "number", of: str = "year", **among: object) -> int:
    """The next one in the column `number` of the records of a year, of one unit only where `among` names it; nobody
    else gets one of that series until the transaction ends."""
    hold(f"{model._meta.label}:{number}:{year}:{among}")
    rows: Any = model._default_manager.filter(**{of: year}, **among)
    last: int | None = rows.aggregate(last=Max(number))["last"]
    return (last or 0) + 1
