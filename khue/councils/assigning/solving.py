"""Proposing members, and telling what a change by hand costs."""

from khue.councils.assigning.faults import check
from khue.councils.assigning.problem import Changes, Cost, Plan, Problem, Seat, Status
from khue.councils.assigning.shortages import shortages
from khue.councils.assigning.tables import mask_of, pairs_of, tables, total_affinity

SECONDS = 20.0
"""How long a search may go on before it gives the best it has."""
UNCHANGED = Changes()


def solve(
    problem: Problem, changes: Changes = UNCHANGED, *, seconds: float = SECONDS, start: Plan | None = None
) -> Plan:
    """Fill the seats of all councils with the highest affinity, or as many as can be filled.

    `changes` are kept as they are. `start` is the plan of nearly the same problem; the search is faster with it.
    Raises `Refused` where the changes break a rule.
    """
    # OR-tools takes a second to import: only who solves waits for it.
    from khue.councils.assigning.search import Search, seats_of

    check(problem, changes)
    arrays = tables(problem, changes)
    begin = None if start is None else mask_of(start.looked_at, problem)
    search = Search.of(arrays, problem.experts, seconds, begin)
    found, bound, most = search.run()
    chosen = [
        Seat(problem.councils[row].id, problem.experts[column].id, role)
        for row, column, role in seats_of(found.chosen, arrays, problem.experts)
    ]
    seats = _in_order(problem, [*changes.forced, *chosen])
    objective = total_affinity(problem, seats)
    bound += total_affinity(problem, changes.forced)
    short = shortages(problem, changes, seats)
    status: Status = "feasible" if not (most if short else found.proven) else "infeasible" if short else "optimal"
    looked_at = frozenset(pairs_of(search.relaxation.looked_at, problem))
    return Plan(status, objective, round(max(bound, objective), 9), seats, short, looked_at)


def cost_of(problem: Problem, changes: Changes, before: Plan, *, seconds: float = SECONDS) -> Cost:
    """What it costs to decide `changes` by hand, everyone else being placed anew around them.

    `before` is the plan without the changes, or with those made earlier. Raises `Refused` where they break a rule.
    """
    plan = solve(problem, changes, seconds=seconds, start=before)
    difference = round(plan.objective - before.objective, 9)
    return Cost(difference, len(plan.assignments) - len(before.assignments), plan)


def _in_order(problem: Problem, seats: list[Seat]) -> tuple[Seat, ...]:
    rank = {
        (council.id, role): (index, place)
        for index, council in enumerate(problem.councils)
        for place, role in enumerate(council.seats)
    }
    return tuple(sorted(seats, key=lambda seat: rank[seat.council, seat.role]))
