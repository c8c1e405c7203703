"""Passed or not: every criterion must be passed for a ballot to say yes, and enough ballots must."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class PassBallot:
    """One member's ballot: criterion -> passed."""

    seat: str
    passed: Mapping[str, bool]

    @property
    def yes(self) -> bool:
        """All criteria are passed; a ballot without any says no."""
        return bool(self.passed) and all(self.passed.values())


@dataclass(frozen=True, slots=True)
class PassCount:
    """How many said yes, of how many, and whether that is more than the share asked for."""

    yes: int
    of: int
    share: Fraction
    passed: bool
    by_criterion: Mapping[str, int]
    """Criterion -> how many ballots pass it: what a proposal has to mend."""


def count_passes(ballots: Sequence[PassBallot], *, more_than: Fraction) -> PassCount:
    """Count ballots that were handed in (Circular 06/2023/TT-BKHCN, article 12): passed when the share of yes is
    **more than** `more_than`. Without ballots nothing is passed."""
    yes = sum(ballot.yes for ballot in ballots)
    share = Fraction(yes, len(ballots)) if ballots else Fraction(0)
    criteria = dict.fromkeys(name for ballot in ballots for name in ballot.passed)
    return PassCount(
        yes=yes,
        of=len(ballots),
        share=share,
        passed=bool(ballots) and share > more_than,
        by_criterion={name: sum(ballot.passed.get(name, False) for ballot in ballots) for name in criteria},
    )
