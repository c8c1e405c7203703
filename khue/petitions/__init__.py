"""Difficulties and requests of units, and the answers they got."""
