"""The numbers of a council, from the version of the process that the judged cases are pinned to."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from khue.councils.counting import BREAKERS, PointsRules, QuorumRules, RatingRules
from khue.councils.models import Council
from khue.flow.shelf.law import by_rule
from khue.flow.shelf.values import Process, Provision, ScoreSheet

REPRESENTATIVE = "representative"
"""Somebody who sat in the council before this one on the same."""
ROLES = {"reviewers": "reviewer", "leader": "chair", "deputy": "vice-chair"}
PASS, POINTS, RATINGS, COLLECTIVE = "pass-share", "points", "ratings", "collective"


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the provisions `KIND-…` of one version say for one kind of council. A provision that the version does not
    have asks for nothing."""

    kind: str
    process: Process

    def provision(self, name: str) -> Provision | None:
        """The provision `KIND-name`, for telling people where a number comes from."""
        return self.process.provisions.get(f"{self.kind}-{name}")

    def number(self, name: str, default: int = 0) -> int:
        """The whole number of `KIND-name`."""
        found = self.provision(name)
        return found.value if found and isinstance(found.value, int) else default

    def share(self, name: str, default: Fraction = Fraction(0)) -> Fraction:
        """The share of `KIND-name`."""
        found = self.provision(name)
        return found.value if found and isinstance(found.value, Fraction) else default

    def names(self, name: str) -> tuple[str, ...]:
        """The list of names of `KIND-name`."""
        found = self.provision(name)
        return found.value if found and isinstance(found.value, tuple) else ()

    def by(self, name: str) -> str:
        """Where the number `KIND-name` comes from, to stand behind it; empty where the version has none."""
        found = self.provision(name)
        return f" {by_rule(found.basis)}" if found else ""

    @property
    def offices(self) -> tuple[str, ...]:
        """The roles without which no decision sets the council up: the chair, and those that the version names."""
        named = self.roles("offices") or self.roles("must-attend")
        return tuple(dict.fromkeys(("chair", *named)))

    @property
    def count(self) -> str:
        """How ballots are counted: one of PASS, POINTS, RATINGS, COLLECTIVE."""
        return next(iter(self.names("count")), COLLECTIVE)

    @property
    def secret(self) -> bool:
        """Whether nobody but the member may see a ballot."""
        return bool(self.number("secret"))

    @property
    def competes(self) -> bool:
        """Whether the subjects stand against each other, so that a conflict about one bars from all."""
        return self.count == POINTS

    def roles(self, name: str) -> tuple[str, ...]:
        """The roles of seats that `KIND-name` lists; the shelf calls those of a budget team leader and deputy."""
        return tuple(ROLES.get(role, role) for role in self.names(name) if role != REPRESENTATIVE)

    @property
    def is_team(self) -> bool:
        """Whether it is led by a leader and a deputy, as a budget team, not by a chair."""
        return "leader" in self.names("offices")

    @property
    def quorum(self) -> QuorumRules:
        """Who must be there."""
        return QuorumRules(self.share("present"), self.roles("must-attend"))

    @property
    def needs_representative(self) -> bool:
        """Whether somebody of the earlier council on the same must be there."""
        return REPRESENTATIVE in self.names("must-attend")

    @property
    def points(self) -> PointsRules:
        """The numbers of counting points."""
        return PointsRules(
            self.share("outlier"), self.number("threshold"), self.share("proposer-bonus"), self.share("zero")
        )

    @property
    def ties(self) -> tuple[str, ...]:
        """What tells applications of the same points apart, in the order in which it is asked."""
        return tuple(name for name in self.names("ties") if name in BREAKERS)

    @property
    def ratings(self) -> RatingRules:
        """The numbers of counting ratings."""
        return RatingRules(self.share("quantity"), self.share("excellent"), self.share("fail"), self.number("late"))

    def sheet(self, type_: str) -> ScoreSheet | None:
        """The scoring sheet for a mission type; None where nothing is scored. A process that several councils use
        has the sheets of all of them: only those of the council's way of counting are looked at."""
        wanted = {PASS: "pass", POINTS: "points", RATINGS: "rating"}.get(self.count, "")
        for sheet in self.process.sheets.values():
            if sheet.kind == wanted and (not sheet.types or not type_ or type_ in sheet.types):
                return sheet
        return None

    def bases(self) -> Mapping[str, Provision]:
        """Every provision of this kind, by its name without the kind."""
        start = f"{self.kind}-"
        return {
            name.removeprefix(start): found for name, found in self.process.provisions.items() if name.startswith(start)
        }


def numbers(council: Council) -> Numbers:
    """The numbers that `council` works under."""
    return Numbers(council.kind, council.process_version.definition)
