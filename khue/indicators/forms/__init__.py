"""Forms of the pages of reports and indicators."""
