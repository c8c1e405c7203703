"""Parts of a long comparison on all cores of this machine, or on the Dask cluster that `KHUE_DASK` names.

Both are executors with one interface, so that there is one way through: the titles are brought to every worker once,
then each part is a call, and results come as they are ready.
"""

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from itertools import islice
from typing import Any

from khue.matching.ranking.sweeping import Pair, Titles, alike

CLUSTER = "KHUE_DASK"
"""The variable of the environment with the address of a Dask scheduler, such as `tcp://10.0.0.5:8786`."""
AHEAD = 4
"""Parts given out beyond what is being worked on, for each worker."""
_held: dict[str, Titles] = {}

Part = tuple[int, int]


def spread(titles: Titles, parts: Iterable[Part]) -> Iterator[tuple[Part, list[Pair]]]:
    """Compare each part, from a number to before another, with all titles; parts come back in any order.

    Raises:
        OSError: the cluster cannot be reached.
    """
    with _executor(titles) as (executor, reference, workers):
        waiting, going = iter(parts), dict[Future[list[Pair]], Part]()
        for part in islice(waiting, workers * AHEAD):
            going[executor.submit(compared, reference, *part)] = part
        while going:
            ready = next(as_completed(going))
            part = going.pop(ready)
            yield part, ready.result()
            for another in islice(waiting, 1):
                going[executor.submit(compared, reference, *another)] = another


def compared(titles: Titles | None, start: int, end: int) -> list[Pair]:
    """One part, in a worker: with the titles it was given, or those it holds."""
    return alike(_held["titles"] if titles is None else titles, start, end)


@contextmanager
def _executor(titles: Titles) -> Iterator[tuple[Executor, Any, int]]:
    """Where to send parts, what to send as the titles, and how many work."""
    if address := os.environ.get(CLUSTER):
        with _cluster(address, titles) as cluster:
            yield cluster
        return
    cores = os.cpu_count() or 1
    # Started anew rather than forked: nothing of the server's connections and threads may be shared.
    with ProcessPoolExecutor(cores, multiprocessing.get_context("spawn"), _hold, (titles,)) as pool:
        yield pool, None, cores


def _hold(titles: Titles) -> None:
    _held["titles"] = titles


@contextmanager
def _cluster(address: str, titles: Titles) -> Iterator[tuple[Executor, Any, int]]:
    from distributed import Client  # noqa: PLC0415 - only where a cluster is named; khue[cluster] brings it

    with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        everywhere = client.scatter(titles, broadcast=True, hash=False)
        yield client.get_executor(), everywhere, max(1, sum(client.nthreads().values()))
