"""Proposals of the demo city at every step, and the two order lists that came of them: lived through at their own
dates, by the actions that people use."""

import tomllib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from khue.accounts.actions import add_user, give_role
from khue.accounts.models import User
from khue.core.calendar import add_working_days
from khue.core.clock import at, now, today
from khue.core.refusals import Refused
from khue.councils import actions as councils
from khue.councils.models import Council, Seat
from khue.directory.actions.people import declare_expertise
from khue.directory.models import Person, Post
from khue.missions.actions.order import orders
from khue.missions.models import OrderList
from khue.needs.actions.order_proposals import choose, save_order, send_order, start_order
from khue.needs.actions.proposal_council import form_council, hand_in
from khue.needs.actions.proposal_search import judge, sign, take_in
from khue.needs.actions.proposals import Origin, act, save_draft, send, start
from khue.needs.models import DuplicateSearch, Need, Proposal
from khue.needs.rules.proposal_forms import form_name
from khue.needs.rules.proposal_search import unjudged
from khue.site.demo.parts import expert_address
from khue.site.demo.town import FOUNDED, FOUNDER, Town

FILE = Path(__file__).with_name("proposals.toml")
ROLES = ("chair", "vice-chair", "secretary", "reviewer", "reviewer", "member", "member")
SENT = {"first": 150, "refused": 150, "second": 78, "reviewing": 46, "council": 24, "searching": 9, "submitted": 3}
"""Days before today on which a proposal of each fate was sent; a draft was begun yesterday."""
LETTER = {
    "problem": "Việc này đã kéo dài nhiều năm, cách làm hiện nay không còn phù hợp.",
    "objective": "Có giải pháp dùng được ngay tại địa bàn.", "results": "1 quy trình; 1 mô hình", "way": "selection",
    "use": "Đơn vị tiếp nhận, bố trí người và kinh phí vận hành.", "commitment": True,
}  # fmt: skip
SEEN = ("urgency", "relevance", "no-duplicate", "feasibility")


