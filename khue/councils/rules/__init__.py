"""Who may do what with councils, and what the rules ask of them."""

from khue.councils.rules.managing import barred_dossiers, barred_numbers, may_act_as, may_manage, may_run, numbers_of
from khue.councils.rules.visibility import judged_dossiers, subjects_for, visible_to

__all__ = [
    "barred_dossiers",
    "barred_numbers",
    "judged_dossiers",
    "may_act_as",
    "may_manage",
    "may_run",
    "numbers_of",
    "subjects_for",
    "visible_to",
]
