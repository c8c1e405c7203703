"""Stops the start when the glossary is wrong, naming its line."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from khue.core import glossary


@register("glossary")
def glossary_is_sound(**_: Any) -> list[CheckMessage]:
    """One error, with the line that cannot be read."""
    try:
        glossary.terms()
    except ValueError as error:
        return [Error(str(error), id="core.E001")]
    return []
