"""Forms of the documents app, one file a noun."""
