"""Lists that come in from a sheet and go back out as the same sheet; each app registers its own at start-up.

What comes in is entered by the app's own actions. The dry run does the very same inside a transaction that is taken
back, so it cannot promise what the real run would refuse.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from khue.core import cells
from khue.core.actors import Actor
from khue.core.addresses import fixed_address
from khue.core.refusals import Refusal, Refused

Text = str | Promise
Effect = Literal["new", "changed", "same"]


@dataclass(frozen=True, slots=True)
class Field:
    """An expected column. `labels` are the headers it may have, the usual one first, compared accent-blind."""

    key: str
    labels: Sequence[Text]
    parse: cells.Parse = cells.text
    required: bool = False
    meaning: Text = ""
    """What belongs into the column, for the page and the sheet that explain it."""
    example: Any = ""
    kind: Literal["text", "number", "date"] = "text"

    @property
    def label(self) -> str:
        """The usual header, in the reader's language."""
        return str(self.labels[0])


@dataclass(frozen=True, slots=True)
class Row:
    """One row that could be read, with its number in the sheet."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one cell. `row` counts as Excel does, from 1; `column` is the header or empty."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """What entering one row does. `what` names the record, `details` the columns that change."""

    row: int
    effect: Effect
    what: str
    details: str = ""


Outcome = Problem | Change


class WrongCell(Refused):
    """A refusal that is about one column."""

    def __init__(self, column: Text, sentence: str) -> None:
        super().__init__(Refusal("sheet.cell", sentence))
        self.column = str(column)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One kind of list. `name` is permanent: it is what `khue import` and the addresses call it.

    `enter` writes rows through the app's actions and gives one outcome for each of them, in any order; rows that
    are refused give a `Problem` and leave nothing behind. `export` gives what `enter` would read as the same.
    `may` says whether somebody may bring in, or take out, anything of the kind at all; rows are judged by `enter`.
    """

    name: str
    label: Text
    purpose: Text
    fields: Sequence[Field]
    enter: Callable[[Sequence[Row], Actor], Iterator[Outcome]]
    export: Callable[[Actor], Iterable[Mapping[str, Any]]]
    may: Callable[[Actor], Refusal | None]
    url_name: str = ""
    """Where the records are seen afterwards; this page leads to bringing them in."""
    also_at: Sequence[str] = ()
    """Further pages that lead there: a name of an address, behind a blank its argument."""
    notes: Sequence[Text] = field(default_factory=tuple)
    """Sentences for the page: what happens to what is there already, what is not sent to anybody."""
    order: int = 50
    personal: bool = False
    """Every record has a person behind it: the system brings none in, a command names somebody with `--by`."""

    def addresses(self) -> set[str]:
        """The addresses of the lists that it fills."""
        return {fixed_address(name) for name in (self.url_name, *self.also_at) if name}

    @property
    def examples(self) -> list[Any]:
        """The example row of the template."""
        return [each.example for each in self.fields]


_kinds: dict[str, Exchange] = {}


def register(exchange: Exchange) -> None:
    """Add a kind; called in `AppConfig.ready`. A second one of the same name is a mistake in the code."""
    if exchange.name in _kinds:
        raise ValueError(f"The exchange {exchange.name} is registered twice.")
    _kinds[exchange.name] = exchange


def kinds() -> list[Exchange]:
    """All kinds, in the order in which one would fill an empty system."""
    return sorted(_kinds.values(), key=lambda each: (each.order, each.name))


def named(name: str) -> Exchange | None:
    """The kind called `name`."""
    return _kinds.get(name)


_shown_at: list[Callable[[str, int], str]] = []


def show_at(address: Callable[[str, int], str]) -> None:
    """Let `address(kind, number)` be the page of an upload; the shell registers it once, at start-up."""
    _shown_at[:] = [address]


def address_of(kind: str, number: int) -> str:
    """Where one sees what an uploaded sheet would do, and has it entered."""
    return _shown_at[0](kind, number)


def attempt(row: Row, enter: Callable[[Row], Change]) -> Outcome:
    """Enter one row in a transaction of its own; a refusal becomes a `Problem`."""
    try:
        with transaction.atomic():
            return enter(row)
    except (Refused, IntegrityError) as error:
        return _problem(row, error)


def judge(row: Row, look: Callable[[Row], Change]) -> Outcome:
    """What entering a row would do, where finding out writes nothing; a refusal becomes a `Problem`."""
    try:
        return look(row)
    except Refused as error:
        return _problem(row, error)


def together(rows: Sequence[Row], enter: Callable[[Sequence[Row]], object]) -> list[Problem]:
    """Enter rows in one write; where that is refused, halve them until the rows that are in the way stand alone."""
    if not rows:
        return []
    try:
        with transaction.atomic():
            enter(rows)
    except (Refused, IntegrityError) as error:
        if len(rows) == 1:
            return [_problem(rows[0], error)]
        half = len(rows) // 2
        return [*together(rows[:half], enter), *together(rows[half:], enter)]
    return []


def _problem(row: Row, error: Refused | IntegrityError) -> Problem:
    if isinstance(error, WrongCell):
        return Problem(row.number, error.column, error.refusal.sentence)
    if isinstance(error, Refused):
        return Problem(row.number, "", error.refusal.sentence)
    return Problem(row.number, "", _("This row contradicts another one that is there already."))


def differing(fields: Sequence[Field], row: Row, there: Mapping[str, Any]) -> list[str]:
    """The keys, of those in `there`, whose cell says something else; an empty cell says nothing."""
    return [
        each.key for each in fields if each.key in there and row.values.get(each.key) not in (None, "", there[each.key])
    ]


def labels_of(fields: Sequence[Field], keys: Iterable[str]) -> str:
    """The headers of `keys`, for a sentence."""
    wanted = set(keys)
    return ", ".join(each.label for each in fields if each.key in wanted)


def label_of(fields: Sequence[Field], key: str) -> str:
    """The header of the column called `key`."""
    return next(each.label for each in fields if each.key == key)
