"""Addresses that are the same as long as a process runs. Every page names some thirty of them at its side."""

from functools import cache

from django.urls import get_script_prefix, reverse


def fixed_address(name: str) -> str:
    """Where the page `name` is, such as `site:desk`; behind a blank its argument. Raises `NoReverseMatch`."""
    return _kept(get_script_prefix(), name)


@cache
def _kept(_prefix: str, name: str) -> str:
    route, _, argument = name.partition(" ")
    return reverse(route, args=[argument] if argument else [])
