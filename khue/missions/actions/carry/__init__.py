"""Writes from the contract of a mission to its settlement."""
