"""Members for councils: how near to the best, and how fast, beside a greedy choice and a flow that knows no roles.

    python bench/assign.py [--small]

300 councils of nine seats and 2,000 experts (`--small`: 60 and 400), every pair with an affinity, two in a hundred in
conflict, loads of one to three councils, roles, a third of each council from outside, at most two of one unit. Four
tempers of the same city: affinity to four decimals; few loads to spare; few outside and many equal affinities; most
pairs unknown. `greedy` goes through the pairs from the best down and keeps every rule; `flow` is OR-tools' min-cost
flow over all pairs, which keeps loads and conflicts but knows neither roles nor quotas: its affinity is more than
anybody can have. The last line on standard output is one JSON object.
"""

import argparse
import json
import os
import resource
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow

from khue.councils.assigning.faults import faults
from khue.councils.assigning.problem import MEMBER, Changes, Council, Expert, Problem, Seat
from khue.councils.assigning.seating import seat
from khue.councils.assigning.solving import cost_of, solve

SEATS, TOPICS, UNITS = 9, 40, 150
ROLES = {"chair": (1, 0.3), "reviewer": (2, 0.5), "secretary": (1, 0.3)}
"""Seats of a council, and the share of experts who can take the role."""
SCALE = 10_000
LIMITS = {"slowest_s": 20.0, "widest_gap_percent": 0.1, "memory_mb": 1000.0}


@dataclass(frozen=True, slots=True)
class Temper:
    """What makes one problem unlike another."""

    name: str
    loads: tuple[int, ...] = (1, 2, 3)
    outside: float = 0.5
    digits: int = 4
    least: float = 0.0
    """Pairs below this affinity are unknown, and count nothing."""


TEMPERS = (
    Temper("dense"),
    Temper("tight", loads=(1, 1, 1, 2, 2)),
    Temper("few outside, ties", outside=0.34, digits=1),
    Temper("sparse", least=0.45, digits=2),
)


def city(temper: Temper, councils: int, experts: int) -> Problem:
    """A problem of this temper, always the same."""
    dice = np.random.default_rng(2026)
    known, asked = dice.dirichlet(np.full(TOPICS, 0.12), experts), dice.dirichlet(np.full(TOPICS, 0.1), councils)
    known /= np.linalg.norm(known, axis=1, keepdims=True)
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    fit = np.round(0.7 * asked @ known.T + 0.3 * dice.random((councils, experts)), temper.digits)
    can = {role: dice.random(experts) < share for role, (_, share) in ROLES.items()}
    unit, load = dice.integers(0, UNITS, experts), dice.choice(temper.loads, experts)
    roles = {role: seats for role, (seats, _) in ROLES.items()}
    people = tuple(
        Expert(
            f"e{e}", int(load[e]), frozenset(r for r in can if can[r][e]), f"u{unit[e]}",
            bool(unit[e] < temper.outside * UNITS),
        )
        for e in range(experts)
    )  # fmt: skip
    worth = {(f"c{c}", f"e{e}"): float(fit[c, e]) for c, e in np.argwhere(fit >= temper.least)}
    barred = {(f"c{c}", f"e{e}"): "họ hàng" for c, e in np.argwhere(dice.random(fit.shape) < 0.02)}
    return Problem(tuple(Council(f"c{c}", SEATS, roles, 3) for c in range(councils)), people, worth, barred, 2)


def greedy(problem: Problem) -> list[Seat]:
    """Named seats first, each time the best pair that breaks no rule."""
    experts = {expert.id: expert for expert in problem.experts}
    left = {(council.id, role): seats for council in problem.councils for role, seats in council.seats.items()}
    room = {council.id: council.size - council.min_outside for council in problem.councils}
    load, units, taken, found = Counter[str](), Counter[tuple[str, str | None]](), set(), []
    pairs = {(council.id, expert.id): 0.0 for council in problem.councils for expert in problem.experts}
    pairs.update(problem.affinity)
    order = sorted((pair for pair in pairs if pair not in problem.conflicts), key=lambda pair: -pairs[pair])
    for roles in (tuple(ROLES), (MEMBER,)):
        for council, name in order:
            expert = experts[name]
            role = next((r for r in roles if left[council, r] and expert.may_take(r)), None)
            full = load[name] >= expert.max_load or units[council, expert.unit] >= (problem.max_same_unit or SEATS)
            if role is None or full or (council, name) in taken or (not expert.outside and not room[council]):
                continue
            found.append(Seat(council, name, role))
            taken.add((council, name))
            left[council, role] -= 1
            load[name] += 1
            units[council, expert.unit] += 1
            room[council] -= not expert.outside
    return found


