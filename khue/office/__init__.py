"""Word and Excel: out from templates, in from sheets with a dry run."""
