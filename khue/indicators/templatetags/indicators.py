"""Figures on a page."""

from decimal import Decimal

from django import template

from khue.indicators.rules.checking import told

register = template.Library()


@register.filter
def figure(value: Decimal | None) -> str:
    """A figure as people write it, `1.250,5`; a dash where there is none."""
    return "–" if value is None else told(value)
