"""The steps through which a report is approved, one after another."""

STEPS = ("head", "above", "lead")
"""`head`: of the reporting unit; `above`: the unit above it; `lead`: the unit that runs the programme."""
