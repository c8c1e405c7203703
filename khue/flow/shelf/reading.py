"""From the files of one version to a Process, with every problem named."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal, TypeVar, cast

from khue.flow.shelf.provisions import read_paper, read_provisions, read_sheet
from khue.flow.shelf.table import Problem, Table
from khue.flow.shelf.values import (
    EMPTY,
    Deadline,
    Field,
    Form,
    Move,
    PaperForm,
    Party,
    Process,
    Reminder,
    Step,
    Who,
)

MAIN = "process.toml"
PROVISIONS = "provisions.toml"
T = TypeVar("T")
FIELD_KINDS = (
    "text", "paragraph", "date", "integer", "number", "money", "choice", "unit", "person", "flag", "rows",
)  # fmt: skip


def read(files: Mapping[str, str], where: str = "") -> tuple[Process, list[Problem]]:
    """The process that `files` (path inside the version's folder -> text) describe; it is usable only if no problem
    came with it. `where` is put before file names in problems."""
    problems: list[Problem] = []
    main = _open(files, MAIN, where, problems)
    process = Process(
        id=main.get("id", str),
        version=main.get("version", date),
        label=main.label("label"),
        start=main.get("start", str),
        verified=main.get("verified", bool, True),
        parties={name: _party(name, table) for name, table in main.tables("parties")},
        steps={name: _step(name, table) for name, table in main.tables("steps")},
        moves={name: _move(name, table) for name, table in main.tables("moves")},
        reminders=tuple(_reminder(table) for table in main.rows("reminder")),
        forms=_each("forms/", _form, files, where, problems),
        provisions=read_provisions(_open(files, PROVISIONS, where, problems)) if PROVISIONS in files else {},
        sheets=_each("criteria/", read_sheet, files, where, problems),
        papers=_each("papers/", _paper_of(files), files, where, problems),
    )
    main.get("like", str, "")
    main.close()
    return process, problems


def _paper_of(files: Mapping[str, str]) -> Callable[[str, Table], PaperForm]:
    """Reads a paper whose text stands beside it in `papers/<name>.txt`, where it is not in the file itself."""
    return lambda name, table: read_paper(name, table, files.get(f"papers/{name}.txt", ""))


def _each(
    folder: str, reader: Callable[[str, Table], T], files: Mapping[str, str], where: str, problems: list[Problem]
) -> dict[str, T]:
    """What `reader` makes of every file in `folder`, by the file's name."""
    return {
        path.removeprefix(folder).removesuffix(".toml"): reader(
            path.removeprefix(folder).removesuffix(".toml"), _open(files, path, where, problems)
        )
        for path in sorted(files)
        if path.startswith(folder) and path.endswith(".toml")
    }


def _open(files: Mapping[str, str], path: str, where: str, problems: list[Problem]) -> Table:
    values: dict[str, Any] = {}
    try:
        values = tomllib.loads(files[path])
    except KeyError:
        problems.append(Problem(where + path, "", "thiếu tệp này"))
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(where + path, "", f"không đọc được TOML: {error}"))
    return Table(where + path, "", values, problems)


def _party(name: str, table: Table) -> Party:
    kind = _one_of(table, "kind", ("unit", "person"))
    required, divisions = table.get("required", bool, True), table.names("divisions", ())
    party = Party(name, table.label(), cast(Literal["unit", "person"], kind), required, divisions)
    table.close()
    return party


def _step(name: str, table: Table) -> Step:
    staff = table.label("staff")
    terminal = _one_of(table, "terminal", ("", "done", "cancelled"), "")
    step = Step(
        name=name,
        staff=staff,
        public=table.label("public", staff),
        next=table.label("next", EMPTY if terminal else None),
        basis=table.basis(),
        holder=_who(table.sub("holder")) if "holder" in table.values else None,
        deadline=_deadline(table.sub("deadline")) if "deadline" in table.values else None,
        terminal=cast(Literal["", "done", "cancelled"], terminal),
    )
    table.close()
    return step


def _move(name: str, table: Table) -> Move:
    stays = table.get("stays", bool, False)
    move = Move(
        name=name,
        label=table.label("label"),
        sources=table.names("from"),
        target="" if stays else table.get("to", str),
        who=tuple(_who(row) for row in table.rows("who")),
        basis=table.basis(),
        guards=table.names("guards", ()),
        effects=table.names("effects", ()),
        needs_comment=table.get("needs_comment", bool, False),
        form=table.get("form", str, ""),
        primary=table.get("primary", bool, False),
        tell=table.names("tell", ()),
    )
    table.close()
    return move


def _who(table: Table) -> Who:
    who = Who(table.get("party", str, ""), table.names("roles", ()), table.get("system", bool, False))
    table.close()
    return who


def _deadline(table: Table) -> Deadline | None:
    basis = table.basis()
    kinds = [kind for kind in ("working_days", "days", "from") if kind in table.values]
    if len(kinds) != 1:
        table.problem("", 'cần đúng một trong: working_days, days, from = "due"')
        return None
    if kinds == ["from"]:
        _one_of(table, "from", ("due",))
        deadline = Deadline("due", 0, basis)
    else:
        kind = cast(Literal["working_days", "days"], kinds[0])
        deadline = Deadline(kind, table.get(kind, int), basis)
    table.close()
    return deadline


def _reminder(table: Table) -> Reminder:
    if ("before" in table.values) == ("after" in table.values):
        table.problem("", "cần đúng một trong: before, after (số ngày làm việc)")
    offset = -table.get("before", int, 0) if "before" in table.values else table.get("after", int, 0)
    reminder = Reminder(
        name=table.get("name", str),
        label=table.label("label"),
        offset=offset,
        whom=table.names("whom"),
        basis=table.basis(),
        steps=table.names("steps", ()),
        repeat=table.get("repeat", int, 0),
    )
    table.close()
    return reminder


def _form(name: str, table: Table) -> Form:
    form = Form(name, table.label("label"), tuple(_field(row) for row in table.rows("field")))
    table.close()
    return form


def _field(table: Table) -> Field:
    kind = _one_of(table, "kind", FIELD_KINDS)
    choices = {name: row.label() for name, row in table.tables("choices")}
    columns = tuple(_field(row) for row in table.rows("column"))
    if (kind == "rows") != bool(columns):
        table.problem("column", "chỉ câu hỏi kiểu rows mới có, và phải có, các cột")
    if (kind == "choice") != bool(choices):
        table.problem("choices", "chỉ câu hỏi kiểu choice mới có, và phải có, danh sách lựa chọn")
    found = Field(
        name=table.get("name", str),
        kind=cast(Any, kind),
        label=table.label("label"),
        required=table.get("required", bool, True),
        why=table.label("why"),
        example=table.label("example", EMPTY),
        choices=choices,
        columns=columns,
    )
    table.close()
    return found


def _one_of(table: Table, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
    value = table.get(key, str, default)
    if value not in allowed:
        if value:
            table.problem(key, f"phải là một trong: {', '.join(word for word in allowed if word)}")
        return allowed[0]
    return value
