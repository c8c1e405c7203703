"""Applications that are being written stand on their authors' desks until they are handed in or the call closes."""

from datetime import timedelta
from html import unescape

from django.test import Client

from khue.accounts.models import User
from khue.missions.actions.select.applications import add_author, remove_author, start, submit, withdraw
from khue.missions.actions.select.calls import cancel_call, close_due, invite_directly
from khue.missions.models import Selection
from khue.missions.rules.select.drafts import deadlines_of, to_hand_in
from khue.missions.tests.market import MONDAY, Market, again, fresh, moment, on

DAY = MONDAY + timedelta(days=1)
CLOSES = MONDAY + timedelta(days=31)
SECTION = 'id="to-hand-in">Hồ sơ phải nộp trước giờ đóng nhận'


def titles(user: User) -> list[tuple[bool, str]]:
    return [(draft.begun, draft.title) for draft in to_hand_in(again(user))]


def desk(user: User) -> str:
    client = Client()
    client.force_login(user)
    return unescape(client.get("/").content.decode())


def test_a_draft_stands_with_its_authors_until_it_is_handed_in(fair: Market, selection: Selection) -> None:
    head, along = fair.first_head, fair.mill.stranger
    with on(DAY):
        assert titles(head) == []
        draft = fair.drafted(selection, fair.mill.host, head)
        add_author(draft, along, by=again(head))
        expected = [(True, draft.plan.name)]
        assert titles(head) == titles(fair.mill.worker) == titles(along) == expected
        assert titles(fair.officer) == titles(fair.second_head) == [], "it is sealed"
        page = desk(along)
        assert SECTION in page
        assert f"nhận đến 16:00 {CLOSES:%d/%m/%Y}" in page
        assert draft.get_absolute_url() in page
        assert "Viết tiếp hồ sơ" in page
        assert "Không có việc nào đang chờ bạn" not in page
        assert [(one.on, one.title) for one in deadlines_of(again(along))] == [(CLOSES, draft.plan.name)]
        remove_author(draft, along, by=again(head))
        assert titles(along) == []
        assert SECTION not in desk(along)
        submit(draft, by=again(head))
        assert titles(head) == []
        withdraw(draft, by=again(head))
        assert titles(head) == expected, "it can be handed in again"


def test_nothing_stands_after_the_closing_moment_or_a_cancelled_call(fair: Market, selection: Selection) -> None:
    with on(DAY):
        start(selection, fair.mill.host, by=again(fair.first_head))
        assert len(titles(fair.first_head)) == 1
    with on(CLOSES + timedelta(days=1)):
        assert titles(fair.first_head) == [], "to the second, though nobody has closed it yet"
        close_due()
        assert titles(fair.first_head) == []
        assert not list(deadlines_of(again(fair.first_head)))


def test_a_cancelled_call_asks_for_nothing(fair: Market, selection: Selection) -> None:
    assert selection.call is not None
    with on(DAY):
        start(selection, fair.mill.host, by=again(fair.first_head))
        cancel_call(selection.call, by=fair.mill.head, reason="Sửa yêu cầu.")
        assert titles(fair.first_head) == []


def test_an_invited_organisation_is_asked_before_it_has_begun(fair: Market) -> None:
    with on(MONDAY):
        made = invite_directly(fair.order, fair.mill.host, closes_at=moment(CLOSES), ground="single", by=fair.officer)
    with on(DAY):
        assert titles(fair.first_head) == [(False, fair.order.name)]
        page = desk(fair.first_head)
        assert "Lập hồ sơ" in page
        assert made.get_absolute_url() in page
        assert titles(fair.second_head) == []
        draft = start(fresh(made), fair.mill.host, by=again(fair.first_head))
        assert titles(fair.first_head) == [(True, draft.plan.name)], "once, and not as an invitation too"
