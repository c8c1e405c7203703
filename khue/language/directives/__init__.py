"""Directives in official prose: who is to do what, by when, and who gave the order."""

from khue.language.directives.model import Directive, Due, Modality, Priority

__all__ = ["Directive", "Due", "Modality", "Priority"]
