"""Difficulties and requests of a year, some answered late, some waiting; and two reports that voice others."""

import heapq
import tomllib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from khue.core.calendar import add_working_days
from khue.core.clock import at, now, today
from khue.documents.actions import register_incoming
from khue.documents.actions.extraction import open_extraction
from khue.documents.actions.incoming import correct
from khue.documents.models import Document
from khue.files.reading import read_version
from khue.petitions.actions import answering, taking
from khue.petitions.actions.writing import Voicing, send
from khue.petitions.models import Petition, Voiced
from khue.site.demo import papers
from khue.site.demo.parts import PETITIONS
from khue.site.demo.town import TWO_TIERS, Town

Act = Callable[[Petition], object]


def live_through(town: Town) -> int:
    """Let everything happen up to now; returns the number of petitions."""
    life = Life(town)
    told = tomllib.loads(PETITIONS.read_text(encoding="utf-8"))
    for entry in told["petition"]:
        life.petition(entry)
    for entry in told["report"]:
        life.report(entry)
    life.live()
    return Petition.objects.count()


class Life:
    """What happens, each on its working day, and who does it."""

    def __init__(self, town: Town) -> None:
        self.town, self.end = town, now()
        self.officer, self.head, self.clerk = (town.people[who] for who in ("chuyenvien", "truongphong", "vanthu"))
        self._queue: list[tuple[datetime, int, Callable[[], object]]] = []
        self._order = count()

    def later(self, day: date, what: Callable[[], object], *, hour: int) -> None:
        """On the first working day from `day`; what lies after the end does not happen."""
        working = add_working_days(day - timedelta(days=1), 1)
        moment = datetime.combine(working, time(hour), timezone.get_default_timezone())
        if moment < self.end:
            heapq.heappush(self._queue, (moment, next(self._order), what))

    def live(self) -> None:
        """Let everything happen in its order."""
        while self._queue:
            moment, _place, what = heapq.heappop(self._queue)
            with at(moment):
                what()

    # ------------------------------------------------------------------ what units write

    def petition(self, entry: dict[str, Any]) -> None:
        """It is brought forward, and comes to what its `fate` says."""
        day = _since(entry["back"])
        made: list[Petition] = []
        self.later(day, lambda: made.append(self._send(entry)), hour=10)
        for after, act in self._way(entry):
            self.later(day + timedelta(days=after), lambda act=act: made and act(_fresh(made[0])), hour=14)  # type: ignore[misc]

    def _send(self, entry: dict[str, Any]) -> Petition:
        units = self.town.units
        recipient = units[entry.get("recipient", "skhcn")]
        return send(
            Voicing(entry["kind"], entry["text"], recipient, units[entry["unit"]]), by=self.town.people[entry["by"]]
        )

    def _way(self, entry: dict[str, Any]) -> list[tuple[int, Act]]:
        """What happens to it, and how many days after it was brought forward."""
        by, says, after = self.town.people[entry["by"]], entry.get("says", ""), entry.get("after", 0)
        officer = self.town.people["theodoi"] if entry.get("recipient") == "ubnd-tp" else self.officer
        taken: tuple[int, Act] = (2, lambda one: answering.take_up(one, by=officer))
        asked: tuple[int, Act] = (5, lambda one: answering.ask_back(one, entry["question"], by=officer))
        settled: tuple[int, Act] = (after, lambda one: answering.answer(one, says, by=self.head))
        ways: dict[str, list[tuple[int, Act]]] = {
            "sent": [],
            "taken": [taken],
            "asked": [taken, asked],
            "replied": [taken, asked, (9, lambda one: answering.reply(one, entry["reply"], by=by)), settled],
            "answered": [taken, settled],
            "declined": [taken, (after, lambda one: answering.decline(one, says, by=self.head))],
            "withdrawn": [(after, lambda one: answering.withdraw(one, says, by=by))],
            "passed": [
                (4, lambda one: answering.pass_on(one, self.town.units[entry["to"]], PASSED, by=officer)),
                (after, lambda one: answering.answer(one, says, by=self.town.people[entry["to"]])),
            ],
        }
        return ways[entry["fate"]]

    # ------------------------------------------------------------------ what reports say

    def report(self, entry: dict[str, Any]) -> None:
        """A report comes in, is read, and what it says is taken over, or waits for somebody to do so."""
        self.later(_since(entry["back"]), lambda: self._arrive(entry), hour=9)

    def _arrive(self, entry: dict[str, Any]) -> None:
        paper = papers.report(entry["number"], today() - timedelta(days=1), entry["name"], entry["lines"])
        document = register_incoming(
            unit=self.town.units["skhcn"], by=self.clerk, upload=ContentFile(paper.data, paper.name)
        )
        assert document.main_file is not None  # noqa: S101 - it was registered with a file
        read_version(document.main_file.current)
        document = Document.objects.get(pk=document.pk)
        read = {name: getattr(document, name) for name in document.read_fields}
        document = correct(document, by=self.clerk, changed=read)
        open_extraction(document, by=self.clerk)
        if entry["taken"]:
            numbers = Voiced.objects.filter(reading__document=document).values_list("pk", flat=True)
            first, *_others = taking.take(document, list(numbers), by=self.clerk)
            self.later(today() + timedelta(days=17), lambda: self._settle(first, entry["says"]), hour=15)

    def _settle(self, first: Petition, says: str) -> None:
        answering.answer(_fresh(first), says, by=self.head)


PASSED = "Thuộc thẩm quyền của đơn vị bạn; Sở Khoa học và Công nghệ phối hợp khi cần số liệu."


def _fresh(petition: Petition) -> Petition:
    return Petition.objects.get(pk=petition.pk)


def _since(back: int) -> date:
    return max(today() - timedelta(days=back), TWO_TIERS + timedelta(days=14))
