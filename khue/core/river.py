"""Where a record stands on the river: document, directive, need, mission, result."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class RiverItem:
    """One station: the kind of record, what it is called, where it opens. The page's own station is `current`."""

    kind: str | Promise
    title: str
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class StepMark:
    """One step as the case page draws it. `state` is `done`, `here` or `ahead`; `basis` names the rule it rests on."""

    label: str
    state: str
    holder: str = ""
    detail: str = ""
    basis: str = ""
    verified: bool = True
