"""Writes from the call to the approval of who carries a mission out."""
