"""Pages of search and of records that say the same."""
