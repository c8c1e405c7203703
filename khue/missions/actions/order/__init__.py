"""Writes of order lists."""
