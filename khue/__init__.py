"""Khuê: what leaders order and what localities need, followed to the end."""
