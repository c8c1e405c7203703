"""Every write of the petitions app."""
