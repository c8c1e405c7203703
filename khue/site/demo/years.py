"""Two years in the demo city: documents arrive, directives are given, units do them well, late or not at all."""

import heapq
import itertools
import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from khue.accounts.models import User
from khue.core.calendar import add_working_days
from khue.core.clock import at, now
from khue.core.refusals import Refused
from khue.directory.actions.units import end_unit
from khue.directory.models import Kind, Unit
from khue.documents.actions.casefiles import close_case_file, file_documents, open_case_file
from khue.documents.actions.directive_assign import assign
from khue.documents.actions.directive_recurrence import open_due_occurrences
from khue.documents.actions.directive_work import act, ask_extension, report
from khue.documents.actions.extraction import open_extraction
from khue.documents.actions.incoming import correct, register_incoming
from khue.documents.actions.proposals import accept_sure
from khue.documents.actions.way import advance
from khue.documents.models import CaseFile, Directive, Document
from khue.files.reading import read_version
from khue.site.demo import papers
from khue.site.demo.content import Task, Written, city, tasks
from khue.site.demo.town import FOUNDER, TWO_TIERS, Town, hand_over, unit_on

Happening = Callable[[], object]
MERGED_ON = date(2025, 3, 1)
FILE_NUMBER = "05"
REPORTS = (
    "Đã hoàn thành và gửi báo cáo kèm theo.",
    "Đơn vị đã thực hiện xong nội dung được giao; sản phẩm gửi kèm.",
    "Đã tổ chức thực hiện tại các địa bàn, kết quả đạt yêu cầu.",
)
PROGRESS = (
    "Đã xây dựng dự thảo, đang lấy ý kiến các đơn vị.",
    "Đã khảo sát xong, đang tổng hợp số liệu.",
    "Đã họp thống nhất với đơn vị phối hợp, đang triển khai.",
    "Đang vướng thủ tục mua sắm, dự kiến xong trong tháng tới.",
)
RETURNED = "Chưa kèm sản phẩm theo yêu cầu, đề nghị bổ sung."


