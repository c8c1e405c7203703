"""Figures on a page."""

from decimal import Decimal

from django import template

from khue.indicators.models import Target
from khue.indicators.rules.checking import told

register = template.Library()


@register.filter
def figure(value: Decimal | None) -> str:
    """A figure as people write it, `1.250,5`; a dash where there is none."""
    return "–" if value is None else told(value)


@register.filter
def rounded(value: Decimal | None, decimals: int = 0) -> str:
    """A reckoned figure, rounded as its indicator is reported; a dash where there is none."""
    return "–" if value is None else told(round(value, decimals))


@register.filter
def promised(target: Target) -> str:
    """A target in the words of its document, `trên 50 %`; else its bound and number."""
    if target.words:
        return target.words
    end = f" – {told(target.value_to)}" if target.value_to is not None else ""
    return f"{target.get_bound_display()} {told(target.value)}{end}" if not end else f"{told(target.value)}{end}"
