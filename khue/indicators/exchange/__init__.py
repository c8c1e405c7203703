"""Lists of this app in and out as sheets."""

from khue.core import exchange
from khue.indicators.exchange.definitions import INDICATORS
from khue.indicators.exchange.figures import FIGURES


def register_all() -> None:
    """Called once, when the app starts."""
    exchange.register(INDICATORS)
    exchange.register(FIGURES)
