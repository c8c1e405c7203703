"""The index on disk: opened, built anew, kept up with the database."""

import fcntl
import json
import logging
import shutil
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import tantivy
from django.conf import settings
from django.db import connection

from khue.matching.models import Entry
from khue.matching.projection.documents import SHAPE, Row, document, schema
from khue.matching.projection.filling import fill
from khue.matching.projection.titles import Adding, Titles, reading
from khue.matching.ranking.thesaurus import fingerprint

log = logging.getLogger(__name__)
HEAP = 20_000_000
"""Bytes that a writer may hold before it writes a segment."""
AT_ONCE = 4_000
STATE = "state.json"
EVERY = {"name", "shape", "words", "database", "horizon", "version", "seen", "uncertain"}
"""What the file says that tells how far the index has followed the database."""
COLUMNS = Row._fields
AS_IN_ENTRY = ["pk", *COLUMNS[1:]]
LITTLE = 10_000
"""So many entries are indexed while the asker waits; more are indexed beside, and search says so."""


class Snapshot(NamedTuple):
    """The index at one moment."""

    searcher: tantivy.Searcher
    titles: Titles


class Store:
    """The index of one node. Threads and processes share it: one writes, the others read what it committed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._index: tantivy.Index | None = None
        self._titles: Titles | None = None
        self._state: dict[str, Any] = {}
        self._building: threading.Thread | None = None
        self._guard = threading.Lock()

    def snapshot(self) -> Snapshot | None:
        """The index as the database is now; None while it is being built."""
        with self._guard:
            moment = _moment()
            if not self._open(moment.database):
                self._begin(moment.database)
            if self._index is None or self._titles is None:
                return None
            self._follow(moment)
            return Snapshot(self._index.searcher(), self._titles)

    def rebuild(self) -> int:
        """Build the index anew beside the old one and put it in its place; returns how many entries it holds."""
        with self._locked(wait=True):
            return self._build()

    # Opening -------------------------------------------------------------------------------------------------

    def _open(self, database: str) -> bool:
        """Use what is on disk, if it is whole and of today's shape and database."""
        try:
            state = json.loads((self.folder / STATE).read_text(encoding="utf-8"))
            if (
                not EVERY.issubset(state)
                or state["shape"] != SHAPE
                or state["words"] != fingerprint()
                or state["database"] != database
            ):
                return False
            if self._index is None or state["name"] != self._state.get("name"):
                self._index = tantivy.Index.open(str(self.folder / state["name"]))
                self._titles = Titles(self.folder / state["name"])
            elif state["version"] != self._state.get("version"):
                self._reload(self._index)
            elif not (self.folder / state["name"] / "meta.json").exists():
                self._index = None
                return False
        except (OSError, ValueError, KeyError, TypeError) as problem:
            if self._state:
                log.warning("The search index is not usable and is built anew: %s", problem)
            self._index, self._state = None, {}
            return False
        self._state = state
        return True

    def _begin(self, database: str) -> None:
        """Build now what is little, beside the asker what is much."""
        self._index = None
        if self._building is not None and self._building.is_alive():
            return
        if Entry.objects.filter(gone=False)[: LITTLE + 1].count() <= LITTLE:
            with self._locked(wait=True):
                if not self._open(database):
                    self._build()
                    self._open(database)
        else:
            self._building = threading.Thread(target=self._build_beside, name="khue-search-index", daemon=True)
            self._building.start()

    def _build_beside(self) -> None:
        try:
            with self._locked(wait=False) as mine:
                if mine:
                    self._build()
        except (OSError, ValueError) as problem:
            # Its folder may be taken away meanwhile: whoever searches next begins anew.
            log.warning("The search index could not be built: %s", problem)
        finally:
            connection.close()

    # Writing -------------------------------------------------------------------------------------------------

    def _build(self) -> int:
        name = f"index-{uuid.uuid4().hex[:12]}"
        place = self.folder / name
        place.mkdir(parents=True)
        moment = _moment()
        index = tantivy.Index(schema(), path=str(place))
        there = Entry.objects.filter(gone=False)
        count = fill(index, place, _rows(there), there.count())
        self._index = None
        state = {
            "name": name,
            "shape": SHAPE,
            "words": fingerprint(),
            "database": moment.database,
            "horizon": moment.horizon,
            "version": 1,
        }
        uncertain = (
            list(Entry.objects.filter(transaction=moment.own).values_list("pk", flat=True)) if moment.own else []
        )
        self._keep({**state, "seen": {}, "uncertain": uncertain})
        for old in self.folder.glob("index-*"):
            if old.name != name:
                shutil.rmtree(old, ignore_errors=True)
        return count

    def _follow(self, moment: "_Moment") -> None:
        """Take up what was committed since the last look; another process may be doing so."""
        seen, uncertain = self._state["seen"], self._state["uncertain"]
        news = {pk: number for pk, number in _news(self._state["horizon"]) if seen.get(str(pk)) != number}
        if not news and not uncertain:
            return
        with self._locked(wait=False) as mine:
            if mine and self._index is not None:
                self._take(self._index, news, moment.horizon, moment.own)

    def _take(self, index: tantivy.Index, news: dict[int, int], horizon: int, own: int | None) -> None:
        writer = index.writer(HEAP, 1)
        again = {*news, *self._state["uncertain"]}
        if again:
            writer.delete_documents_by_query(tantivy.Query.term_set_query(index.schema, "pk", sorted(again)))
        rows = list(_rows(Entry.objects.filter(pk__in=list(again), gone=False)))
        read, titles = reading(rows), Adding(self.folder / self._state["name"])
        for row, said, at in zip(rows, read.words, titles.add(read), strict=True):
            writer.add_document(document(row, said, at))
        titles.close()
        writer.commit()
        writer.wait_merging_threads()
        kept = {pk: number for pk, number in self._state["seen"].items() if number >= horizon}
        sure = {str(pk): number for pk, number in news.items() if number >= horizon and number != own}
        state = {**self._state, "horizon": horizon, "seen": kept | sure, "version": self._state["version"] + 1}
        # What the asker's own transaction wrote may yet be rolled back: it is looked at again the next time.
        state["uncertain"] = [pk for pk in again if news.get(pk) == own] if own else []
        self._keep(state)
        self._reload(index)

    def _reload(self, index: tantivy.Index) -> None:
        index.reload()
        if self._titles is not None:
            self._titles.refresh()

    def _keep(self, state: dict[str, Any]) -> None:
        fresh = self.folder / f"{STATE}.{uuid.uuid4().hex[:8]}"
        fresh.write_text(json.dumps(state), encoding="utf-8")
        fresh.replace(self.folder / STATE)
        self._state = {} if self._index is None else state

    @contextmanager
    def _locked(self, *, wait: bool) -> Iterator[bool]:
        """Only one process of the node writes at a time."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
            else:
                yield True


def _rows(entries: Any) -> Iterable[Row]:
    return (Row(*values) for values in entries.values_list(*AS_IN_ENTRY).iterator(chunk_size=AT_ONCE))


def _news(since: int) -> Iterable[tuple[int, int]]:
    """Entries written by transactions that had not ended when the index last looked."""
    return Entry.objects.filter(transaction__gte=since).order_by().values_list("pk", "transaction")


class _Moment(NamedTuple):
    """How far the database is when it is asked: which one it is (a restored one counts its transactions from
    elsewhere), the number before which every transaction has ended, and the asker's own number, if it has written."""

    database: str
    horizon: int
    own: int | None


def _moment() -> _Moment:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT system_identifier::text || '/' || current_database(),"
            " pg_snapshot_xmin(pg_current_snapshot())::text::bigint,"
            " pg_current_xact_id_if_assigned()::text::bigint FROM pg_control_system()"
        )
        return _Moment(*cursor.fetchone())


_stores: dict[Path, Store] = {}
_opening = threading.Lock()


def store() -> Store:
    """The index of this node, under `var/matching`."""
    folder = Path(settings.VAR) / "matching"
    with _opening:
        return _stores.setdefault(folder, Store(folder))
