"""What the demo city is made of, read from the files beside this one."""

import dataclasses
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclasses.dataclass(frozen=True, slots=True)
class Task:
    """Work that a leader gives. `weeks` is the time usually allowed for it."""

    field: str
    lead: str
    text: str
    product: str
    weeks: int
    support: list[str] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True)
class Written:
    """A task as a document gives it: to units by name, until a day."""

    task: Task
    lead: str
    support: tuple[str, ...]
    due: date

    @property
    def sentence(self) -> str:
        """The task in the words of a formal document."""
        support = f", phối hợp với {' và '.join(self.support)}" if self.support else ""
        return f"{self.lead} chủ trì{support} {self.task.text}; hoàn thành trước ngày {self.due:%d/%m/%Y}"


@cache
def city() -> dict[str, Any]:
    """Units and persons."""
    return tomllib.loads((HERE / "city.toml").read_text(encoding="utf-8"))


@cache
def tasks() -> list[Task]:
    """The stock of work that documents draw on."""
    return [Task(**row) for row in tomllib.loads((HERE / "tasks.toml").read_text(encoding="utf-8"))["task"]]
