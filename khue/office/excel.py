"""Excel out: any list, with the same columns and filters the person saw."""

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, Generic, Literal, TypeVar, cast

import xlsxwriter
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from khue.core.clock import now
from khue.core.spreadsheet import LONGEST_SHEET
from khue.core.spreadsheet import Column as PlainColumn
from khue.language.text import fold

Row = TypeVar("Row")
Kind = Literal["text", "number", "decimal", "money", "date", "moment", "percent"]
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMATS: dict[Kind, dict[str, Any]] = {
    "text": {"text_wrap": True},
    "number": {"num_format": "#,##0"},
    "decimal": {"num_format": "#,##0.00"},
    "money": {"num_format": '#,##0 "₫"'},
    "date": {"num_format": "dd/mm/yyyy", "align": "center"},
    "moment": {"num_format": "dd/mm/yyyy hh:mm", "align": "center"},
    "percent": {"num_format": "0.0%"},
}
_WIDTHS: dict[Kind, int] = {
    "text": 36,
    "number": 12,
    "decimal": 12,
    "money": 20,
    "date": 13,
    "moment": 17,
    "percent": 10,
}


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column of a list. `value` takes a row; `meaning` is written on the sheet that explains the columns."""

    label: str
    value: Callable[[Row], Any]
    kind: Kind = "text"
    meaning: str = ""
    width: int | None = None
    total: bool = False
    """Whether the sum of the column stands under it."""


def workbook(
    title: str,
    columns: Sequence[Column[Row]],
    rows: Iterable[Row],
    *,
    filters: Mapping[str, str] | None = None,
    most: int | None = LONGEST_SHEET,
) -> bytes:
    """An .xlsx of `rows`: title, when it was made, the filters in words, the table, and a sheet explaining its columns.

    Text is always written as text, so nothing a person typed is run as a formula. Of more than `most` rows the first
    are written, and the sheet says so above them.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "remove_timezone": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(_sheet_name(title))
    first = _heading(book, sheet, title, filters or {})
    last = _table(book, sheet, first, columns, rows, most)
    sheet.freeze_panes(first + 1, 1)
    sheet.autofilter(first, 0, max(last, first + 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first)
    _explanation(book, columns)
    book.close()
    return buffer.getvalue()


@dataclass(frozen=True)
class PlainSheet:
    """A table as it stands in a document: its title, head and rows, numbers as numbers."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Any]]


def sheets(title: str, tables: Sequence[PlainSheet]) -> bytes:
    """An .xlsx with one sheet for each table."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "remove_timezone": True, "strings_to_formulas": False})
    for number, table in enumerate(tables, 1):
        sheet = book.add_worksheet(f"{number}. {_sheet_name(table.title)}"[:31])
        first = _heading(book, sheet, table.title, {})
        kinds = [_kind_of([row[place] for row in table.rows]) for place in range(len(table.head))]
        columns = [
            Column[Sequence[Any]](label, lambda row, place=place: row[place], kind)  # type: ignore[misc]
            for place, (label, kind) in enumerate(zip(table.head, kinds, strict=True))
        ]
        _table(book, sheet, first, columns, table.rows, LONGEST_SHEET)
        sheet.freeze_panes(first + 1, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    if not tables:
        book.add_worksheet(_sheet_name(title))
    book.close()
    return buffer.getvalue()


def _kind_of(values: Sequence[Any]) -> Kind:
    given = [value for value in values if value not in (None, "")]
    if given and all(isinstance(value, date) for value in given):
        return "date"
    numbers = [value for value in values if isinstance(value, int | float | Decimal)]
    if not numbers:
        return "text"
    return "number" if all(value == int(value) for value in numbers) else "decimal"


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip() or "Khuê"


def _heading(book: Any, sheet: Any, title: str, filters: Mapping[str, str]) -> int:
    """Write title, moment and filters; return the row where the table begins."""
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, _made())
    for offset, (label, value) in enumerate(filters.items()):
        sheet.write_string(2 + offset, 0, f"{label}: {value}")
    return 3 + len(filters)


def _made() -> str:
    return _("Made on %(moment)s") % {"moment": timezone.localtime(now()).strftime("%d/%m/%Y %H:%M")}


def _told(rows: Iterable[Row], most: int | None) -> Iterable[Row]:
    """As many as the sheet takes and one more, so that it knows of the rest; of a query no more is asked for."""
    if most is None:
        return rows
    return rows[: most + 1] if isinstance(rows, QuerySet) else islice(rows, most + 1)


def _table(
    book: Any, sheet: Any, first: int, columns: Sequence[Column[Row]], rows: Iterable[Row], most: int | None
) -> int:
    """Write header, rows and sums; return the number of the last row of data."""
    bold = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EEF4"}
    header = book.add_format({**bold, "align": "center"})
    formats = [book.add_format({"border": 1, "valign": "top", **_FORMATS[column.kind]}) for column in columns]
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width or _WIDTHS[column.kind])
        sheet.write_string(first, place, column.label, header)
    last = first
    for number, row in enumerate(_told(rows, most), 1):
        if number - 1 == most:
            said = _("Only the first %(most)s rows are here: narrow the list with its filters to get the others.")
            told = said % {"most": number_format(number - 1, force_grouping=True)}
            sheet.write_string(1, 0, f"{_made()}. {told}", book.add_format({"bold": True}))
            break
        last = first + number
        for place, column in enumerate(columns):
            _cell(sheet, last, place, column.value(row), formats[place])
    if last > first:
        for place, column in enumerate(columns):
            if column.total:
                span = xlsxwriter.utility.xl_range(first + 1, place, last, place)
                total = book.add_format({**bold, **_FORMATS[column.kind]})
                sheet.write_formula(last + 1, place, f"=SUBTOTAL(9,{span})", total)
    return last


def _cell(sheet: Any, row: int, place: int, value: Any, style: Any) -> None:
    match value:
        case None | "":
            sheet.write_blank(row, place, None, style)
        case bool():
            sheet.write_string(row, place, _("yes") if value else _("no"), style)
        case int() | float() | Decimal():
            sheet.write_number(row, place, value, style)
        case datetime():
            local = timezone.localtime(value) if timezone.is_aware(value) else value
            sheet.write_datetime(row, place, local.replace(tzinfo=None), style)
        case date():
            sheet.write_datetime(row, place, value, style)
        case _:
            sheet.write_string(row, place, str(value), style)


def _explanation(book: Any, columns: Sequence[Column[Row]]) -> None:
    explained = [column for column in columns if column.meaning and column.meaning != column.label]
    if not explained:
        return
    sheet = book.add_worksheet(_("Columns explained"))
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 90)
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, [_("Column"), _("Meaning")], bold)
    for row, column in enumerate(explained, 1):
        sheet.write_string(row, 0, column.label)
        sheet.write_string(row, 1, column.meaning)


def response(data: bytes, name: str) -> HttpResponse:
    """`data` as a download called `name`.xlsx."""
    answer = HttpResponse(data, content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def of_list(
    title: str, columns: Sequence[PlainColumn], rows: Iterable[Any], filters: Mapping[str, str]
) -> HttpResponse:
    """A list of the apps below as a download; they name their columns through `core.spreadsheet`."""
    own = [Column[Any](column.label, column.value, cast("Kind", column.kind)) for column in columns]
    return response(workbook(title, own, rows, filters=filters), slugify(fold(title)))
