"""The assignment as a linear programme over the pairs looked at so far, with a bound that holds for all pairs.

A variable tells whether an expert sits on a council. Seats of named roles are filled by classes of experts who can
take the same roles, so that the programme stays as small as the pairs. Every rule about numbers is an upper limit and
empty seats are allowed: there is always an answer, and what is aimed at decides how many seats it fills. Rules about
units are written only where they would be broken; pairs come in only where their price says that they could gain.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
from ortools.math_opt.python import mathopt

from khue.councils.assigning.problem import MEMBER
from khue.councils.assigning.tables import Flags, Floats, Kind, Tables

NEGLIGIBLE = 1e-7
"""Below this a share is none: solvers keep their promises to about a hundredth of it."""
LIVELY = mathopt.SolveParameters(lp_algorithm=mathopt.LPAlgorithm.DUAL_SIMPLEX)
"""Measured on 300 councils and 2,000 experts: three times as fast as primal simplex from the start."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What one seat, one named seat and one unit of affinity are worth."""

    seat: float = 0.0
    named: float = 0.0
    affinity: float = 0.0


@dataclass(frozen=True, slots=True)
class Shares:
    """An answer: the share of each pair, and the price of every pair with the bound that the prices prove."""

    share: Floats
    value: float
    gain: Floats
    """What the bound would change by with one more of a pair; never above zero for a pair left out of the optimum."""
    bound: float

    @property
    def whole(self) -> bool:
        """Whether every share is all or nothing."""
        return bool(np.all(np.abs(self.share - np.round(self.share)) < NEGLIGIBLE * 10))


