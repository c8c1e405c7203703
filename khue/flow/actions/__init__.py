"""Every write of the engine."""

from khue.flow.actions.changing import change_version, let_rest, set_due, set_due_of_all, set_party
from khue.flow.actions.entering import Past, enter_cases
from khue.flow.actions.loading import load_shelf
from khue.flow.actions.moving import move, move_those_ready
from khue.flow.actions.opening import Opening, open_case, open_cases
from khue.flow.actions.reminding import send_reminders

__all__ = [
    "Opening",
    "Past",
    "change_version",
    "enter_cases",
    "let_rest",
    "load_shelf",
    "move",
    "move_those_ready",
    "open_case",
    "open_cases",
    "send_reminders",
    "set_due",
    "set_due_of_all",
    "set_party",
]
