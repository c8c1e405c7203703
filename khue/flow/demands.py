"""What code asks the shelf for by name: the start fails when a version of a process does not have it."""

from collections.abc import Mapping

_demands: dict[str, set[str]] = {}


def register(process: str, *names: str) -> None:
    """Every version of `process` must have these: `step:…`, `form:…`, `provision:…`, `sheet:…` or `paper:…`."""
    _demands.setdefault(process, set()).update(names)


def all_demands() -> Mapping[str, set[str]]:
    """Process -> what is asked of it."""
    return _demands
