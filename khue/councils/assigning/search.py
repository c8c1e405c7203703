"""The search: first all seats and the best affinity at once; where seats must stay empty, one aim after the other."""

import math
import time
from dataclasses import dataclass, replace

import numpy as np

from khue.councils.assigning.problem import MEMBER, Expert
from khue.councils.assigning.relaxation import NEGLIGIBLE, Aim, Relaxation, Shares
from khue.councils.assigning.seating import seat
from khue.councils.assigning.tables import Flags, Floats, Tables

SMALL = 20_000
"""So many pairs are all looked at from the start."""
PER_COUNCIL, PER_EXPERT, PER_CLASS = 15, 4, 3
"""The best pairs that a large search begins with. Measured: fewer need more rounds, more make each round slower."""
PER_ROUND = 15
"""Pairs that a council may add in one round."""
MOST = 40_000
"""Pairs that the search for whole seats is given at most."""
LEAST_SECONDS = 3.0
"""What the search for whole seats is given even where the time is over."""
ROUNDING = 1e-3
"""The share of the smallest step between two sums that is only the rounding of numbers."""
ALMOST = 0.02
"""A pair that would lose this part of the highest affinity may gain at the next prices: it comes in with the others.
Measured: half the rounds."""
NEAR = 1e-5
"""A relative distance to the bound that the search for whole seats makes up for by looking at more pairs."""
PROVEN = 1e-8
"""Relative distance to the bound that is only the rounding of numbers."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best assignment for an aim, and what none can exceed."""

    chosen: Flags
    value: float
    bound: float
    seats: int
    named: int

    @property
    def proven(self) -> bool:
        """Whether nothing better exists."""
        return self.bound - self.value <= PROVEN * max(1.0, abs(self.bound))


@dataclass(slots=True)
class Search:
    """One search, ending soon after `deadline` (as `time.monotonic` tells it)."""

    tables: Tables
    experts: tuple[Expert, ...]
    deadline: float
    relaxation: Relaxation
    decimals: int | None
    """Digits after the point that all affinities have, and so every sum of them."""

    @classmethod
    def of(cls, tables: Tables, experts: tuple[Expert, ...], seconds: float, start: Flags | None) -> "Search":
        """A search that begins with the pairs `start`, or with those of the highest affinity."""
        begin = _likely(tables) if start is None else start
        return cls(
            tables,
            experts,
            time.monotonic() + seconds,
            Relaxation(tables, begin & tables.allowed),
            _decimals(tables.affinity),
        )

    def run(self) -> tuple[Found, float, bool]:
        """The assignment, the bound on its affinity, and whether it is proven that no more seats can be filled."""
        total = int(self.tables.size.sum())
        worth = float(math.ceil(1 + 4 * np.abs(self.tables.affinity).max(initial=0.0)))
        first = self.best(Aim(seat=worth, named=worth, affinity=1.0))
        offset = worth * (first.seats + first.named)
        if first.seats == total:
            return first, first.bound - offset, True
        share = 1.0 + sum(sum(seats.values()) - seats[MEMBER] for seats in self.tables.seats)
        most = self.best(Aim(seat=share, named=1.0))
        if (most.seats, most.named) == (first.seats, first.named):
            return first, first.bound - offset, most.proven
        self.relaxation.require(most.seats, most.named)
        last = self.best(Aim(affinity=1.0), most.chosen)
        return last, last.bound, most.proven

    def best(self, aim: Aim, fallback: Flags | None = None) -> Found:
        """The best whole assignment for an aim."""
        self.relaxation.aim_at(aim)
        shares = self._priced()
        if shares.whole:
            return self._found(aim, shares.share > 0.5, shares.bound)
        return self._whole(aim, shares, fallback)

    def _priced(self) -> Shares:
        """Add rules and pairs until nothing is broken and nothing could gain, or the time is over."""
        while True:
            shares = self.relaxation.solve()
            broken = self.relaxation.limit_units(shares.share)
            gaining = (shares.gain > PROVEN) & ~self.relaxation.looked_at
            over = time.monotonic() > self.deadline or self._near(shares)
            if not broken and (over or not gaining.any()):
                return shares
            promising = (shares.gain > -self._almost()) & ~self.relaxation.looked_at
            self.relaxation.add(_highest(shares.gain, promising, PER_ROUND))

    def _almost(self) -> float:
        """What a pair may lose and still be worth looking at."""
        return ALMOST * self.relaxation.aim.affinity * float(np.abs(self.tables.affinity).max(initial=0.0)) - PROVEN

    def _near(self, shares: Shares) -> bool:
        """Whether whole seats must be searched anyhow, and dearer proof of the shares would hardly help that."""
        affinity = float(np.abs(self.tables.affinity * shares.share).sum())
        return not shares.whole and shares.bound - shares.value <= NEAR * affinity

    def _whole(self, aim: Aim, shares: Shares, fallback: Flags | None) -> Found:
        """Whole seats, with every pair that could still belong to something better."""
        found = self._settled(aim, shares, fallback)
        while True:
            if found.proven:
                return found
            # At these prices, a pair that loses more than the distance to the bound is in nothing better than what
            # is found, and one that gains more is in everything better.
            slack = (shares.bound - found.value) * (1 + PROVEN) + NEGLIGIBLE
            seconds = max(self.deadline - time.monotonic(), LEAST_SECONDS)
            chosen, inner = self.relaxation.whole(found.chosen, seconds, shares.gain > slack, shares.gain < -slack)
            left_out = shares.gain[~self.relaxation.looked_at].max(initial=-np.inf)
            bound = min(shares.bound, max(inner, shares.bound + min(float(left_out), 0.0)))
            found = self._better(self._found(aim, chosen, bound), found)
            missing = (shares.gain >= found.value - shares.bound) & ~self.relaxation.looked_at
            over = time.monotonic() > self.deadline or missing.sum() + len(self.relaxation.pairs) > MOST
            if found.proven or over or not missing.any():
                return found
            self.relaxation.add(missing)
            self._limit_all_units()

    def _settled(self, aim: Aim, shares: Shares, fallback: Flags | None) -> Found:
        """A quick whole answer: who has a whole seat keeps it, only the shared seats are given anew."""
        self._limit_all_units()
        given = np.zeros_like(self.tables.allowed) if fallback is None else fallback
        chosen, _ = self.relaxation.whole(given, LEAST_SECONDS, shares.share > 1 - NEGLIGIBLE)
        return self._better(self._found(aim, chosen, shares.bound), self._found(aim, given, shares.bound))

    def _limit_all_units(self) -> None:
        """Write every rule about units that the pairs looked at could break."""
        self.relaxation.limit_units(self.relaxation.looked_at.astype(np.float64))

    def _better(self, one: Found, other: Found) -> Found:
        """The better of two answers, with the lower of their bounds."""
        better = one if one.value >= other.value else other
        return replace(better, bound=max(min(one.bound, other.bound), better.value))

    def _found(self, aim: Aim, chosen: Flags, bound: float) -> Found:
        seated = seats_of(chosen, self.tables, self.experts)
        named = sum(role != MEMBER for _, _, role in seated)
        affinity = float(self.tables.affinity[chosen].sum())
        value = aim.seat * len(seated) + aim.named * named + aim.affinity * affinity
        if self.decimals is not None:
            steps = 10**self.decimals
            bound = math.floor(bound * steps + ROUNDING) / steps
        return Found(chosen, value, max(bound, value), len(seated), named)


