"""From a draft to a certificate, and every way in which an application is refused."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from khue.core.clock import at
from khue.core.refusals import Refused
from khue.files.rules import visible_to as visible_files
from khue.indicators import measures, texts
from khue.indicators.models import Period
from khue.initiatives.actions.handling import act, record_reach, set_sheet
from khue.initiatives.actions.writing import add_files, begin, discard, file_application, save_draft
from khue.initiatives.models import Initiative
from khue.initiatives.rules.initiatives import may_write, reads_secrets, visible_to
from khue.initiatives.standing import records
from khue.initiatives.tests.town import DAY, DECISION, Commune, answers
from khue.journal.timeline import timeline
from khue.matching.search import similar
from khue.notices.models import Notice
from tests.worlds import taken_back

APRIL = date(2026, 4, 20)
REFUSAL = {"decision_sign": "15/TB-UBND", "decided_on": "2026-03-09"}


def refused(code: str, call: Any) -> str:
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.refusal.code == code, str(caught.value)
    return str(caught.value)


def recognised(here: Commune, **changed: Any) -> Initiative:
    made = here.judged(**changed)
    with at(APRIL):
        return act(made, "recognise", by=here.head, data=DECISION)


def again(made: Initiative, number: int) -> Initiative:
    """One more of the same, quicker than by all its moves."""
    more = Initiative.objects.get(pk=made.pk)
    more.pk, more.case, more.title = None, None, f"Giải pháp số {number}"
    more.number, more.certificate = 1 + number, 1 + number
    more.save()
    more.authors.create(number=1, name="Nguyễn Thị Hạnh", share=100)
    return more


def test_from_a_draft_to_a_certificate(here: Commune) -> None:
    made = here.filed()
    assert (made.state, made.code, visible_to(here.minh).count()) == ("submitted", "", 1)
    made = act(made, "receive", by=here.minh)
    assert (made.code, made.received_on, made.received_by) == ("01/2026", DAY, here.minh)
    made = act(made, "ask-correction", by=here.minh, comment="Thiếu số liệu.")
    assert Notice.objects.filter(user=here.hanh, body="Thiếu số liệu.").exists()
    changed = {**made.answers, "benefit": "Bớt 2.000 lượt.", "ground": "author"}
    save_draft(made, by=here.hanh, answers=changed)
    made = act(made, "correct", by=here.hanh)
    assert (made.ground, made.state) == ("author", "checking")
    with at(date(2026, 3, 31)):
        made = act(made, "accept", by=here.minh)
    assert made.case is not None
    assert made.case.due_on == date(2026, 6, 30), "three months, in a month without a 31st"
    with at(APRIL):
        refused("flow.not-yours", lambda: act(made, "recognise", by=here.minh, data=DECISION))
        made = act(made, "recognise", by=here.head, data=DECISION)
    assert (made.state, made.certificate_code, made.decided_on) == ("recognised", "01/2026", APRIL)
    assert any("234/QĐ-UBND" in str(one.sentence) or one.verb == "flow.moved" for one in timeline(made.dossier))
    assert recognised(here, title="Việc khác").certificate_code == "02/2026"


def test_a_first_application_that_goes_on_moves_the_deadline(here: Commune) -> None:
    made = here.judged(trial_ends_on="2026-05-31")
    assert made.case is not None
    assert made.case.due_on == date(2026, 8, 31)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"authors": None}, "Tác giả"),
        ({"first_applied_on": "2025-03-08"}, "08/03/2026"),
        ({"first_applied_on": "2026-03-10"}, "chưa đến"),
        ({"ground": "transferred"}, "chủ đầu tư"),
        ({"trial_ends_on": "2026-01-01"}, "kết thúc"),
        ({"content": None}, "Nội dung"),
    ],
)
def test_what_is_missing_or_wrong_is_told(here: Commune, changed: dict[str, Any], told: str) -> None:
    draft = here.draft(**changed)
    assert told in refused("initiative.incomplete", lambda: file_application(draft, by=here.hanh))


@pytest.mark.parametrize(
    ("shares", "told"),
    [((60, 30), "90 %"), ((60, "40,5"), "100,5 %"), ((100, 0), "lớn hơn 0"), (("33.3", "66.7"), "")],
)
def test_shares_add_up_to_the_whole(here: Commune, shares: tuple[object, ...], told: str) -> None:
    draft = here.draft(authors=answers(here.hanh, *shares)["authors"])
    if not told:
        assert [one.share for one in file_application(draft, by=here.hanh).authors.all()] == [
            Decimal("33.30"), Decimal("66.70")
        ]  # fmt: skip
        return
    assert told in refused("initiative.incomplete", lambda: file_application(draft, by=here.hanh))


def test_the_last_day_of_the_year_is_in_time(here: Commune) -> None:
    assert here.filed(first_applied_on="2025-03-09").state == "submitted"


def test_state_money_needs_a_consent_before_the_decision(here: Commune) -> None:
    made = here.judged(state_money=True)
    other = here.judged(title="Không vốn Nhà nước")
    consent = {"consent_body": "UBND Thành phố", "consent_sign": "8/UBND", "consent_on": "2026-04-21"}
    with at(date(2026, 4, 22)):
        refused("initiative.no-state-money", lambda: act(other, "record-consent", by=here.minh, data=consent))
        refused("initiative.consent-missing", lambda: act(made, "recognise", by=here.head, data=DECISION))
        act(made, "record-consent", by=here.minh, data=consent)
        refused("initiative.before-consent", lambda: act(made, "recognise", by=here.head, data=DECISION))
        act(made, "record-consent", by=here.minh, data={**consent, "consent_on": "2026-04-20"})
        assert act(made, "recognise", by=here.head, data=DECISION).consent_sign == "8/UBND"


def test_points_decide_by_the_units_own_sheet(here: Commune) -> None:
    made = here.judged()
    said = {"council_sign": "45/QĐ", "met_on": "2026-04-01"}
    rows = [{"member": "A", "points": "60"}, {"member": "B", "points": "61"}, {"member": "C", "points": "62.5"}]
    sheet: dict[str, Any] = {"criteria": [("Tính mới", 40), ("Hiệu quả", 60)], "points_pass": Decimal(70)}
    sheet |= {"decision_sign": "9/QĐ", "decided_on": DAY}
    with at(APRIL):
        wrong = {**said, "scores": [{"member": "A", "points": "101"}]}
        refused("initiative.points", lambda: act(made, "record-scores", by=here.minh, data=wrong))
        assert act(made, "record-scores", by=here.minh, data={**said, "scores": rows}).score == Decimal("61.17")
        refused("initiative.sheet-not-yours", lambda: set_sheet(here.unit, **sheet, by=here.minh))
        short = {**sheet, "criteria": [("Tính mới", 40)]}
        refused("initiative.sheet-sum", lambda: set_sheet(here.unit, **short, by=here.head))
        set_sheet(here.unit, **sheet, by=here.head)
        sentence = refused("initiative.below-threshold", lambda: act(made, "recognise", by=here.head, data=DECISION))
        assert "61,17" in sentence
        assert "70" in sentence
        refused("flow.comment-missing", lambda: act(made, "refuse", by=here.head, data=DECISION))
        done = act(made, "refuse", by=here.head, comment="Chưa đạt điểm.", data=DECISION)
    assert (done.state, done.reasons, done.certificate) == ("refused", "Chưa đạt điểm.", None)


def test_nobody_judges_what_is_their_own(here: Commune) -> None:
    made = act(here.filed(by=here.head), "receive", by=here.minh)
    act(made, "accept", by=here.minh)
    with at(APRIL):
        refused("initiative.own", lambda: act(made, "recognise", by=here.head, data=DECISION))
        refused("initiative.decision-day", lambda: act(
            made, "recognise", by=here.leader, data={**DECISION, "decided_on": "2026-04-21"}
        ))  # fmt: skip
        assert act(made, "recognise", by=here.leader, data=DECISION).state == "recognised"


def test_range_of_effect_is_recorded_apart(here: Commune) -> None:
    made = here.judged()
    facts: dict[str, Any] = {"decision_sign": "512/QĐ-UBND", "decided_on": APRIL, "decided_by": "UBND Thành phố"}
    with at(APRIL):
        refused("initiative.not-recognised", lambda: record_reach(made, level="unit", by=here.head, **facts))
        made = act(made, "recognise", by=here.head, data=DECISION)
        record_reach(made, level="unit", by=here.head, **facts)
        refused("initiative.reach-there", lambda: record_reach(made, level="unit", by=here.head, **facts))
        refused("initiative.reach-not-yours", lambda: record_reach(made, level="city", by=here.head, **facts))
        early = {**facts, "decided_on": DAY}
        refused("initiative.reach-day", lambda: record_reach(made, level="city", by=here.officer, **early))
        record_reach(made, level="city", by=here.officer, **facts)
    assert [str(one) for one in made.reaches.all()] == ["Đơn vị", "Thành phố"]


def test_confidential_parts_stay_with_authors_and_those_who_handle_it(here: Commune) -> None:
    mate = here.elsewhere
    authors = answers(here.hanh, 60, 40)["authors"]
    authors[1]["email"] = mate.email.upper()
    made = here.draft(authors=authors, content_secret=True)
    paper = ContentFile("Công thức".encode(), "cong-thuc.txt")
    add_files(made, [paper], by=here.hanh, confidential=True)
    assert not visible_to(mate).exists(), "a draft is its writer's alone"
    made = file_application(made, by=here.hanh)
    seeing = {
        user.full_name: reads_secrets(user, made) for user in (here.hanh, mate, here.minh, here.officer, here.leader)
    }
    assert list(seeing.values()) == [True, True, True, False, False]
    assert [visible_files(user, "initiative").count() for user in (mate, here.minh, here.officer)] == [1, 1, 0]
    assert [visible_to(user).count() for user in (here.officer, here.leader, here.expert)] == [1, 1, 0]
    told = next(iter(records([made.pk])))
    assert "mã QR" not in told.summary
    assert "Khóa ký" not in told.summary
    assert may_write(here.expert) is not None
    act(act(made, "receive", by=here.minh), "refuse", by=here.head, comment="Không mới.", data=REFUSAL)
    assert Notice.objects.filter(user=mate, body="Không mới.").exists(), "every author hears of the decision"


def test_recognised_ones_are_seen_and_found_everywhere(here: Commune) -> None:
    made = here.judged()
    assert not visible_to(here.elsewhere).exists()
    with at(APRIL):
        act(made, "recognise", by=here.head, data=DECISION)
        assert visible_to(here.elsewhere).get() == made
        found = similar(here.elsewhere, "Giấy hẹn có mã QR để hẹn giờ trả kết quả một cửa", limit=3)
    assert [(one.kind, one.pk) for one in found] == [("initiative", made.pk)]


def test_figures_and_words_of_a_report(here: Commune) -> None:
    made = [recognised(here, title="Giải pháp số 0")]
    made += [again(made[0], number) for number in range(1, 7)]
    with at(APRIL):
        here.filed(title="Nộp tháng tư")
    quarter = Period(
        code="2026-Q2", kind="quarter", year=2026, number=2, first=date(2026, 4, 1), last=date(2026, 6, 30)
    )
    counted = {name: measures.named(f"initiatives.{name}") for name in ("filed", "recognised")}
    assert {name: one.count(quarter, [here.unit.pk])[here.unit.pk] for name, one in counted.items() if one} == {
        "filed": 1, "recognised": 7
    }  # fmt: skip
    one = counted["recognised"]
    assert one is not None
    assert list(one.records(quarter, here.unit.pk).rows) == made
    said = texts.begin("initiatives", quarter, here.unit)
    assert said.startswith("Công nhận 7 sáng kiến: Giải pháp số 0; ")
    assert said.endswith(" và 2 sáng kiến khác.")
    assert texts.begin("initiatives", quarter, here.science) == ""


def test_drafts_are_kept_and_dropped(here: Commune) -> None:
    first = begin(by=here.hanh)
    assert begin(by=here.hanh) == first, "an empty draft is used again"
    kept = save_draft(first, by=here.hanh, answers={"before": "Cũ"}, revision=0)
    refused("initiative.kept-meanwhile", lambda: save_draft(first, by=here.hanh, answers={}, revision=0))
    refused("initiative.not-yours", lambda: save_draft(kept, by=here.minh, answers={}))
    discard(kept, by=here.hanh)
    filed = here.filed()
    refused("initiative.filed", lambda: discard(filed, by=here.hanh))
    assert act(filed, "withdraw", by=here.hanh, comment="Làm lại.").state == "withdrawn"


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "recognised"}, {"state": "refused", "decision_sign": "1", "decided_on": APRIL}, {"score": -1},
        {"state": "checking"}, {"ground": "transferred"},
    ],
)  # fmt: skip
def test_the_database_keeps_the_promises(here: Commune, broken: dict[str, Any]) -> None:
    made = here.filed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Initiative.objects.filter(pk=made.pk).update(**broken)


def test_the_database_keeps_shares_whole(here: Commune) -> None:
    made = here.filed(authors=answers(here.hanh, 60, 40)["authors"])
    for spoil in (lambda: made.authors.filter(number=2).delete(), lambda: made.authors.update(share=30)):
        with pytest.raises(IntegrityError), taken_back():
            spoil()
