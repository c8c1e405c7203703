"""Who does something: a person who signed in, or a named part of the system."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@runtime_checkable
class Actor(Protocol):
    """A person or system actor, as the journal records them."""

    @property
    def actor_id(self) -> int | None:
        """The account's number; None for the system."""

    @property
    def actor_name(self) -> str:
        """The name shown in timelines, as it is today."""


@dataclass(frozen=True, slots=True)
class SystemActor:
    """A part of the system that acts by itself, such as the reminder job."""

    actor_name: str
    actor_id: None = None


CALENDAR = SystemActor("Lịch nhắc việc")
READER = SystemActor("Máy đọc văn bản")
IMPORTER = SystemActor("Nhập dữ liệu")