def seats_of(chosen: Flags, tables: Tables, experts: tuple[Expert, ...]) -> list[tuple[int, int, str]]:
    """Council, expert and role of everyone chosen; roles go to the best fitting first."""
    found = []
    for council, row in enumerate(chosen):
        columns = np.flatnonzero(row)
        order = sorted(columns.tolist(), key=lambda column: (-tables.affinity[council, column], column))
        roles = seat([experts[column] for column in order], tables.seats[council])
        found += [(council, column, roles[experts[column].id]) for column in order if experts[column].id in roles]
    return found


def _decimals(affinity: Floats) -> int | None:
    """How many decimals the affinities have; None when more than four."""
    for decimals in range(5):
        steps = affinity * 10**decimals
        if np.all(np.abs(steps - np.round(steps)) < PROVEN * np.maximum(1.0, np.abs(steps))):
            return decimals
    return None


def _likely(tables: Tables) -> Flags:
    """The pairs to begin with: the best of each council, of each expert, and of each class of experts."""
    if tables.allowed.size <= SMALL:
        return tables.allowed
    # Where many are equal, chance spreads them: else all councils would begin with the same few experts.
    noise = np.random.default_rng(0).random(tables.affinity.shape)
    score = tables.affinity + noise * 1e-6 * max(1.0, float(np.abs(tables.affinity).max()))
    mask = _highest(score, tables.allowed, PER_COUNCIL) | _highest(score.T, tables.allowed.T, PER_EXPERT).T
    for kind in tables.kinds:
        for number in range(-1, len(kind.patterns)):
            rows = np.ix_(kind.councils, np.flatnonzero(kind.class_of == number))
            mask[rows] |= _highest(score[rows], tables.allowed[rows], PER_CLASS)
    return mask


def _highest(score: Floats, among: Flags, number: int) -> Flags:
    """The `number` highest of each row, as far as there are so many."""
    if score.shape[1] <= number:
        return among
    order = np.argpartition(np.where(among, score, -np.inf), -number, axis=1)[:, -number:]
    mask = np.zeros_like(among)
    np.put_along_axis(mask, order, True, axis=1)
    return mask & among
