"""Several people doing something at the very same moment, each on a database connection of their own."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date

from django.db import connection, connections, transaction

from khue.core.clock import at
from khue.core.refusals import Refused


def together(*acts: Callable[[], object], on: date | None = None, held: bool = False) -> list[object]:
    """Run them at once, `on` a day; returns what each gave, or the code of its refusal, in their order. With `held`
    each is in a transaction that stays open until its thread ends."""
    results: list[object] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(number: int, act: Callable[[], object]) -> None:
        day: AbstractContextManager[object] = at(on) if on else nullcontext()
        try:
            with day, transaction.atomic() if held else nullcontext():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1")  # the connection is there before the start
                start.wait(20)
                results[number] = act()
        except Refused as refused:
            results[number] = refused.refusal.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results
