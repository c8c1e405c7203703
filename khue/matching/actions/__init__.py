"""Everything that matching writes: what search knows of records, and what people say of two held side by side."""

from khue.matching.actions.entries import changed, changed_many, heard, reconcile
from khue.matching.actions.sweeping import sweep_all, sweep_now
from khue.matching.actions.verdicts import dismiss, judge, judge_many, link, merge, take_back, unite

__all__ = [
    "changed",
    "changed_many",
    "dismiss",
    "heard",
    "judge",
    "judge_many",
    "link",
    "merge",
    "reconcile",
    "sweep_all",
    "sweep_now",
    "take_back",
    "unite",
]
