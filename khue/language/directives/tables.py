# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Tables of tasks: columns "Nhiệm vụ | Cơ quan chủ trì | Phối hợp | Thời hạn", one directive a row."""

import re
from dataclasses import replace

from khue.language.dates import Period, periods
from khue.language.directives.model import Directive, Modality
from khue.language.directives.task import Order, Tasks
from khue.language.offices import Assignee, Offices
from khue.language.spelling import tidy
from khue.language.structure import Block, Page, trim

_COLUMNS = (
    ("support", re.compile(r"^(?:(?:cơ quan|đơn vị)[,/ ]*)*phối hợp|cùng thực hiện")),
    ("lead", re.compile(r"chủ trì|đầu mối|phân công|trách nhiệm|(?:cơ quan|đơn vị|người|nơi)\s.{0,20}thực hiện|tham mưu|phụ trách|^đơn vị$|^cơ quan$")),
    ("due", re.compile(r"thời gian|thời hạn|tiến độ|hoàn thành|^hạn|thời điểm")),
    ("task", re.compile(r"nhiệm vụ|nội dung|công việc|đầu việc|hoạt động|tên (?:đề án|văn bản|dự án)|giải pháp|chỉ đạo")),
)  # fmt: skip
_YEARS = re.compile(r"\s*(?:(?:giai đoạn|năm)\s+)?(20\d\d)(?:\s*[-–]\s*(20\d\d))?\s*$")
_NUMBER = re.compile(r"^[\s\d.ivxlc()a-z]{0,6}$", re.I)

Row = dict[int, list[Block]]


def read_table(page: Page, offices: Offices, tasks: Tasks, cells: list[Block], modality: Modality) -> list[Directive]:
    """The directives of one table; none when its head names no column of tasks."""
    rows = _rows(cells)
    head, columns = _head(page, rows)
    if "task" not in columns or not ({"lead", "due"} & columns.keys()):
        return []
    found: list[Directive] = []
    lead: tuple[Assignee, ...] = ()
    for number in sorted(rows):
        row = rows[number]
        if number <= head or not row.get(columns["task"]):
            continue
        if not any(row.get(column) for role, column in columns.items() if role != "task"):
            continue
        own = _names(page, offices, row.get(columns.get("lead", -1), []), "lead")
        lead = own or lead
        support = _names(page, offices, row.get(columns.get("support", -1), []), "support")
        order = Order((*lead, *support), modality, 0.9)
        due = row.get(columns.get("due", -1), [])
        found += [
            _timed(page, tasks, due, tasks.build(*span, order, span[0])) for span in _spans(page, row[columns["task"]])
        ]
    return found


def grouped(blocks: list[Block]) -> list[list[Block]]:
    """The cells of each table."""
    found: dict[int, list[Block]] = {}
    for block in blocks:
        if block.kind == "cell" and block.line is not None:
            found.setdefault(block.line.table, []).append(block)
    return list(found.values())


def _rows(cells: list[Block]) -> dict[int, Row]:
    rows: dict[int, Row] = {}
    for block in cells:
        if block.line is not None:
            rows.setdefault(block.line.row, {}).setdefault(block.line.column, []).append(block)
    return rows


def _head(page: Page, rows: dict[int, Row]) -> tuple[int, dict[str, int]]:
    """The row that names the columns (one of the first three) and what each column holds."""
    best: tuple[int, dict[str, int]] = (-1, {})
    for number in sorted(rows)[:3]:
        columns: dict[str, int] = {}
        for column, blocks in sorted(rows[number].items()):
            words = " ".join(page.low[b.start : b.end] for b in blocks)
            role = next((role for role, pattern in _COLUMNS if len(words) < 80 and pattern.search(words)), None)
            if role and (role not in columns or (role == "task" and "nhiệm vụ" in words)):
                columns[role] = column
        if len(columns) > len(best[1]):
            best = number, columns
    return best


def _spans(page: Page, blocks: list[Block]) -> list[tuple[int, int]]:
    """The tasks in a cell: one for each line that begins with a bullet, else the whole cell."""
    bulleted = [b for b in blocks if page.plain[b.start] in "-+•"]
    if len(bulleted) < 2:
        return [trim(page, blocks[0].start, blocks[-1].end)]
    return [trim(page, b.start, b.end) for b in bulleted]


def _names(page: Page, offices: Offices, blocks: list[Block], role: str) -> tuple[Assignee, ...]:
    names: list[str] = []
    for block in blocks:
        at = block.start
        while at < block.end:
            listed, stop = offices.listed(at, block.end)
            names += listed
            rest = re.compile(r"[^,;\n]*[,;\n]\s*").match(page.plain, stop, block.end)
            at = rest.end() if rest else block.end
        if not names and not _NUMBER.match(page.plain[block.start : block.end]):
            names.append(tidy(page.plain[block.start : block.end]))
    return tuple(Assignee(name, "lead" if role == "lead" else "support") for name in dict.fromkeys(names))


def _timed(page: Page, tasks: Tasks, blocks: list[Block], directive: Directive) -> Directive:
    """The directive with the date of its row."""
    for block in blocks:
        period = _period(page, tasks, block)
        if period:
            return replace(directive, due=tasks.due(period), recurrence=period.recurrence)
    return directive


def _period(page: Page, tasks: Tasks, block: Block) -> Period | None:
    if period := tasks.deadline(block.start, block.end):
        return period
    if years := _YEARS.match(page.low, block.start, block.end):
        start, end = tasks.year(int(years[1]))[0], tasks.year(int(years[2] or years[1]))[1]
        return Period(block.start, block.end, start, end, "deadline")
    return next(periods(page.low, block.start, block.end, tasks.today), None)
