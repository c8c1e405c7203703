"""Pages of acceptance, results and their use."""
