"""What texts of papers may use besides Django's own filters."""

from typing import Any

from django import template

from khue.core.money import dong as spoken

register = template.Library()


@register.filter
def cell(value: Any) -> str:
    """A text in one line without bars, fit to stand in a cell of a table."""
    return "; ".join(line.strip() for line in str(value).replace("|", "/").splitlines() if line.strip())


@register.filter
def dong(value: Any) -> str:
    """An amount in whole đồng, with its points: `1.250.000 đồng`; what is no number stays as it is."""
    return spoken(value).replace("₫", "đồng") if isinstance(value, int) else str(value)
