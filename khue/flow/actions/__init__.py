"""Every write of the engine."""

from khue.flow.actions.changing import change_version, set_due, set_party
from khue.flow.actions.loading import load_shelf
from khue.flow.actions.moving import move
from khue.flow.actions.opening import open_case

__all__ = ["change_version", "load_shelf", "move", "open_case", "set_due", "set_party"]
