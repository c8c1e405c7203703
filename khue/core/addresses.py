"""Addresses that are the same as long as a process runs, but for the number of a record. Every page names some thirty
of them at its side, every list fifty."""

from functools import cache

from django.urls import get_script_prefix, reverse

PROBE = 987654321
"""A number that stands in no address but for a record's."""


def fixed_address(name: str) -> str:
    """Where the page `name` is, such as `site:desk`; behind a blank its argument. Raises `NoReverseMatch`."""
    return _kept(get_script_prefix(), name)


@cache
def _kept(_prefix: str, name: str) -> str:
    route, _, argument = name.partition(" ")
    return reverse(route, args=[argument] if argument else [])


def record_address(name: str, number: int) -> str:
    """Where the page `name` of the record with this number is, such as `needs:need`. Raises `NoReverseMatch`."""
    before, after = _around(get_script_prefix(), name)
    return f"{before}{number}{after}"


@cache
def _around(_prefix: str, name: str) -> tuple[str, str]:
    """What stands before and after the number."""
    before, _number, after = reverse(name, args=[PROBE]).partition(str(PROBE))
    return before, after
