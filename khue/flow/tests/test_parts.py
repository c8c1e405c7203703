"""Parts handed down: the whole waits for them, and knows how they stand."""

from datetime import date

import pytest

from khue.core import clock
from khue.core.refusals import Refused
from khue.flow.actions import move
from khue.flow.parts import Parts, parts_of
from khue.flow.tests.cast import MONDAY, Cast
from khue.journal.timeline import timeline
from khue.notices.models import Notice

pytestmark = pytest.mark.usefixtures("put_back")


def test_the_worst_part_speaks_for_all_and_the_last_tells_the_holder(cast: Cast) -> None:
    whole = cast.directive()
    assert parts_of(whole).state == "none"
    first, second = (
        cast.directive(number, parent=whole, due=due)
        for number, due in ((2, date(2025, 3, 20)), (3, date(2025, 3, 25)))
    )
    with clock.at(MONDAY):
        assert parts_of(whole) == Parts(2, 0, 0, 0, date(2025, 3, 20))
        assert parts_of(whole).state == "open"
    with clock.at(date(2025, 3, 21)):
        assert (parts_of(whole).state, parts_of(whole).overdue) == ("overdue", 1)
        move(first, "withdraw", by=cast.leader, comment="Thôi")
        assert (parts_of(whole).state, parts_of(whole).open) == ("open", 1)
        assert not Notice.objects.filter(key__contains=":parts:").exists()
        move(second, "start", by=cast.officer)
        move(second, "report-done", by=cast.officer, comment="Xong")
        move(second, "accept", by=cast.leader)
    assert parts_of(whole) == Parts(2, 1, 1, 0, None)
    assert parts_of(whole).state == "closed"
    told = Notice.objects.filter(key__contains=":parts:")
    assert {notice.user for notice in told} == {cast.officer, cast.head}
    assert timeline("directive:1")[0].sentence == "Mọi việc giao cấp dưới đã kết thúc: 1 hoàn thành, 1 dừng"


def test_nothing_is_handed_down_from_what_has_ended(cast: Cast) -> None:
    whole = cast.directive()
    move(whole, "withdraw", by=cast.leader, comment="Thôi")
    with pytest.raises(Refused) as caught:
        cast.directive(2, parent=whole)
    assert caught.value.refusal.code == "flow.closed"
