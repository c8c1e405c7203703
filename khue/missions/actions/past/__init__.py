"""Writes of missions of earlier years."""
