"""Filling an index with many entries, on all cores where there are very many."""

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from itertools import islice

import tantivy

from khue.matching.projection.documents import Row, Words, document, words

HEAP = 120_000_000
"""Bytes that the writer holds before it writes a segment."""
AT_ONCE = 2_000
MANY = 20_000
"""From so many entries on it pays to start processes that read texts."""


def fill(index: tantivy.Index, rows: Iterable[Row], expected: int) -> int:
    """Put `rows` into an empty index and commit; returns how many there were."""
    writer = index.writer(HEAP, 1)
    count = 0
    for row, said in _read(rows, expected):
        writer.add_document(document(row, said))
        count += 1
    writer.commit()
    writer.wait_merging_threads()
    return count


def _read(rows: Iterable[Row], expected: int) -> Iterator[tuple[Row, Words]]:
    readers = (os.cpu_count() or 1) if expected >= MANY else 0
    if not readers:
        yield from ((row, words(row)) for row in rows)
        return
    source = iter(rows)
    # Started anew rather than forked: nothing of the server's connections and threads may be shared.
    with multiprocessing.get_context("spawn").Pool(readers) as pool:
        waiting: list[tuple[list[Row], multiprocessing.pool.AsyncResult[list[Words]]]] = []
        while True:
            while len(waiting) < 2 * readers and (part := list(islice(source, AT_ONCE))):
                waiting.append((part, pool.map_async(words, part, chunksize=AT_ONCE)))
            if not waiting:
                return
            part, read = waiting.pop(0)
            yield from zip(part, read.get(), strict=True)
