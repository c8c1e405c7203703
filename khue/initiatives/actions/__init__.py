"""Every write of the initiatives app."""
