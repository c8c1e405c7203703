"""Pages of order lists."""
