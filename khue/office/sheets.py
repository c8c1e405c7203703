"""Excel in: a sheet is held against what is expected, trouble is named by row and column, nothing is saved."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from khue.core.cells import spoken, text
from khue.core.exchange import Field, Problem, Row
from khue.core.refusals import Refusal, Refused
from khue.language.reading import Unreadable, check
from khue.language.text import fold

Covered = set[tuple[int, int]]
_HEADER_SEARCHED = 20
_WIDEST = 200
"""Columns of a merged cell that are looked at: a title may be merged over the whole width of a sheet."""
_MARK = " *"
"""Behind the headers of columns that must be filled, in the template."""


@dataclass(slots=True)
class DryRun:
    """What would be imported and what stands in the way."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether it may be applied: something to import and no problem."""
        return bool(self.rows) and not self.problems


def read(data: bytes, name: str, fields: Sequence[Field]) -> DryRun:
    """Read the first sheet that has the expected header.

    Raises `Refused` when the file is no spreadsheet, or no row has all required headers; rows that are wholly empty
    are passed over, everything else that is wrong is a `Problem`.
    """
    for rows, covered in _sheets(data, name):
        for number, cells in enumerate(rows[:_HEADER_SEARCHED]):
            places = _places(cells, fields)
            if all(wanted.key in places for wanted in fields if wanted.required):
                return _body(rows, covered, number + 1, places, fields)
    wanted = ", ".join(f"“{wanted.label}”" for wanted in fields if wanted.required)
    sentence = _("No sheet of “%(name)s” has the columns %(wanted)s. Use the template file.")
    raise Refused(Refusal("sheet.columns-missing", sentence % {"name": name, "wanted": wanted}))


def _sheets(data: bytes, name: str) -> list[tuple[list[list[Any]], Covered]]:
    """The cells of each sheet, and which of them lie under a merged cell: only the first of those says anything."""
    try:
        check(data, name, allowed={"xlsx", "xls", "ods"})
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [book.get_sheet_by_name(sheet) for sheet in book.sheet_names]
        return [(sheet.to_python(skip_empty_area=False), _covered(sheet)) for sheet in sheets]
    except Unreadable as unreadable:
        raise Refused(Refusal(f"sheet.{unreadable.code}", unreadable.sentence)) from unreadable
    except CalamineError as damaged:
        sentence = _("“%(name)s” is not a readable spreadsheet. Open it in Excel and save it again as .xlsx.")
        raise Refused(Refusal("sheet.damaged", sentence % {"name": name})) from damaged


def _covered(sheet: CalamineSheet) -> Covered:
    return {
        (row, column)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        for row in range(top, bottom + 1)
        for column in range(left, min(right, left + _WIDEST) + 1)
        if (row, column) != (top, left)
    }


def _places(cells: Sequence[Any], fields: Sequence[Field]) -> dict[str, int]:
    """Which column holds which field, by its header."""
    numbered = reversed(list(enumerate(cells)))
    headers = {fold(text(cell).removesuffix(_MARK)): place for place, cell in numbered if str(cell).strip()}
    places = {}
    for wanted in fields:
        names = [fold(name) for label in wanted.labels for name in spoken(label)]
        found = next((headers[name] for name in names if name in headers), None)
        if found is not None:
            places[wanted.key] = found
    return places


def _body(
    rows: list[list[Any]], covered: Covered, first: int, places: dict[str, int], fields: Sequence[Field]
) -> DryRun:
    result = DryRun()
    for number, cells in enumerate(rows[first:], first + 1):
        if not any(str(cell).strip() for cell in cells):
            continue
        merged = [one for one in fields if covered and (number - 1, places.get(one.key, -1)) in covered]
        if merged:
            sentence = _("This cell is merged with the one above or beside it. Unmerge it and fill in every row.")
            result.problems += [Problem(number, one.label, sentence) for one in merged]
            continue
        values, problems = _row(number, cells, places, fields)
        result.problems += problems
        if not problems:
            result.rows.append(Row(number, values))
    return result


def _row(
    number: int, cells: list[Any], places: dict[str, int], fields: Sequence[Field]
) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems = []
    for wanted in fields:
        cell = cells[places[wanted.key]] if wanted.key in places and places[wanted.key] < len(cells) else ""
        if str(cell).strip() == "":
            values[wanted.key] = None
            if wanted.required:
                problems.append(Problem(number, wanted.label, _("This cell must not be empty.")))
            continue
        try:
            values[wanted.key] = wanted.parse(cell)
        except ValueError as reason:
            problems.append(Problem(number, wanted.label, str(reason)))
    return values, problems


def template(fields: Sequence[Field], examples: Sequence[Sequence[Any]] = ()) -> bytes:
    """An empty .xlsx with the expected header and example rows, to be filled in."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1})
    for place, wanted in enumerate(fields):
        sheet.set_column(place, place, 28)
        sheet.write_string(0, place, wanted.label + (_MARK if wanted.required else ""), bold)
    for number, example in enumerate(examples, 1):
        sheet.write_row(number, 0, [str(cell) if isinstance(cell, Promise) else cell for cell in example])
    book.close()
    return buffer.getvalue()
