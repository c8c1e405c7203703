"""What the doctor finds: a subject, how bad it is, and a sentence that says what to do."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["good", "minor", "bad"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`bad` keeps Khuê from doing its work; `minor` takes a part of it away."""

    level: Level
    subject: str
    sentence: str
