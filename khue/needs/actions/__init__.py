"""Every write of the needs app, one file a noun."""
