"""Receiving rounds: whom they ask, what belongs to them, who has answered, until when."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from khue.core.clock import at
from khue.core.refusals import Refused
from khue.initiatives.actions import rounds as acting
from khue.initiatives.models import Initiative, Round
from khue.initiatives.rules.rounds import board, round_for
from khue.initiatives.tests.town import DAY, Commune
from khue.notices.models import Notice
from tests.town import signed_in

pytestmark = pytest.mark.usefixtures("put_back")
NEW = {
    "title": "Đợt 1 năm 2026",
    "opens_on": "2026-03-01",
    "closes_on": "2026-04-15",
    "guidance": "Gửi kèm minh chứng.",
}


def test_the_department_asks_sees_who_answered_reminds_and_closes(here: Commune) -> None:
    with at(DAY):
        client = signed_in(here.officer)
        assert "Mở đợt nhận" in client.get(reverse("initiatives:rounds")).content.decode()
        wrong = client.post(
            reverse("initiatives:round-new"), {**NEW, "host": here.science.pk, "closes_on": "2026-01-01"}
        )
        assert (wrong.status_code, "sau ngày mở" in wrong.content.decode()) == (422, True)
        client.post(reverse("initiatives:round-new"), {**NEW, "host": here.science.pk, "asked": ["commune"]})
        found = Round.objects.get()
        page = client.get(found.get_absolute_url()).content.decode()
        assert "0 trên 2 đơn vị đã trả lời" in page
        assert Notice.objects.filter(user=here.hanh, subject__contains="Đợt 1 năm 2026").exists()
        written = here.draft()
        form = signed_in(here.hanh).get(reverse("initiatives:write", args=[written.pk])).content.decode()
        assert "thuộc đợt «Đợt 1 năm 2026»" in form
        filed = here.filed()
        assert filed.round == found, "what is filed with a unit that is asked belongs to it"
        assert [(one.asked.unit == here.unit, one.filed) for one in board(found)] == [(False, 0), (True, 1)]
        assert "1 trên 2 đơn vị" in client.get(found.get_absolute_url()).content.decode()
        listed = client.get(reverse("initiatives:initiatives"), {"round": found.pk}).content.decode()
        assert filed.title in listed
        sent = client.post(found.get_absolute_url(), {"do": "remind"}, follow=True).content.decode()
        assert "Đã đôn đốc 1 đơn vị" in sent
        assert acting.remind(found, by=here.officer) == 0, "at most once a day"
        other = signed_in(here.elsewhere)
        asked = board(found)[0].asked
        assert "kỳ này không có" in other.get(found.get_absolute_url()).content.decode()
        other.post(found.get_absolute_url(), {"do": "none", "row": asked.pk, "because": "Mới thành lập."})
        assert not any(one.waits for one in board(found))
        with pytest.raises(Refused, match="Sở Khoa học và Công nghệ"):
            acting.close(found, by=here.hanh)
        client.post(found.get_absolute_url(), {"do": "close"})
        assert round_for(here.unit) is None
        with pytest.raises(Refused):
            acting.say_none(asked, "Không.", by=here.elsewhere)


def test_a_units_own_round_comes_before_one_that_asks_it(here: Commune) -> None:
    with at(DAY):
        days: dict[str, Any] = {"opens_on": date(2026, 3, 1), "closes_on": date(2026, 5, 1)}
        acting.open_round("Của Sở", host=here.science, by=here.officer, asked=[here.unit], **days)
        own = acting.open_round("Của xã", host=here.unit, by=here.minh, **days)
        assert here.filed().round == own
        assert Initiative.objects.exclude(round=None).count() == 1
        for reader, status in ((here.minh, 200), (here.elsewhere, 404), (here.leader, 200)):
            assert signed_in(reader).get(own.get_absolute_url()).status_code == status
        with pytest.raises(Refused):
            acting.open_round("Của Sở", host=here.science, by=here.minh, **days)
