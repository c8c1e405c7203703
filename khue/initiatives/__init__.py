"""Initiatives (sáng kiến): applications, recognition by units, range of effect."""
