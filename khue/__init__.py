"""Khuê: what leaders order and what localities need, followed to the end."""

__version__ = "0.1.0"
