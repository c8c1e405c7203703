"""A council that sat on paper: what has to be there before any council judges is asked before its conclusion is
entered."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from khue.accounts.models import User
from khue.core.clock import at
from khue.core.refusals import Refused
from khue.councils.tests.hall import MONDAY, hall
from khue.directory.models import Unit
from khue.missions.actions.accept.accepting import act
from khue.missions.actions.accept.review import ask_opinions, confirm_nothing_to_measure, record_measuring
from khue.missions.models import Acceptance
from khue.missions.tests.scene import Scene, scene
from khue.missions.tests.test_acceptance_review import code_of, signed_in
from khue.missions.tests.test_accepting import fresh, handed_in

World = tuple[Scene, Acceptance]
DECIDED, MET = date(2024, 5, 20), date(2024, 6, 3)
PASSED = {"rating": "passed", "concluded_on": MET.isoformat()}


@pytest.fixture(scope="module")
def judged(kept: None) -> World:
    """The file is valid; who sits in the council was decided on paper."""
    with at(MONDAY):
        here = scene(hall())
        acceptance, _writer = handed_in(here)
    with at(DECIDED):
        decision = {"decision_sign": "15/QĐ-SKHCN", "decided_on": DECIDED.isoformat()}
        act(acceptance, "set-up-council", by=here.hall.officer, data=decision)
    return here, Acceptance.objects.get(pk=acceptance.pk)


@pytest.fixture
def world(judged: World, put_back: None) -> Iterator[World]:
    with at(MET):
        yield deepcopy(judged)


def test_its_conclusion_waits_for_what_was_measured_and_who_was_asked(world: World) -> None:
    here, acceptance = world
    officer = here.hall.officer
    for move, data in (("pass", PASSED), ("fail", {})):
        with pytest.raises(Refused, match=r"Sản phẩm đo kiểm được: Lươn giống.*3 thành viên") as error:
            act(acceptance, move, by=officer, data=data, comment="Theo biên bản.")
        assert code_of(error) == "acceptance.unmeasured"
    confirm_nothing_to_measure(acceptance, reason="Đã kiểm định.", confirmed=True, by=officer)
    unit = Unit.objects.create(name="Trung tâm Kiểm định", kind="institute", valid_from=date(2015, 1, 1))
    ask_opinions(acceptance, [], unit=unit, question="Có đạt không?", by=officer)
    with pytest.raises(Refused, match="Còn chờ ý kiến độc lập của: Trung tâm Kiểm định"):
        act(acceptance, "pass", by=officer, data=PASSED)
    acceptance.opinions.update(gone_without="Đã rút.")
    assert act(acceptance, "pass", by=officer, data=PASSED).rating == "passed"


def test_whom_it_is_about_is_not_told_who_was_asked(world: World) -> None:
    here, acceptance = world
    host = User.objects.filter(memberships__unit=here.mission.host).first()
    assert host is not None
    with pytest.raises(Refused) as error:
        act(acceptance, "pass", by=fresh(host), data=PASSED)
    assert code_of(error) == "flow.not-yours"


def test_who_measured_is_named_and_before_the_council_judged(world: World) -> None:
    here, acceptance = world
    people = here.hall.experts[:3]
    told: dict[str, Any] = {"measured_on": MET, "findings": "10.000 con, khỏe.", "by": here.hall.officer}
    for members, day, code in (
        (people[:2], MET, "measuring.too-few"), ([*people[:2], here.investigator], MET, "review.conflict"),
        (people, date(2024, 5, 19), "measuring.day"), (people, date(2024, 6, 4), "measuring.day"),
    ):  # fmt: skip
        with pytest.raises(Refused) as error:
            record_measuring(acceptance, members=members, **told | {"measured_on": day})
        assert code_of(error) == code
    record_measuring(acceptance, members=people, **told)
    with pytest.raises(Refused, match="đo kiểm") as error:
        act(acceptance, "pass", by=here.hall.officer, data={**PASSED, "concluded_on": "2024-06-02"})
    assert code_of(error) == "acceptance.day-before"
    assert act(acceptance, "pass", by=here.hall.officer, data=PASSED).rating == "passed"


def test_the_pages_say_what_is_missing_and_take_it(world: World) -> None:
    here, acceptance = world
    officer, page = signed_in(here.hall.officer), reverse("missions:acceptance-review", args=[acceptance.pk])
    assert "chưa ghi kết luận được" in officer.get(page).content.decode()
    assert "Sản phẩm đo kiểm được" in officer.get(acceptance.get_absolute_url()).content.decode()
    move = reverse("missions:acceptance-move", args=[acceptance.pk])
    sent = {"move": "pass", **{f"pass-{name}": value for name, value in PASSED.items()}}
    refused = officer.post(move, sent)
    assert refused.status_code == 422
    assert "Sản phẩm đo kiểm được" in refused.content.decode()
    told = {"do": "measured", "measured-measured_on": "2024-06-03", "measured-findings": "Đủ 10.000 con."}
    names = {f"measured-person_{number}": str(one) for number, one in enumerate(here.hall.experts[:3], 1)}
    half = officer.post(page, told | dict(list(names.items())[:2]))
    assert half.status_code == 422
    assert "Đủ 10.000 con." in half.content.decode()
    assert officer.post(page, told | names).status_code == 302
    assert officer.post(move, sent).status_code == 302
