"""Who wants to hear, once a transaction is committed, of which dossiers it wrote."""

import threading
from collections.abc import Callable, Iterable

from django.db import transaction

Listener = Callable[[set[str]], None]
_listeners: list[Listener] = []


class _Acted(threading.local):
    """Dossiers that this thread wrote of and told nobody yet. One whose transaction was rolled back may be told too:
    a listener looks at what is there."""

    def __init__(self) -> None:
        self.dossiers: set[str] = set()


_acted = _Acted()


def register(listener: Listener) -> None:
    """Tell `listener` from now on; called in `AppConfig.ready`."""
    _listeners.append(listener)


def acted(dossiers: Iterable[str]) -> None:
    """These dossiers are written of in this transaction: whoever listens hears of all of them at once."""
    _acted.dossiers.update(dossiers)
    transaction.on_commit(_tell, robust=True)


def _tell() -> None:
    dossiers, _acted.dossiers = _acted.dossiers, set()
    if dossiers:
        for listener in _listeners:
            listener(dossiers)
