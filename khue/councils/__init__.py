"""Councils of experts: decision, members, conflicts, assignment, ballots, minutes."""
