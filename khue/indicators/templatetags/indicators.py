"""Figures on a page."""

from decimal import Decimal

from django import template

from khue.indicators.rules.checking import told
from khue.indicators.rules.lights import promised

register = template.Library()


@register.filter
def figure(value: Decimal | None) -> str:
    """A figure as people write it, `1.250,5`; a dash where there is none."""
    return "–" if value is None else told(value)


@register.filter
def rounded(value: Decimal | None, decimals: int = 0) -> str:
    """A reckoned figure, rounded as its indicator is reported; a dash where there is none."""
    return "–" if value is None else told(round(value, decimals))


register.filter(promised)
