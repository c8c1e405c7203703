"""Lists of the lower apps come out as Excel through the office, which stands higher and registers its writer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

LONGEST_SHEET = 50_000
"""Rows of a list that go into its Excel file; the file and the page say so when there are more."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its label, how to get the value from a row, and its kind (`text`, `number`, `date`…)."""

    label: str
    value: Callable[[Any], Any]
    kind: str = "text"


Writer = Callable[[str, Sequence[Column], Iterable[Any], Mapping[str, str]], HttpResponse]
_writers: list[Writer] = []


def written_by(writer: Writer) -> None:
    """Let `writer(title, columns, rows, filters)` make the files; called once, at start-up."""
    _writers[:] = [writer]


def answer(
    title: str, columns: Sequence[Column], rows: Iterable[Any], filters: Mapping[str, str] | None = None
) -> HttpResponse:
    """The list as a file to keep, with the filters that say something in its head."""
    told = {label: value for label, value in (filters or {}).items() if value}
    return _writers[0](title, columns, rows, told)
