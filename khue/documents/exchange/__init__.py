"""Lists of this app that come in from a sheet and go back out as one."""

from khue.core.exchange import register
from khue.documents.exchange.directives import DIRECTIVES
from khue.documents.exchange.outgoing import OUTGOING
from khue.documents.exchange.registers import DOCUMENTS


def register_all() -> None:
    """Called once, when the app starts."""
    register(DOCUMENTS)
    register(OUTGOING)
    register(DIRECTIVES)