def live_through(town: Town) -> int:
    """Let every proposal of the list happen up to today; returns how many."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    life = _Life(town, [_expert(town, number, row) for number, row in enumerate(told["expert"], 1)])
    for row in told["proposal"]:
        life.propose(row)
    first = life.judged(["first", "refused"], back=144)
    life.list("Danh mục nhiệm vụ khoa học và công nghệ đặt hàng", "first", after=first, number=2517)
    second = life.judged(["second"], back=72)
    life.list("Danh mục nhiệm vụ đặt hàng bổ sung", "second", after=second, number=4102, adds=True)
    life.judged(["reviewing"], back=40)
    life.judged(["council"], back=6, meets=False)
    life.letter("submitted", back=2, sent=True)
    life.letter("draft", back=1, sent=False)
    return len(told["proposal"])


def _expert(town: Town, number: int, row: dict[str, str]) -> User:
    unit = town.units[row["unit"]]
    email = expert_address(number)
    person = Person.objects.create(full_name=row["name"], title=row["title"], email=email)
    Post.objects.create(person=person, unit=unit, position="Nghiên cứu viên", valid_from=max(FOUNDED, unit.valid_from))
    declare_expertise(person, topic=row["knows"], by=FOUNDER)
    user = add_user(email=email, full_name=row["name"], person=person, by=FOUNDER)
    give_role(user, unit=unit, role="expert", valid_from=max(FOUNDED, unit.valid_from), by=FOUNDER)
    return user


def _morning(back: int, hour: int = 9) -> datetime:
    """The morning of a working day so many days ago."""
    day = add_working_days(today() - timedelta(days=back + 1), 1)
    return datetime.combine(day, time(hour), timezone.get_default_timezone())


class _Life:
    """Who takes part, and the proposals by their fate."""

    def __init__(self, town: Town, experts: Sequence[User]) -> None:
        self.town, self.experts = town, experts
        self.officer, self.head = town.people["chuyenvien"], town.people["truongphong"]
        self.made: dict[str, list[Proposal]] = {}
        self.approved: OrderList | None = None

    def propose(self, row: dict[str, Any]) -> None:
        """Write it, send it, look for duplicates, as far as its fate goes."""
        fate = row["fate"]
        unit = self.town.units[row.get("unit", row["by"])]
        worker = self.town.worker[unit.pk]
        with at(_morning(SENT.get(fate, 1))):
            origin = Origin(needs=_need(row.get("need", "")))
            made = start(unit=unit, type=row["type"], title=row["title"], by=worker, origin=origin)
            save_draft(made, by=worker, answers=_answers(made, row), field=row["field"], title=row["title"])
            if fate != "draft":
                send(made, by=worker)
        self.made.setdefault(fate, []).append(made)
        if fate not in ("draft", "submitted"):
            with at(_morning(SENT[fate] - 3)):
                self._search(made, signed=fate != "searching")

    def _search(self, made: Proposal, *, signed: bool) -> None:
        search = take_in(made, by=self.officer)
        if not signed:
            return
        for hit in unjudged(search):
            judge(search, hit["number"], verdict="related", by=self.officer, note="Khác đối tượng hoặc địa bàn")
        related = any(hit["band"] != "other" for hit in search.hits)
        conclusion = DuplicateSearch.Conclusion.RELATED if related else DuplicateSearch.Conclusion.NONE
        sign(search, conclusion=conclusion, by=self.officer, remark="Không trùng mục tiêu và sản phẩm.")

    def judged(self, fates: list[str], *, back: int, meets: bool = True) -> date:
        """A council about the proposals of these fates, formed so many days ago; returns the day it met or meets."""
        proposals = [one for fate in fates for one in self.made.get(fate, [])]
        with at(_morning(back)):
            council = self._formed(proposals)
        assert council.meets_at is not None  # noqa: S101 - it was called
        if meets:
            with at(council.meets_at + timedelta(minutes=10)):
                self._vote(council)
            self._after(council, [one for one in proposals if one not in self.made.get("refused", [])])
        return timezone.localtime(council.meets_at).date()

    def _formed(self, proposals: Sequence[Proposal]) -> Council:
        year = proposals[0].year
        council = form_council(proposals, title=f"Hội đồng tư vấn xác định nhiệm vụ năm {year}", by=self.officer)
        people = [user.person for user in self.experts if user.person is not None]
        wanted = [councils.Wanted(person, role) for person, role in zip(people, ROLES, strict=True)]
        for refusal in councils.add_seats(council, wanted, by=self.officer)[1]:
            raise Refused(refusal)
        councils.seat_everybody(council, by=self.officer)
        councils.appoint(council, decision_sign=f"{council.pk + 300}/QĐ-SKHCN", decided_on=today(), by=self.officer)
        meets = datetime.combine(add_working_days(today(), 9), time(8, 30), timezone.get_default_timezone())
        councils.schedule(council, meets_at=meets, venue="Phòng họp tầng 3, 185 phố Giảng Võ", by=self.officer)
        councils.send_documents(council, by=self.officer)
        council.refresh_from_db()
        return council

    def _vote(self, council: Council) -> None:
        seats = list(Seat.objects.filter(council=council).select_related("person").order_by("pk"))
        councils.record_attendance(council, dict.fromkeys(seats, "present"), by=self.officer)
        councils.open_session(council, by=self.officer)
        refused = {one.dossier for one in self.made.get("refused", [])}
        for number, seat in enumerate(seats):
            voter = self.experts[number]
            for subject in council.subjects.all():
                against = subject.dossier in refused and number > len(seats) // 2
                answers = {name: not (against and name == "no-duplicate") for name in SEEN}
                councils.cast(seat, subject, answers, by=User.objects.get(pk=voter.pk))
        councils.close(council, by=self.officer)
        councils.conclude(council, conclusion="Hội đồng thống nhất kết luận theo kết quả kiểm phiếu.", by=self.officer)

    def _after(self, council: Council, proposals: Sequence[Proposal]) -> None:
        """The recommendation is completed; what is to be listed goes through the review."""
        assert council.meets_at is not None  # noqa: S101 - it met
        for one in proposals:
            one.refresh_from_db()
            with at(council.meets_at + timedelta(days=3)):
                hand_in(one, {**one.recommendation, "reasons": "Chỉnh lại tên cho gọn."}, by=self.officer)
            if one not in self.made.get("reviewing", []):
                with at(council.meets_at + timedelta(days=8)):
                    act(one, "recommend", by=self.head)

    def letter(self, fate: str, *, back: int, sent: bool) -> None:
        """The unit of such a proposal asks for it to be ordered."""
        wanted = self.made[fate][0]
        worker = self.town.worker[wanted.unit_id]
        with at(_morning(back, hour=15)):
            found = start_order(unit=wanted.unit, by=worker, year=wanted.year)
            save_order(found, by=worker, answers=LETTER)
            choose(found, [wanted], by=worker)
            if sent:
                send_order(found, by=worker)

    def list(self, title: str, fate: str, *, after: date, number: int, adds: bool = False) -> None:
        """Put them on a list, approve and publish it."""
        start_on = datetime.combine(add_working_days(after, 12), time(9), timezone.get_default_timezone())
        if start_on > now():
            return
        year = self.made[fate][0].year
        with at(start_on):
            found = orders.start_list(
                title=f"{title} năm {year}", year=year, by=self.officer, supplements=self.approved if adds else None
            )
            orders.gather(found, self.made[fate], by=self.officer)
        if adds:  # the supplement waits for somebody to look at it and approve it
            return
        with at(min(start_on + timedelta(days=7), now() - timedelta(hours=2))):
            orders.approve(
                found, decision_sign=f"{number}/QĐ-UBND", decided_on=today(), by=self.town.people["lanhdao"],
                ground="Luật Khoa học, công nghệ và đổi mới sáng tạo ngày 27 tháng 6 năm 2025",
            )  # fmt: skip
        with at(min(start_on + timedelta(days=12), now() - timedelta(hours=1))):
            orders.publish(found, by=self.officer)
        self.approved = found


def _answers(made: Proposal, row: dict[str, Any]) -> dict[str, Any]:
    """The form of its type, filled in; a draft only as far as somebody came."""
    given = {name: row[name] for name in ("urgency", "objective", "content", "use") if name in row}
    answers = {**made.answers, **given}
    if row["fate"] == "draft":
        return answers
    product = {"kind": "ii", "name": row["product"], "quality": "Đạt yêu cầu của hội đồng nghiệm thu", "quantity": "1"}
    answers |= {
        "ground": made.answers.get("ground") or "Chương trình khoa học và công nghệ của Thành phố",
        "products": [product], "effect": "Giảm chi phí, cải thiện môi trường và đời sống.", "months": 24,
        "budget": 1_800_000_000, "way": "selection",
    }  # fmt: skip
    special: dict[str, dict[str, Any]] = {
        "a2": {
            "origin": "Kết quả đề tài cấp Thành phố đã nghiệm thu.", "market": "Hơn 60 làng nghề của Thành phố.",
            "own_money": 900_000_000, "own_money_source": "Vốn của đơn vị phối hợp",
        },
        "a3": {"policy": "Nghị quyết của Hội đồng nhân dân Thành phố"},
    }  # fmt: skip
    return answers | special.get(form_name(made.type), {})


def _need(begins: str) -> list[Need]:
    """The need that begins so, if one is named and nothing has happened to it since: needs were lived through up to
    today before."""
    if not begins:
        return []
    rows = Need.objects.filter(problem__startswith=begins).exclude(state=Need.State.DRAFT)
    return list(rows.exclude(case__records__at__gt=now()).order_by("pk")[:1])
