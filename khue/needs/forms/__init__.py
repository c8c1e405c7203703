"""Forms of the needs app."""
