"""Every write of the office app: sheets brought in."""

from khue.office.actions.entering import Report, apply, rehearse
from khue.office.actions.uploading import bring_in, confirm, finish, forget_old

__all__ = ["Report", "apply", "bring_in", "confirm", "finish", "forget_old", "rehearse"]
