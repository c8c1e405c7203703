"""What `get_state_display` and its like say, without putting every other choice into words first.

Django makes a dictionary of all choices for each call, and to do so translates each of their labels: a list of fifty
rows translates five hundred to show fifty. The dictionary does not change while a process runs, and its labels are
translated only when they are shown, so it is kept.
"""

from functools import cache
from typing import Any

from django.db import models
from django.utils.encoding import force_str


class Labelled(models.Model):
    """A record whose choices lists show."""

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: "models.Field[Any, Any]") -> str:  # noqa: N802 -- Django's name
        value = getattr(self, field.attname)
        told: str = force_str(_labels(field).get(value, value), strings_only=True)
        return told


@cache
def _labels(field: "models.Field[Any, Any]") -> dict[Any, Any]:
    return dict(field.flatchoices)
