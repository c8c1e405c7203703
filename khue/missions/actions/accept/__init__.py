"""Writes from the acceptance of a mission to the use of its results."""
