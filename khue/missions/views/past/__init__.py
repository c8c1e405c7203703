"""Pages of missions of earlier years."""