class Years:
    """Lives through what happens, in its order, each thing at its own moment. The same seed gives the same years."""

    def __init__(self, town: Town, *, until: datetime, seed: int = 2026) -> None:
        self.town, self.until = town, until
        self.chance = random.Random(seed)  # noqa: S311 - a demo, nothing secret
        self._queue: list[tuple[datetime, int, Happening]] = []
        self._order = itertools.count()
        self.desk = town.people["theodoi"]
        self.leader = town.people["lanhdao"]
        self._files: dict[int, CaseFile] = {}

    def later(self, day: date, what: Happening, *, hour: int = 9) -> None:
        """Have `what` happen on the first working day from `day`; what lies after the end does not happen."""
        self._at(day, time(hour, self.chance.randrange(60)), what)

    def _at(self, day: date, hour: time, what: Happening) -> None:
        working = add_working_days(day - timedelta(days=1), 1)
        moment = datetime.combine(working, hour, timezone.get_default_timezone())
        if moment < self.until:
            heapq.heappush(self._queue, (moment, next(self._order), what))

    def live(self) -> None:
        """Let everything happen."""
        while self._queue:
            moment, _, what = heapq.heappop(self._queue)
            with at(moment):
                what()

    # ------------------------------------------------------------------ documents

    def arrive(self, paper: papers.Paper, *, confirmed: bool = True) -> Document:
        """A document comes in at the city's office, is read, and its directives are confirmed and assigned."""
        upload = ContentFile(paper.data, paper.name)
        document = register_incoming(unit=self.town.units["ubnd-tp"], by=self.desk, upload=upload)
        assert document.main_file is not None  # noqa: S101 - it was registered with a file
        read_version(document.main_file.current)
        document.refresh_from_db()
        if confirmed:
            read = {name: getattr(document, name) for name in document.read_fields}
            document = correct(document, by=self.desk, changed=read)
            self._confirm(document)
            self.later(now().date() + timedelta(days=45), lambda: self._put_on_file(document))
        return document

    def _put_on_file(self, document: Document) -> None:
        """The clerk puts a document that has been dealt with into the file of its year."""
        year = document.register_year or now().year
        if year not in self._files:
            self._files[year] = open_case_file(
                unit=self.town.units["ubnd-tp"],
                by=self.desk,
                year=year,
                notation=f"{FILE_NUMBER}.KGVX",
                title=f"Chỉ đạo về khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số năm {year}",
                retention="20 năm",
                started_on=date(year, 1, 1),
            )
            self._at(date(year + 1, 3, 31), time(16), lambda: self._close_file(year))
        document = Document.objects.select_related("case").get(pk=document.pk)
        file_documents(self._files[year], [document], by=self.desk)
        if document.case is not None and document.case.step == "resolved":
            advance(document, "file", by=self.desk)

    def _close_file(self, year: int) -> None:
        close_case_file(self._files[year], by=self.desk, ended_on=date(year, 12, 31))

    def _confirm(self, document: Document) -> None:
        extraction = open_extraction(document, by=self.desk)
        accept_sure(extraction, by=self.desk)
        if extraction.proposals.filter(state="accepted").exists():
            for directive in assign(extraction, by=self.desk):
                if not directive.every:
                    self._follow(directive)
            self._follow_rounds()

    def choose(self, count: int, day: date) -> list[Written]:
        """`count` different tasks as a document of `day` would give them."""
        known = [task for task in tasks() if self._existed(task, day)]
        return [self._written(task, day) for task in self.chance.sample(known, count)]

    def _existed(self, task: Task, day: date) -> bool:
        return all(unit_on(self.town, code, day).valid_from <= day for code in (task.lead, *task.support))

    def _written(self, task: Task, day: date) -> Written:
        lead = task.lead
        if lead == "skhcn" and task.field == "Chuyển đổi số" and day < MERGED_ON:
            lead = "stttt"
        due = add_working_days(day + timedelta(weeks=task.weeks, days=self.chance.randrange(-5, 15)), 1)
        support = tuple(unit_on(self.town, code, day).name for code in task.support if code != lead)
        return Written(task, unit_on(self.town, lead, day).name, support, due)

    # ------------------------------------------------------------------ follow-up

    def _follow(self, directive: Directive) -> None:
        """Decide how the unit will do, and put down when it will act."""
        given = now().date()
        due = directive.due_on or given + timedelta(weeks=8)
        luck = self.chance.random()
        self.later(given + timedelta(days=self.chance.choice([1, 1, 1, 2, 4])), lambda: self._acknowledge(directive))
        half = given + (due - given) / 2
        self.later(half, lambda: self._progress(directive), hour=10)
        if luck < 0.70:
            finished = due - timedelta(days=self.chance.randrange(1, 15))
        elif luck < 0.85:
            finished = due + timedelta(days=self.chance.randrange(3, 40))
        elif luck < 0.93:
            self.later(due - timedelta(days=6), lambda: self._ask_for_time(directive))
            finished = due + timedelta(days=self.chance.randrange(15, 30))
        else:
            finished = due + timedelta(days=self.chance.randrange(120, 300))
        self.later(max(finished, given + timedelta(days=2)), lambda: self._finish(directive), hour=14)

    def open_rounds(self) -> None:
        """What the job of the night does on the first day of a period, and what the units make of it."""
        open_due_occurrences()
        self._follow_rounds()

    def _follow_rounds(self) -> None:
        """Rounds opened today are reported on time, only the one of last month late."""
        for opened in Directive.objects.filter(period_from__isnull=False, assigned_on=now().date()):
            self._follow_round(opened)

    def _follow_round(self, opened: Directive) -> None:
        assert opened.due_on is not None  # noqa: S101 - every round has a deadline
        last_month = self.until.date().replace(day=1) - timedelta(days=1)
        is_late = (opened.due_on.year, opened.due_on.month) == (last_month.year, last_month.month)
        reported = opened.due_on + timedelta(days=6 if is_late else -3)
        self.later(opened.assigned_on + timedelta(days=1), lambda: self._acknowledge(opened))
        self.later(reported, lambda: self._finish(opened), hour=14)

    def _fresh(self, directive: Directive) -> tuple[Directive, User | None]:
        """The directive as it is now, and who works on it: after a merger somebody else."""
        found = Directive.objects.select_related("lead", "case").get(pk=directive.pk)
        return found, self.town.worker.get(found.lead_id)

    def _acknowledge(self, directive: Directive) -> None:
        found, worker = self._fresh(directive)
        if worker and found.state == Directive.State.ASSIGNED:
            act(found, "acknowledge", by=worker)

    def _progress(self, directive: Directive) -> None:
        found, worker = self._fresh(directive)
        if worker:
            self._unless_over(
                lambda: report(
                    found, by=worker, text=self.chance.choice(PROGRESS), percent=self.chance.randrange(3, 8) * 10
                )
            )

    def _ask_for_time(self, directive: Directive) -> None:
        found, worker = self._fresh(directive)
        if worker and found.due_on:
            asked = found.due_on + timedelta(days=30)
            reason = "Cần thêm thời gian lấy ý kiến các địa phương."
            self._unless_over(lambda: ask_extension(found, by=worker, reason=reason, new_due_on=asked))
            self.later(now().date() + timedelta(days=1), lambda: self._answer(directive))

    def _answer(self, directive: Directive) -> None:
        found, _ = self._fresh(directive)
        self._unless_over(lambda: act(found, "grant-extension", by=self.leader))

    def _finish(self, directive: Directive) -> None:
        found, worker = self._fresh(directive)
        if worker and self._unless_over(
            lambda: report(found, by=worker, text=self.chance.choice(REPORTS), percent=100, done=True)
        ):
            self.later(now().date() + timedelta(days=self.chance.randrange(1, 5)), lambda: self._judge(directive))

    def _judge(self, directive: Directive) -> None:
        found, _ = self._fresh(directive)
        if found.state != Directive.State.REPORTED:
            return
        if self.chance.random() < 0.08:
            act(found, "return", by=self.leader, comment=RETURNED)
            self.later(now().date() + timedelta(days=9), lambda: self._finish(directive))
        else:
            act(found, "accept", by=self.leader)

    def _unless_over(self, what: Callable[[], object]) -> bool:
        """Do it unless the process says it is no longer the time for it, as when a case was closed meanwhile."""
        try:
            what()
        except Refused:
            return False
        return True

    # ------------------------------------------------------------------ mergers

    def merge_departments(self) -> None:
        """1 March 2025: the department of information and communications goes into that of science and technology."""
        entry = next(entry for entry in city()["unit"] if entry.get("successor"))
        old, new = self.town.units[entry["code"]], self.town.units[entry["successor"]]
        end_unit(old, on=MERGED_ON, successors=[new], by=FOUNDER, basis=entry["basis"])
        hand_over(self.town)

    def end_districts(self) -> None:
        """1 July 2025: districts end; their work goes to the communes on their land, the largest part first."""
        for unit in [unit for unit in self.town.units.values() if unit.kind == Unit.Kind.DISTRICT and unit.place]:
            successors = self._successors(unit)
            end_unit(unit, on=TWO_TIERS, successors=successors, by=FOUNDER, basis="Nghị quyết số 1656/NQ-UBTVQH15")

    def _successors(self, unit: Unit) -> list[Unit]:
        """Communes that took over a district's land; first the one that the demo's people work in, or the main part."""
        assert unit.place is not None  # noqa: S101 - districts have one
        named = next((code for code, name in city()["districts"].items() if name == unit.place.name), "")
        own = [self.town.units[named]] if named else []
        links = sorted(unit.place.succeeded_by.all(), key=lambda link: link.kind == Kind.PART)
        by_place = {each.place_id: each for each in self.town.units.values() if each.kind == Unit.Kind.COMMUNE}
        return list(dict.fromkeys([*own, *(by_place[link.new_id] for link in links if link.new_id in by_place)]))
