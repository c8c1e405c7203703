"""A process as boxes and arrows: moves between the same two steps share an arrow."""

from dataclasses import dataclass

from khue.flow.shelf.values import Move, Process

MANY = 4
"""A side move (not a main one) from so many steps is said in a note instead of drawn as so many arrows."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a step to another, by any of `moves`."""

    source: str
    target: str
    moves: tuple[Move, ...]

    @property
    def words(self) -> list[str]:
        """What is written on it."""
        return [str(move.label) for move in self.moves]


def arrows(process: Process, *, every: bool = False) -> list[Arrow]:
    """The arrows to draw, in the order of the moves; with `every`, none is left to a note."""
    found: dict[tuple[str, str], list[Move]] = {}
    for move in process.moves.values():
        if move.target and (every or not noted(move)):
            for source in move.sources:
                if source != move.target:
                    found.setdefault((source, move.target), []).append(move)
    return [Arrow(source, target, tuple(moves)) for (source, target), moves in found.items()]


def noted(move: Move) -> bool:
    """Whether a move is said in a note at its target."""
    return len(move.sources) >= MANY and not move.primary


def notes(process: Process, step: str) -> list[Move]:
    """The moves that come to `step` from many others or from itself: what arrows do not show."""
    moves = [move for move in process.moves.values() if move.target == step]
    return [move for move in moves if noted(move) or move.sources == (step,)]
