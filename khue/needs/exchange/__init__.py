"""Lists of the needs app that come in from a sheet and go out as the same sheet."""

from khue.core import exchange
from khue.needs.exchange.needs import NEEDS


def register_all() -> None:
    """Called once, when the app starts."""
    exchange.register(NEEDS)
