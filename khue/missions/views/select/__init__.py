"""Pages of calls, applications and selections."""
