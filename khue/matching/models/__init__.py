"""What search knows, and pairs of records that look the same."""

from khue.matching.models.entry import Entry, Shown, this_transaction
from khue.matching.models.feedback import Feedback
from khue.matching.models.likeness import Likeness
from khue.matching.models.sweep import Sweep

__all__ = ["Entry", "Feedback", "Likeness", "Shown", "Sweep", "this_transaction"]
