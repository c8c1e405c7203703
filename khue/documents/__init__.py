"""Official documents in and out, the directives they carry, their follow-up."""
