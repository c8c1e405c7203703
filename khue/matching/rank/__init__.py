"""`khue rank`: ranking for the command line, of files of JSON lines, without a database."""
