"""What a process file says: three nouns (a process has steps, a move takes a dossier from one step to another)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from django.utils.translation import get_language

HOUSE = "house"
"""The basis of what no instrument demands: the department's own rule."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text for people in both languages; `str()` gives the one of the reader."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "vi").startswith("en") else self.vi


EMPTY = Label("", "")


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a rule comes from: an instrument of `processes/law/` and its article, or `house`."""

    instrument: str
    article: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Party:
    """A part somebody takes in a case: the issuer, the lead unit."""

    name: str
    label: Label
    kind: Literal["unit", "person"]
    required: bool
    divisions: tuple[str, ...] = ()
    """Roles whose work a division (phòng) of the unit does for it; none: only the unit itself acts."""


@dataclass(frozen=True, slots=True)
class Who:
    """Holders of any of `roles` (no role: everyone acting there) in the unit that is `party`, and in its divisions
    where the work of such roles is done there (`Party.divisions`); without a party, anywhere. A person who is the
    party needs no role."""

    party: str = ""
    roles: tuple[str, ...] = ()
    system: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """Working days or days after the step begins, or the case's own due day."""

    unit: Literal["working_days", "days", "due"]
    count: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class Step:
    """A state of a case. `staff`, `public` and `next` are its labels: for staff, for outsiders, what happens next."""

    name: str
    staff: Label
    public: Label
    next: Label
    basis: Basis
    holder: Who | None = None
    deadline: Deadline | None = None
    terminal: Literal["", "done", "cancelled"] = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A way from `sources` to `target`; without a target the case stays where it is."""

    name: str
    label: Label
    sources: tuple[str, ...]
    target: str
    who: tuple[Who, ...]
    basis: Basis
    guards: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    needs_comment: bool = False
    form: str = ""
    primary: bool = False
    tell: tuple[str, ...] = ()
    """Who gets a notice of it: `holder` (of the new step), or names of parties."""

    def goes_to(self, step: str) -> str:
        """The step a case at `step` comes to."""
        return self.target or step


@dataclass(frozen=True, slots=True)
class Reminder:
    """A notice so many working days before (negative) or after a holding's due day."""

    name: str
    label: Label
    offset: int
    whom: tuple[str, ...]
    """`holder`, or names of parties."""
    basis: Basis
    steps: tuple[str, ...] = ()
    """Empty: every step that has a deadline."""
    repeat: int = 0
    """Working days until it is said again; 0 for once."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form."""

    name: str
    kind: Literal["text", "paragraph", "date", "integer", "number", "money", "choice", "unit", "person", "flag", "rows"]
    label: Label
    required: bool
    why: Label
    example: Label
    choices: Mapping[str, Label] = field(default_factory=dict)
    columns: tuple["Field", ...] = ()
    """The questions of each row, where the answer is a table (`rows`)."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a move asks for."""

    name: str
    label: Label
    fields: tuple[Field, ...]


Value = int | Fraction | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Provision:
    """One number, share, yes-or-no or list of names that the law or the office sets."""

    name: str
    label: Label
    kind: str
    value: Value
    basis: Basis
    only_told: Label = EMPTY
    """Why nothing is refused by it: people weigh it, or its text could not be read yet."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a scoring sheet; `most` points can be given (0 where nothing is counted)."""

    name: str
    label: Label
    most: int
    help: Label = EMPTY


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """What a council member fills in: points per criterion, pass or not, or a rating per criterion."""

    name: str
    label: Label
    code: str
    kind: Literal["points", "pass", "rating"]
    criteria: tuple[Criterion, ...]
    basis: Basis
    types: tuple[str, ...] = ()
    """The mission types it is for; empty for all."""

    @property
    def total(self) -> int:
        """The most points that can be given."""
        return sum(criterion.most for criterion in self.criteria)


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A paper of a step: its code in this generation of rules, and its text with places for what is known.

    `text` is a Django template that gives the simple markup of drafts (headings, items, tables, paragraphs).
    """

    name: str
    label: Label
    code: str
    type_name: str
    text: str
    basis: Basis
    layout: Literal["state", "party"] = "state"
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Process:
    """One version of a process, whole."""

    id: str
    version: date
    label: Label
    start: str
    verified: bool
    parties: Mapping[str, Party]
    steps: Mapping[str, Step]
    moves: Mapping[str, Move]
    reminders: tuple[Reminder, ...] = ()
    forms: Mapping[str, Form] = field(default_factory=dict)
    provisions: Mapping[str, Provision] = field(default_factory=dict)
    sheets: Mapping[str, ScoreSheet] = field(default_factory=dict)
    papers: Mapping[str, PaperForm] = field(default_factory=dict)

    def number(self, name: str) -> int:
        """The whole number that the provision `name` sets; raises KeyError, TypeError for another kind."""
        value = self.provisions[name].value
        if not isinstance(value, int):
            raise TypeError(f"{name} is no whole number")
        return value

    def share(self, name: str) -> Fraction:
        """The share (0 to 1) that the provision `name` sets; raises KeyError, TypeError for another kind."""
        value = self.provisions[name].value
        if not isinstance(value, Fraction):
            raise TypeError(f"{name} is no share")
        return value

    def sheet_for(self, type_: str) -> ScoreSheet:
        """The first scoring sheet for missions of a type; raises KeyError when there is none."""
        for sheet in self.sheets.values():
            if not sheet.types or type_ in sheet.types:
                return sheet
        raise KeyError(type_)

    def moves_from(self, step: str) -> list[Move]:
        """The moves that a case at `step` may take, in the file's order."""
        return [move for move in self.moves.values() if step in move.sources]

    def roles_of(self, party: str) -> frozenset[str]:
        """The roles in which a unit acts as `party` anywhere in the process; none where it only looks on."""
        holders = [step.holder for step in self.steps.values() if step.holder]
        movers = [who for move in self.moves.values() for who in move.who]
        return frozenset(role for who in (*holders, *movers) if who.party == party for role in who.roles)

    def rests_at(self, step: str) -> bool:
        """Whether a case at `step` asks nothing of its holder, who may still act: without a deadline, and no move from
        there is what comes next. A directive that comes back rests between its periods."""
        return self.steps[step].deadline is None and not any(move.primary for move in self.moves_from(step))
