"""Marks and facets of search in templates."""

from django import template
from django.utils.safestring import SafeString

from khue.matching import explaining

register = template.Library()
register.filter("marked", explaining.marked)


@register.filter
def snippet(text: str, query: str) -> SafeString:
    """The part of `text` where the words of `query` stand."""
    return explaining.snippet(text, query)
