"""How official papers look: read from `processes/layouts/`, because sizes are law and law is data."""

import tomllib
from functools import cache
from typing import Any

from django.conf import settings


@cache
def layout(name: str) -> dict[str, Any]:
    """The layout `state` or `party`, as its file says."""
    return tomllib.loads((settings.PROCESSES / "layouts" / f"{name}.toml").read_text(encoding="utf-8"))
