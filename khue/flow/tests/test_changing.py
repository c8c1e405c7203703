"""Another due day, another party, another version; and the shelf in its table."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from khue.core import clock
from khue.core.refusals import Refused
from khue.flow.actions import change_version, load_shelf, move, set_due, set_party
from khue.flow.models import Case, CaseParty, Holding, ProcessVersion
from khue.flow.shelf.released import FILE
from khue.flow.tests.cast import MONDAY, Cast, held
from khue.journal.models import Entry
from khue.journal.sentences import sentence_of

pytestmark = pytest.mark.usefixtures("put_back")


def started(cast: Cast) -> Case:
    case = cast.directive()
    with clock.at(MONDAY):
        move(case, "start", by=cast.officer)
    return case


def test_the_holders_due_day_follows_the_cases(cast: Cast) -> None:
    case = started(cast)
    with clock.at(MONDAY):
        set_due(case, date(2025, 4, 10), by=cast.leader, reason="Gia hạn")
    assert (case.due_on, held(case).due_on) == (date(2025, 4, 10), date(2025, 4, 10))
    entry = Entry.objects.filter(verb="flow.due-set").get()
    assert entry.facts == {"before": "2025-03-31", "due": "2025-04-10", "reason": "Gia hạn"}
    with clock.at(MONDAY):
        set_due(case, None, by=cast.leader, reason="Không còn hạn")
        set_due(case, date(2025, 5, 5), by=cast.leader, reason="Có hạn lại")
    told = [sentence_of(one) for one in Entry.objects.filter(verb__startswith="flow.due-").order_by("sequence")]
    assert [text.removeprefix(cast.leader.actor_name) for text in told[1:]] == [
        " bỏ hạn 10/04/2025", " đặt hạn 05/05/2025"
    ]  # fmt: skip


def test_a_step_with_its_own_deadline_keeps_it(cast: Cast) -> None:
    case = cast.directive()
    with clock.at(MONDAY):
        set_due(case, date(2025, 4, 10), by=cast.leader, reason="Gia hạn")
    assert held(case).due_on == date(2025, 3, 4)


@pytest.mark.parametrize(
    ("day", "reason", "code"),
    [(date(2025, 3, 2), "x", "flow.due-past"), (date(2025, 4, 2), "  ", "flow.reason-missing")],
)
def test_a_due_day_that_cannot_be(cast: Cast, day: date, reason: str, code: str) -> None:
    case = started(cast)
    with clock.at(MONDAY), pytest.raises(Refused) as caught:
        set_due(case, day, by=cast.leader, reason=reason)
    assert caught.value.refusal.code == code


def test_a_hand_over_takes_the_rest_of_the_time_along(cast: Cast) -> None:
    case = started(cast)
    with clock.at(date(2025, 3, 20)):
        set_party(case, "lead", cast.heir, by=cast.monitor, reason="Sáp nhập")
    now_with = held(case)
    assert (now_with.unit, now_with.due_on, now_with.since.date()) == (
        cast.heir, date(2025, 3, 31), date(2025, 3, 20),
    )  # fmt: skip
    assert case.holdings.filter(unit=cast.ward, until=None).count() == 0
    assert case.holdings.filter(unit=cast.ward).count() == 2


def test_a_party_that_does_not_hold_it_leaves_the_holding(cast: Cast) -> None:
    case = started(cast)
    before = held(case)
    set_party(case, "issuer", cast.heir, by=cast.monitor, reason="Chuyển đầu mối")
    assert held(case) == before


def test_a_closed_case_is_changed_no_more(cast: Cast) -> None:
    case = started(cast)
    move(case, "withdraw", by=cast.leader, comment="Thôi")
    assert (case.outcome, Holding.objects.filter(case=case, until=None).count()) == ("cancelled", 0)
    for change in (
        lambda: set_due(case, date(2035, 1, 1), by=cast.leader, reason="x"),
        lambda: set_party(case, "lead", cast.heir, by=cast.leader, reason="x"),
        lambda: change_version(case, date(2024, 1, 1), {}, by=cast.leader, reason="x"),
    ):
        with pytest.raises(Refused) as caught:
            change()
        assert caught.value.refusal.code == "flow.closed"


def newer_version(shelf: Path) -> date:
    """A version in which `in-progress` is called `working`, due three days after it begins."""
    old = settings.PROCESSES / "directive-follow-up" / "2024-01-01"
    new = shelf / "directive-follow-up" / "2025-03-10"
    shutil.copytree(old, new)
    text = (new / "process.toml").read_text(encoding="utf-8").replace("2024-01-01", "2025-03-10")
    before, mark, after = text.replace("in-progress", "working").partition("[steps.working]")
    after = after.replace('{ from = "due"', "{ working_days = 3", 1)
    (new / "process.toml").write_text(before + mark + after, encoding="utf-8")
    load_shelf(shelf)
    return date(2025, 3, 10)


def test_a_case_goes_to_a_newer_version_by_a_map_and_for_a_reason(cast: Cast, tmp_path: Path) -> None:
    case, day = started(cast), newer_version(tmp_path)
    with clock.at(date(2025, 3, 11)):
        with pytest.raises(Refused) as caught:
            change_version(case, day, {}, by=cast.leader, reason="Quy trình mới")
        assert caught.value.refusal.code == "flow.step-unknown"
        change_version(case, day, {"in-progress": "working"}, by=cast.leader, reason="Quy trình mới")
    assert (str(case.process_version), case.step) == ("directive-follow-up/2025-03-10", "working")
    assert held(case).due_on == date(2025, 3, 6), "the days already used count"
    move(case, "report-done", by=cast.officer, comment="Xong")


def test_there_must_be_such_a_version(cast: Cast) -> None:
    case = started(cast)
    with pytest.raises(Refused) as caught:
        change_version(case, date(2031, 1, 1), {}, by=cast.leader, reason="x")
    assert caught.value.refusal.code == "flow.no-version"


def test_loading_again_changes_nothing() -> None:
    assert load_shelf() == []


def test_a_version_that_was_used_cannot_change(cast: Cast, tmp_path: Path) -> None:
    day = newer_version(tmp_path)
    file = tmp_path / "directive-follow-up" / str(day) / "process.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("Đã giao", "Đã phân công"), encoding="utf-8")
    assert load_shelf(tmp_path) == [f"directive-follow-up/{day}"], "nobody has used it yet"
    case = cast.directive(on=date(2025, 3, 12))
    assert case.step_now.staff.vi == "Đã phân công"
    file.write_text(file.read_text(encoding="utf-8").replace("Đã phân công", "Giao rồi"), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        load_shelf(tmp_path)
    assert caught.value.refusal.code == "flow.version-changed"
    assert "khue demo --rebuild" not in caught.value.refusal.sentence
    (tmp_path / FILE).write_text("")
    with pytest.raises(Refused, match="khue demo --rebuild"):
        load_shelf(tmp_path)
    assert ProcessVersion.objects.get(version=day).definition.steps["assigned"].staff.vi == "Đã phân công"


def test_a_shelf_that_cannot_be_read_is_not_loaded(tmp_path: Path) -> None:
    day = newer_version(tmp_path)
    file = tmp_path / "directive-follow-up" / str(day) / "process.toml"
    file.write_text("id = 'directive-follow-up'\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"process.toml: start: thiếu khóa này"):
        load_shelf(tmp_path)


def test_the_database_keeps_the_promises(cast: Cast) -> None:
    case = started(cast)
    row = CaseParty.objects.get(case=case, party="lead")
    broken = [
        lambda: Holding.objects.create(case=case, step="x", unit=cast.city, since=held(case).since),
        lambda: CaseParty.objects.filter(pk=row.pk).update(user=cast.leader),
        lambda: Case.objects.filter(pk=case.pk).update(outcome="done"),
        lambda: Case.objects.filter(pk=case.pk).update(parent=case.pk),
        lambda: Holding.objects.filter(pk=held(case).pk).update(unit=None),
    ]
    for write in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