def flow(problem: Problem) -> list[Seat]:
    """The most affinity where everyone could be everything."""
    councils = {council.id: index for index, council in enumerate(problem.councils)}
    experts = {expert.id: len(councils) + index for index, expert in enumerate(problem.experts)}
    pairs = [(c, e) for c in councils for e in experts if (c, e) not in problem.conflicts]
    network = min_cost_flow.SimpleMinCostFlow()
    worth = [-round(SCALE * problem.affinity.get(pair, 0.0)) for pair in pairs]
    ends = [councils[c] for c, _ in pairs], [experts[e] for _, e in pairs]
    arcs = network.add_arcs_with_capacity_and_unit_cost(*ends, [1] * len(pairs), worth)
    sink = len(councils) + len(experts)
    for expert in problem.experts:
        network.add_arc_with_capacity_and_unit_cost(experts[expert.id], sink, expert.max_load, 0)
    supply = [*(council.size for council in problem.councils), *([0] * len(experts))]
    network.set_nodes_supplies(list(range(sink + 1)), [*supply, -sum(supply)])
    network.solve_max_flow_with_min_cost()
    return [Seat(*pairs[index], MEMBER) for index in np.flatnonzero(network.flows(arcs))]


def affinity(problem: Problem, seats: list[Seat]) -> float:
    return sum(problem.affinity.get((seat.council, seat.expert), 0.0) for seat in seats)


def unlawful(problem: Problem, seats: list[Seat]) -> int:
    """How many councils could not meet with the people given: a role or a quota is not kept."""
    experts = {expert.id: expert for expert in problem.experts}
    wrong = 0
    for council in problem.councils:
        roles = seat([experts[given.expert] for given in seats if given.council == council.id], council.seats)
        alone = replace(problem, councils=(council,))
        wrong += len(roles) < council.size or bool(
            faults(alone, [Seat(council.id, expert, role) for expert, role in roles.items()])
        )
    return wrong


def timed(work: Callable[[], Any], rounds: int) -> tuple[Any, float]:
    """The answer, and the median of the seconds it took."""
    seconds = []
    for _ in range(rounds):
        begun = time.perf_counter()
        answer = work()
        seconds.append(time.perf_counter() - begun)
    return answer, statistics.median(seconds)


def measure(temper: Temper, councils: int, experts: int, rounds: int) -> dict[str, Any]:
    """One problem, answered in three ways; and what it costs to send one member of the answer away."""
    problem = city(temper, councils, experts)
    plan, ours_s = timed(lambda: solve(problem), rounds)
    assert not faults(problem, plan.assignments)
    peers = {name: timed(partial(peer, problem), rounds) for name, peer in {"greedy": greedy, "flow": flow}.items()}
    away = Changes(forbidden=((plan.assignments[0].council, plan.assignments[0].expert),))
    change, change_s = timed(lambda: cost_of(problem, away, plan), 1)
    found: dict[str, Any] = {
        "status": plan.status,
        "seats": len(plan.assignments),
        "affinity": round(plan.objective, 4),
        "bound": round(plan.bound, 4),
        "gap_percent": round(100 * (plan.bound - plan.objective) / max(abs(plan.bound), 1e-9), 6),
        "s": round(ours_s, 2),
        "lost_by_a_change": round(-change.difference, 4),
        "cost_of_change_s": round(change_s, 2),
    }
    for name, (seats, seconds) in peers.items():
        found[name] = {"seats": len(seats), "affinity": round(affinity(problem, seats), 4), "s": round(seconds, 2)}
    found["flow"]["unlawful_councils"] = unlawful(problem, peers["flow"][0])
    print(f"{temper.name:18} {plan.status:9} {found['affinity']:>10} of {found['bound']:>10}  {ours_s:6.1f} s")
    for name in peers:
        peer = found[name]
        print(f"{'':10}{name:8} {peer['seats']:9} {peer['affinity']:>10} {'':13} {peer['s']:6.1f} s")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="60 councils and 400 experts")
    small = parser.parse_args().small
    sizes = (60, 400, 2) if small else (300, 2000, 3)
    results = {temper.name: measure(temper, *sizes) for temper in TEMPERS}
    values = {
        "slowest_s": max(found["s"] for found in results.values()),
        "widest_gap_percent": max(found["gap_percent"] for found in results.values()),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    targets = {
        name: {"value": values[name], "limit": limit, "met": values[name] <= limit} for name, limit in LIMITS.items()
    }
    machine = {"cores": os.cpu_count()}
    print(json.dumps({"bench": "assign", "machine": machine, "results": results, "targets": targets}))


if __name__ == "__main__":
    main()
