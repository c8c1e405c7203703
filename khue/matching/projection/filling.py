"""Filling an index with many entries, on all cores where there are very many."""

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import tantivy

from khue.matching.projection.documents import Row, document
from khue.matching.projection.titles import Adding, Reading, reading

HEAP = 120_000_000
"""Bytes that the writer holds before it writes a segment."""
AT_ONCE = 2_000
MANY = 20_000
"""From so many entries on it pays to start processes that read texts."""


def fill(index: tantivy.Index, folder: Path, rows: Iterable[Row], expected: int) -> int:
    """Put `rows` into the empty index in `folder` and commit; returns how many there were."""
    writer = index.writer(HEAP, 1)
    count = 0
    with closing(Adding(folder)) as titles:
        for part, read in _read(rows, expected):
            for row, said, at in zip(part, read.words, titles.add(read), strict=True):
                writer.add_document(document(row, said, at))
            count += len(part)
    writer.commit()
    writer.wait_merging_threads()
    return count


def _read(rows: Iterable[Row], expected: int) -> Iterator[tuple[list[Row], Reading]]:
    readers = (os.cpu_count() or 1) if expected >= MANY else 0
    source = iter(rows)
    if not readers:
        while part := list(islice(source, AT_ONCE)):
            yield part, reading(part)
        return
    # Started anew rather than forked: nothing of the server's connections and threads may be shared.
    with multiprocessing.get_context("spawn").Pool(readers) as pool:
        waiting: list[tuple[list[Row], multiprocessing.pool.AsyncResult[Reading]]] = []
        while True:
            while len(waiting) < 2 * readers and (part := list(islice(source, AT_ONCE))):
                waiting.append((part, pool.apply_async(reading, (part,))))
            if not waiting:
                return
            part, read = waiting.pop(0)
            yield part, read.get()
