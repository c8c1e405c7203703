"""Vietnamese official text: reading files, number and sign, dates, assignees, directives. Pure Python, no Django."""
