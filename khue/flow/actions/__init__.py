"""Every write of the engine."""

from khue.flow.actions.changing import change_version, set_due, set_party
from khue.flow.actions.entering import Past, enter_cases
from khue.flow.actions.loading import load_shelf
from khue.flow.actions.moving import move
from khue.flow.actions.opening import Opening, open_case, open_cases
from khue.flow.actions.reminding import send_reminders

__all__ = [
    "Opening",
    "Past",
    "change_version",
    "enter_cases",
    "load_shelf",
    "move",
    "open_case",
    "open_cases",
    "send_reminders",
    "set_due",
    "set_party",
]
