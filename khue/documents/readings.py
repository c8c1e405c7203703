"""When the text of a document was read, the apps above may want what else the reader found in it."""

from collections.abc import Callable

from khue.documents.models import Document
from khue.language.extract import Extraction

Listener = Callable[[Document, Extraction], None]
_listeners: list[Listener] = []


def register(listener: Listener) -> None:
    """Let `listener` run, in the same transaction, once for each document whose text was read."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(document: Document, read: Extraction) -> None:
    """Run all that registered."""
    for listener in _listeners:
        listener(document, read)
