"""Reads TOML tables key by key and notes every problem with its file and key, instead of stopping at the first."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from khue.flow.shelf.values import Basis, Label

T = TypeVar("T")
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong on the shelf; `key` is the path inside the file, such as `steps.assigned.holder`."""

    file: str
    key: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.text}" if self.key else f"{self.file}: {self.text}"


@dataclass(slots=True)
class Table:
    """A TOML table, where it stands, and the list that its problems go to."""

    file: str
    key: str
    values: Mapping[str, Any]
    problems: list[Problem] = field(repr=False)
    asked: set[str] = field(default_factory=set)

    def problem(self, key: str, text: str) -> None:
        """Notes that `key` of this table is wrong."""
        self.problems.append(Problem(self.file, self._path(key), text))

    def get(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The value of `key`; when it is missing without a default, or of another kind, an empty one and a problem."""
        self.asked.add(key)
        value = self.values.get(key, default)
        if value is None:
            self.problem(key, "thiếu khóa này")
        elif isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            return value
        else:
            self.problem(key, f"phải là {WORDS.get(kind, kind.__name__)}")
        return date.min if kind is date else kind()  # type: ignore[return-value]

    def names(self, key: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        """A list of names; one name may stand alone."""
        self.asked.add(key)
        value = self.values.get(key, default)
        rows = [value] if isinstance(value, str) else value
        if not isinstance(rows, list | tuple) or not all(isinstance(row, str) for row in rows):
            self.problem(key, "phải là một tên hoặc danh sách tên")
            return ()
        return tuple(rows)

    def sub(self, key: str, value: Any = None) -> "Table":
        """The table under `key` (an empty one, and a problem, when it is none)."""
        self.asked.add(key)
        value = self.values.get(key, {}) if value is None else value
        if not isinstance(value, dict):
            self.problem(key, "phải là một bảng")
            value = {}
        return Table(self.file, self._path(key), value, self.problems)

    def tables(self, key: str) -> Iterator[tuple[str, "Table"]]:
        """Named tables under `key`, in the file's order; a name must be lower-case-with-hyphens."""
        group = self.sub(key)
        for name in group.values:
            if not NAME.fullmatch(name):
                group.problem(name, "tên chỉ gồm chữ thường không dấu, số và gạch nối")
            yield name, group.sub(name)

    def rows(self, key: str) -> Iterator["Table"]:
        """The tables of a list `[[key]]`."""
        self.asked.add(key)
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self.problem(key, "phải là một danh sách bảng")
            return
        for number, row in enumerate(value, 1):
            yield self.sub(f"{key}[{number}]", row)

    def label(self, key: str = "", default: Label | None = None) -> Label:
        """A text in both languages: `key = { vi = "…", en = "…" }`, or the table's own `vi` and `en`."""
        if key and key not in self.values and default is not None:
            self.asked.add(key)
            return default
        table = self.sub(key) if key else self
        found = Label(table.get("vi", str), table.get("en", str))
        if key:
            table.close()
        return found

    def basis(self) -> Basis:
        """`basis = "house"` or `basis = { instrument = "…", article = "…", verified = false }`."""
        self.asked.add("basis")
        value = self.values.get("basis")
        if value == "house":
            return Basis("house")
        if value is None:
            self.problem("basis", 'thiếu căn cứ: ghi văn bản và điều, hoặc "house" nếu là quy định nội bộ')
            return Basis("house", verified=False)
        table = self.sub("basis", value)
        found = Basis(table.get("instrument", str), table.get("article", str, ""), table.get("verified", bool, True))
        table.close()
        return found

    def close(self) -> None:
        """Notes the keys that nobody asked for: most often a slip of the pen."""
        for key in self.values:
            if key not in self.asked:
                self.problem(key, "không có khóa nào tên như vậy")

    def _path(self, key: str) -> str:
        return ".".join(part for part in (self.key, key) if part)


WORDS: dict[type, str] = {str: "chữ", int: "số nguyên", bool: "true hoặc false", date: "ngày, như 2026-01-01"}
