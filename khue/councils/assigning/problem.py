"""What is asked of an assignment, and what it answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

MEMBER = "member"
"""The role of every seat beyond the named ones; anyone can take it."""
ROLE_NAMES = {
    "chair": "chủ tịch",
    "vice-chair": "phó chủ tịch",
    "reviewer": "ủy viên phản biện",
    "secretary": "thư ký khoa học",
    MEMBER: "ủy viên",
}
Pair = tuple[str, str]
"""A council and an expert, by their identifiers."""


def role_name(role: str) -> str:
    """How sentences call a role."""
    return ROLE_NAMES.get(role, f"“{role}”")


class Refused(ValueError):
    """The problem or the change cannot be read; each sentence says what is wrong, where, and what to do."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))


@dataclass(frozen=True, slots=True)
class Council:
    """`size` counts all seats; `roles` tells how many of them are named; seats beyond are `member`."""

    id: str
    size: int
    roles: Mapping[str, int] = field(default_factory=dict)
    min_outside: int = 0
    topics: tuple[str, ...] = ()
    name: str = ""

    @property
    def label(self) -> str:
        """How sentences call it."""
        return self.name or self.id

    @property
    def named(self) -> dict[str, int]:
        """Seats of each role that an expert must be able to take."""
        return {role: seats for role, seats in self.roles.items() if role != MEMBER and seats}

    @property
    def seats(self) -> dict[str, int]:
        """Seats of each role, `member` last."""
        named = self.named
        return {**named, MEMBER: self.size - sum(named.values())}


@dataclass(frozen=True, slots=True)
class Expert:
    """`max_load` councils at most; `can` names roles; `outside` the department; `unit` None is bound by no quota."""

    id: str
    max_load: int
    can: frozenset[str] = frozenset()
    unit: str | None = None
    outside: bool = False
    name: str = ""
    unit_name: str = ""

    @property
    def label(self) -> str:
        """How sentences call them."""
        return self.name or self.id

    @property
    def unit_label(self) -> str:
        """How sentences call their unit."""
        return self.unit_name or self.unit or ""

    def may_take(self, role: str) -> bool:
        """Whether the role is theirs to take."""
        return role == MEMBER or role in self.can


@dataclass(frozen=True, slots=True)
class Problem:
    """Councils, experts, how well they fit, and who must not sit where. A pair without affinity counts 0."""

    councils: tuple[Council, ...]
    experts: tuple[Expert, ...]
    affinity: Mapping[Pair, float] = field(default_factory=dict)
    conflicts: Mapping[Pair, str] = field(default_factory=dict)
    max_same_unit: int | None = None

    def with_council(self, council: Council) -> "Problem":
        """The same with one council changed."""
        return replace(self, councils=tuple(council if each.id == council.id else each for each in self.councils))

    def with_expert(self, expert: Expert) -> "Problem":
        """The same with one expert changed, or added where there is none of that identifier."""
        others = [expert if each.id == expert.id else each for each in self.experts]
        return replace(self, experts=tuple(others if expert in others else [*others, expert]))


@dataclass(frozen=True, slots=True)
class Seat:
    """One expert on one council."""

    council: str
    expert: str
    role: str

    def as_json(self) -> dict[str, str]:
        """As `khue assign` writes it."""
        return {"council": self.council, "expert": self.expert, "role": self.role}


@dataclass(frozen=True, slots=True)
class Changes:
    """What an officer decides by hand: seats that are settled, and pairs that must not be."""

    forced: tuple[Seat, ...] = ()
    forbidden: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class WayOut:
    """One thing to do about a shortage; `amended` gives the problem in which it has been done."""

    sentence: str
    amended: Callable[[Problem], Problem]


@dataclass(frozen=True, slots=True)
class Shortage:
    """Seats of a role that stay empty in a council, why, and what would fill one of them."""

    council: str
    role: str
    by: int
    because: str
    ways_out: tuple[WayOut, ...]

    def as_json(self) -> dict[str, Any]:
        """As `khue assign` writes it."""
        ways = [way.sentence for way in self.ways_out]
        return {"council": self.council, "role": self.role, "by": self.by, "because": self.because, "ways_out": ways}


Status = Literal["optimal", "feasible", "infeasible"]


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer. `optimal` and `infeasible` are proven; no assignment of as many seats has more than `bound`.

    `looked_at` are the pairs the proof needed: a later search of nearly the same problem begins with them.
    """

    status: Status
    objective: float
    bound: float
    assignments: tuple[Seat, ...]
    short: tuple[Shortage, ...] = ()
    looked_at: frozenset[Pair] = frozenset()

    def as_json(self) -> dict[str, Any]:
        """As `khue assign` writes it."""
        return {
            "status": self.status,
            "objective": self.objective,
            "bound": self.bound,
            "assignments": [seat.as_json() for seat in self.assignments],
            "short": [shortage.as_json() for shortage in self.short],
        }


@dataclass(frozen=True, slots=True)
class Cost:
    """What a change by hand costs: `difference` in affinity (negative is a loss) and seats filled more or less."""

    difference: float
    seats: int
    plan: Plan
