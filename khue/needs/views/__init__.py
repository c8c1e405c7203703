"""Pages of the needs app."""
