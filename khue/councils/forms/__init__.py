"""Forms of the pages of councils."""
