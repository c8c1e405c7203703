"""What the apps above tell of the things that their councils judge; registered at start-up, one owner a kind.

A council knows a thing only as its dossier (`application:12`). Who takes part in it, what the members read, what breaks
a tie and what follows from the result is the owner's to say.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.councils.models import Council


@dataclass(frozen=True, slots=True)
class Involved:
    """Who has a part in a dossier. `people`: the number of a directory.Person and what the person is in it
    (`investigator`, `secretary`, `member`, `author`); `units`: numbers of the lead and partner organisations;
    `names`: names of people of whom nobody has said yet which person they are."""

    people: Sequence[tuple[int, str]] = ()
    units: Sequence[int] = ()
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """A product that members rate. `ordered` and `delivered` are quantities; None where nothing is counted."""

    name: str
    label: str
    ordered: Decimal | None = None
    delivered: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Contest:
    """What counting an application needs to know of it besides the ballots.

    `proposer`: the applicant is the body that proposed the mission; `state_money` in đồng; `excellent`: a mission of
    the investigator or the organisation was rated so in the years that the rules look back; `key_criteria`: names of
    the criteria (content or plan, capacity) that break the last tie.
    """

    proposer: bool = False
    state_money: int = 0
    excellent: bool = False
    key_criteria: Sequence[str] = ()


class Concluded(Protocol):
    """Called in the transaction in which a council is concluded."""

    def __call__(self, council: Council, *, by: Actor) -> None: ...


def _nobody(_dossier: str) -> Involved:
    return Involved()


def _itself(dossier: str) -> Sequence[str]:
    return [dossier]


def _no_words(_dossier: str) -> Mapping[str, Any]:
    return {}


def _nothing(_dossier: str) -> Sequence[tuple[str, str]]:
    return []


def _no_products(_dossier: str) -> Sequence[Product]:
    return []


def _no_contest(_dossier: str) -> Contest:
    return Contest()


def _in_time(_dossier: str) -> int:
    return 0


def _no_more(council: Council, *, by: Actor) -> None:
    """Nothing follows."""


@dataclass(frozen=True, slots=True)
class Owner:
    """What the owner of a kind of council tells; each function is given a dossier (`application:12`).

    involved: who takes part, for conflicts. files: the dossiers whose files the members read. facts: (label, value)
    for the member's page. products: what is rated. contest: see Contest. months_late: by how many months an
    acceptance file came late. related: other dossiers that whoever is in conflict must not see either.
    words: what its papers may say besides, by the names of `processes/papers.toml` (`{"subject": {"lead": …}}`).
    issued_on: the day of the act that one of the council's papers on it tells of, where it is no day of the council's.
    unready: why the session on it cannot begin yet, by what has to be there besides the council.
    misdated: why a council on it cannot have been decided on that day.
    concluded: what follows from the council's results (`subject.outcome`, `.score`, `.rating`, `.place`).
    """

    involved: Callable[[str], Involved] = _nobody
    files: Callable[[str], Sequence[str]] = _itself
    facts: Callable[[str], Sequence[tuple[str, str]]] = _nothing
    products: Callable[[str], Sequence[Product]] = _no_products
    contest: Callable[[str], Contest] = _no_contest
    months_late: Callable[[str], int] = _in_time
    words: Callable[[str], Mapping[str, Any]] = _no_words
    related: Callable[[str], Sequence[str]] = field(default=lambda _dossier: ())
    issued_on: Callable[[str, str], date | None] = field(default=lambda _dossier, _paper: None)
    unready: Callable[[str], Refusal | None] = field(default=lambda _dossier: None)
    misdated: Callable[[str, date], Refusal | None] = field(default=lambda _dossier, _day: None)
    concluded: Concluded = _no_more


_owners: dict[str, Owner] = {}


def register(kind: str, owner: Owner) -> None:
    """Let `owner` answer for councils of `kind` (`identify`, `select`, `budget`, `accept`). Raises ValueError when
    another owner does already."""
    if _owners.setdefault(kind, owner) is not owner:
        raise ValueError(f"councils of kind {kind} have two owners")


def owner_of(kind: str) -> Owner:
    """Who answers for councils of `kind`; one that knows nothing when nobody registered."""
    return _owners.get(kind, Owner())