@dataclass(slots=True)
class Relaxation:
    """One programme, solved again and again with more pairs and more rules."""

    tables: Tables
    looked_at: Flags
    aim: Aim = field(default_factory=Aim)
    model: mathopt.Model = field(init=False)
    solver: mathopt.IncrementalSolver = field(init=False)
    pairs: dict[tuple[int, int], mathopt.Variable] = field(init=False, default_factory=dict)
    fills: list[tuple[int, str, int, mathopt.Variable]] = field(init=False, default_factory=list)
    """Council, role, class, and how many of the class take the role."""
    seat_rows: list[mathopt.LinearConstraint] = field(init=False)
    member_rows: list[mathopt.LinearConstraint] = field(init=False)
    inside_rows: list[mathopt.LinearConstraint] = field(init=False)
    load_rows: list[mathopt.LinearConstraint] = field(init=False)
    role_rows: dict[tuple[int, str], mathopt.LinearConstraint] = field(init=False, default_factory=dict)
    class_rows: dict[tuple[int, int], mathopt.LinearConstraint] = field(init=False, default_factory=dict)
    unit_rows: dict[tuple[int, int], mathopt.LinearConstraint] = field(init=False, default_factory=dict)
    floors: list[mathopt.LinearConstraint] = field(init=False, default_factory=list)
    kind_of: dict[int, Kind] = field(init=False)

    def __post_init__(self) -> None:
        self.model = mathopt.Model()
        self.model.objective.is_maximize = True
        given = self.tables
        limit = self.model.add_linear_constraint
        self.seat_rows = [limit(ub=float(size)) for size in given.size]
        self.inside_rows = [limit(ub=float(room)) for room in given.inside_room]
        self.member_rows = [limit(ub=float(seats[MEMBER])) for seats in given.seats]
        self.load_rows = [limit(ub=float(max(load, 0))) for load in given.load]
        self.kind_of = {int(council): kind for kind in given.kinds for council in kind.councils}
        for council, kind in self.kind_of.items():
            self._add_fills(council, kind)
        self.add(self.looked_at)
        self.solver = mathopt.IncrementalSolver(self.model, mathopt.SolverType.GLOP)

    def _add_fills(self, council: int, kind: Kind) -> None:
        for role in kind.roles:
            self.role_rows[council, role] = self.model.add_linear_constraint(ub=float(self.tables.seats[council][role]))
        for number, pattern in enumerate(kind.patterns):
            self.class_rows[council, number] = self.model.add_linear_constraint(ub=0.0)
            for role in pattern:
                fill = self.model.add_variable(lb=0.0)
                self.role_rows[council, role].set_coefficient(fill, 1)
                self.class_rows[council, number].set_coefficient(fill, 1)
                self.member_rows[council].set_coefficient(fill, -1)
                self.fills.append((council, role, number, fill))

    def add(self, mask: Flags) -> None:
        """Look at more pairs."""
        given = self.tables
        for council, expert in np.argwhere(mask & given.allowed).tolist():
            if (council, expert) in self.pairs:
                continue
            share = self.pairs[council, expert] = self.model.add_variable(lb=0.0, ub=1.0)
            worth = self.aim.seat + self.aim.affinity * given.affinity[council, expert]
            self.model.objective.set_linear_coefficient(share, float(worth))
            for row in self._rows_of(council, expert):
                row.set_coefficient(share, 1)
            number = int(self.kind_of[council].class_of[expert])
            if number >= 0:
                self.class_rows[council, number].set_coefficient(share, -1)
        self.looked_at = self.looked_at | (mask & given.allowed)

    def _rows_of(self, council: int, expert: int) -> Iterator[mathopt.LinearConstraint]:
        yield self.seat_rows[council]
        yield self.member_rows[council]
        yield self.load_rows[expert]
        if self.tables.inside[expert]:
            yield self.inside_rows[council]
        unit = (council, int(self.tables.unit[expert]))
        if unit in self.unit_rows:
            yield self.unit_rows[unit]

    def aim_at(self, aim: Aim) -> None:
        """Change what is sought."""
        self.aim = aim
        for (council, expert), share in self.pairs.items():
            worth = aim.seat + aim.affinity * self.tables.affinity[council, expert]
            self.model.objective.set_linear_coefficient(share, float(worth))
        for *_, fill in self.fills:
            self.model.objective.set_linear_coefficient(fill, aim.named)

    def require(self, seats: int, named: int) -> None:
        """From now on fill so many seats and so many named ones at least."""
        floors = [self.model.add_linear_constraint(lb=float(least)) for least in (seats, named)]
        for share in self.pairs.values():
            floors[0].set_coefficient(share, 1)
        for *_, fill in self.fills:
            floors[1].set_coefficient(fill, 1)
        self.floors = floors

    def solve(self) -> Shares:
        """The best shares of the pairs looked at, and the prices that follow."""
        result = self.solver.solve(params=LIVELY)
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            raise RuntimeError(f"the linear programme came back {result.termination.reason}")
        gain, bound = self._prices(result)
        return Shares(self._shares(result), result.objective_value(), gain, bound)

    def whole(self, hint: Flags, seconds: float, keep: Flags, drop: Flags | None = None) -> tuple[Flags, float]:
        """Whole seats instead of shares, among the pairs looked at: the best found in the time, and its bound.

        `hint` is given back where nothing is found; pairs of `keep` and `drop` are settled beforehand.
        """
        shares = list(self.pairs.values())
        kept = [share for pair, share in self.pairs.items() if keep[pair]]
        dropped = [share for pair, share in self.pairs.items() if drop is not None and drop[pair]]
        for share in shares:
            share.integer = True
        for share in kept:
            share.lower_bound = 1.0
        for share in dropped:
            share.upper_bound = 0.0
        try:
            # Only HiGHS or SCIP come with every build; SCIP takes hints and proves to the last digit.
            result = mathopt.solve(
                self.model,
                mathopt.SolverType.GSCIP,
                params=mathopt.SolveParameters(time_limit=timedelta(seconds=seconds), relative_gap_tolerance=0.0),
                model_params=mathopt.ModelSolveParameters(
                    solution_hints=[
                        mathopt.SolutionHint({share: float(hint[pair]) for pair, share in self.pairs.items()})
                    ]
                ),
            )
        finally:
            for share in shares:
                share.integer = False
            for share in kept:
                share.lower_bound = 0.0
            for share in dropped:
                share.upper_bound = 1.0
        if not result.has_primal_feasible_solution():
            return hint, np.inf
        return self._shares(result) > 0.5, result.dual_bound()

    def limit_units(self, share: Floats) -> bool:
        """Write the rules about units that the shares break; whether there were any."""
        given = self.tables
        broken = False
        if given.same_unit is None:
            return False
        councils, experts = np.nonzero((share > NEGLIGIBLE) & (given.unit >= 0)[None, :])
        sums = np.zeros((len(given.size), int(given.unit.max(initial=-1)) + 1))
        np.add.at(sums, (councils, given.unit[experts]), share[councils, experts])
        least = given.same_unit - max(given.same_unit_taken.values(), default=0)
        for council, unit in np.argwhere(sums > least + NEGLIGIBLE * 10).tolist():
            room = given.unit_room(council, unit)
            if sums[council, unit] > room + NEGLIGIBLE * 10 and (council, unit) not in self.unit_rows:
                row = self.unit_rows[council, unit] = self.model.add_linear_constraint(ub=float(room))
                for expert in np.flatnonzero(given.unit == unit).tolist():
                    if (council, expert) in self.pairs:
                        row.set_coefficient(self.pairs[council, expert], 1)
                broken = True
        return broken

    def _shares(self, result: mathopt.SolveResult) -> Floats:
        share = np.zeros_like(self.tables.affinity)
        if self.pairs:
            rows, columns = zip(*self.pairs, strict=True)
            share[list(rows), list(columns)] = result.variable_values(list(self.pairs.values()))
        return share

    def _prices(self, result: mathopt.SolveResult) -> tuple[Floats, float]:
        """What each pair would gain at the prices of the rules, and what no assignment at all can exceed.

        The bound is Lagrange's: every rule is given up for its price. It holds whatever the prices are.
        """
        given, aim = self.tables, self.aim
        bound = 0.0

        def prices(rows: list[mathopt.LinearConstraint]) -> Floats:
            nonlocal bound
            found = np.maximum(np.array(result.dual_values(rows), dtype=np.float64), 0.0)
            bound += float(found @ np.array([row.upper_bound for row in rows]))
            return found

        seat, member, inside = prices(self.seat_rows), prices(self.member_rows), prices(self.inside_rows)
        gain = aim.affinity * given.affinity + aim.seat - (seat + member)[:, None] - prices(self.load_rows)[None, :]
        gain -= inside[:, None] * given.inside[None, :]
        role = dict(zip(self.role_rows, prices(list(self.role_rows.values())), strict=True))
        klass = dict(zip(self.class_rows, prices(list(self.class_rows.values())), strict=True))
        floors = [max(-float(price), 0.0) for price in result.dual_values(self.floors)] if self.floors else [0.0, 0.0]
        bound -= sum(price * row.lower_bound for price, row in zip(floors, self.floors, strict=False))
        gain += floors[0]
        for council, wanted, number, _ in self.fills:
            worth = aim.named + floors[1] + member[council] - role[council, wanted] - klass[council, number]
            bound += max(worth, 0.0) * given.seats[council][wanted]
        for council, kind in self.kind_of.items():
            of_class = np.array([*(klass[council, number] for number in range(len(kind.patterns))), 0.0])
            gain[council] += of_class[kind.class_of]
        for (council, unit), price in zip(self.unit_rows, prices(list(self.unit_rows.values())), strict=True):
            gain[council, given.unit == unit] -= price
        gain[~given.allowed] = -np.inf
        return gain, bound + float(np.maximum(gain, 0.0).sum())
