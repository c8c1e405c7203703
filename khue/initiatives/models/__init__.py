"""Initiatives with their authors, range of effect and scoring sheets; the rounds in which units take applications."""

from khue.initiatives.models.initiative import CLOSED, DECIDED, WHOLE, Author, Initiative, Reach, Sheet
from khue.initiatives.models.round import Round, RoundUnit

__all__ = ["CLOSED", "DECIDED", "WHOLE", "Author", "Initiative", "Reach", "Round", "RoundUnit", "Sheet"]
