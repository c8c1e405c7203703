"""The bench of pairs as an officer works on it: judged, remembered, taken back, as a sheet; nothing hidden is shown."""

import io
import zipfile
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khue.accounts.models import Membership, User
from khue.core.refusals import Refusal, Refused
from khue.directory.models import Unit
from khue.journal.models import Entry as Act
from khue.matching import actions, merging, sources
from khue.matching.beside import Signals, compared
from khue.matching.marking import shared_marks, sides
from khue.matching.models import Entry, Feedback, Likeness, Sweep
from khue.matching.ranking.reading import understand
from khue.matching.ranking.why import same_and_other
from khue.matching.tests.library import TITLES, Shelf

pytestmark = pytest.mark.django_db
PAIRS = reverse("matching:pairs")


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(sources, "_sources", {})
    monkeypatch.setattr(merging, "_mergers", {})
    made = Shelf()
    sources.register(made.source())
    actions.reconcile()
    return made


@pytest.fixture
def department(shelf: Shelf) -> Unit:
    return Unit.objects.create(
        name="Sở Khoa học và Công nghệ", kind=Unit.Kind.DEPARTMENT, valid_from=date(2015, 1, 1), code="skhcn"
    )


def account(name: str, role: str, unit: Unit) -> User:
    user = get_user_model().objects.create_user(f"{role}@example.vn", name)
    Membership.objects.create(user=user, unit=unit, role=role, valid_from="2015-01-01")
    return User.objects.get(pk=user.pk)


@pytest.fixture
def officer(department: Unit) -> User:
    return account("Cao Văn Nam", "officer", department)


@pytest.fixture
def desk(officer: User, client: Client) -> Client:
    client.force_login(officer)
    return client


def entry(pk: int) -> Entry:
    return Entry.objects.get(kind="thing", record=pk)


def pair(one: int, other: int, **facts: object) -> Likeness:
    said = {"score": 0.9, "band": "same", "why": ["cùng đối tượng: măng tây"], **facts}
    first, second = sorted((entry(one), entry(other)), key=lambda each: each.pk)
    return Likeness.objects.create(one=first, other=second, **said)


def page(desk: Client, query: str = "") -> str:
    answer = desk.get(PAIRS + query)
    assert answer.status_code == 200
    return answer.content.decode()


def sheet(desk: Client, query: str = "") -> str:
    """Every text of the sheet."""
    data = desk.get(reverse("matching:pairs-excel") + query).content
    return zipfile.ZipFile(io.BytesIO(data)).read("xl/sharedStrings.xml").decode()


def test_a_judged_pair_leaves_the_bench_and_comes_back_when_it_is_taken_back(desk: Client, officer: User) -> None:
    found = pair(1, 2)
    answer = desk.post(reverse("matching:pairs-judge"), {"judge": f"{found.pk}:other"}, follow=True)
    text = answer.content.decode()
    assert "1 cặp: Không liên quan." in text
    assert "Không có cặp nào chờ xem" in text
    assert "Cao Văn Nam" in page(desk, "?state=dismissed")
    undo = f"{reverse('matching:pairs-undo')}?pick={found.pk}"
    assert undo in text
    desk.post(undo)
    found.refresh_from_db()
    assert (found.state, found.verdict, Feedback.objects.count()) == ("open", None, 0)
    verbs = Act.objects.filter(dossier="pair:thing:1+thing:2").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["match.other", "match.taken-back"]


def test_taking_back_lets_the_word_of_a_colleague_count_again(desk: Client, officer: User, department: Unit) -> None:
    found = pair(1, 2)
    actions.link(found, by=account("Bùi Văn Khánh", "unit-head", department))
    actions.dismiss(found, by=officer)
    actions.take_back(*found.pair, by=officer)
    found.refresh_from_db()
    assert (found.state, found.verdict.by.full_name if found.verdict else "") == ("linked", "Bùi Văn Khánh")
    with pytest.raises(Refused, match="chưa nhận định"):
        actions.take_back(*found.pair, by=officer)


def test_many_are_judged_at_once_or_none(desk: Client, shelf: Shelf) -> None:
    rows = [pair(1, 2), pair(3, 4), pair(1, 5)]
    picked = [one.pk for one in rows[:2]]
    text = desk.post(reverse("matching:pairs-judge"), {"pick": picked, "do": "other"}, follow=True).content.decode()
    assert "2 cặp: Không liên quan." in text
    assert list(Likeness.objects.filter(state="open")) == [rows[2]]
    nothing = desk.post(reverse("matching:pairs-judge"), {"pick": ["x"], "do": "other"}, follow=True)
    assert "Hãy chọn ít nhất" in nothing.content.decode()


def test_filters_narrow_page_and_sheet_alike(desk: Client) -> None:
    pair(1, 2)
    pair(3, 4, band="related", score=0.5)
    assert "Chế tạo" not in page(desk)
    assert page(desk, "?band=related").count("data-band") == 1
    assert page(desk, "?q=mang tay").count("data-band") == 1
    assert "Không có gì" in page(desk, "?q=khong+dau+ca")
    values = sheet(desk, "?band=related")
    assert TITLES[3] in values
    assert TITLES[1] not in values


def test_a_pair_with_a_hidden_record_is_nowhere(desk: Client, shelf: Shelf) -> None:
    found = pair(1, 2)
    shelf.hidden.add(2)
    assert "data-band" not in page(desk, "?state=all")
    assert TITLES[1] not in sheet(desk)
    desk.post(reverse("matching:pairs-judge"), {"judge": f"{found.pk}:other"})
    found.refresh_from_db()
    assert found.state == "open"
    beside = reverse("matching:beside")
    assert desk.get(f"{beside}?one=thing:1&other=thing:2").status_code == 404
    assert TITLES[2] not in desk.get(f"{beside}?one=thing:1").content.decode()


def test_many_pairs_cost_as_few_queries_as_one(desk: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(desk)
        return len(queries)

    pair(1, 2)
    page(desk)
    few = cost()
    for one, other in ((1, 3), (1, 4), (2, 3), (2, 4), (3, 4)):
        pair(one, other)
    assert cost() == few
    assert few <= 14


def test_others_have_no_bench(client: Client, department: Unit) -> None:
    client.force_login(account("Ngô Văn Lạ", "expert", department))
    for name in ("pairs", "pairs-excel", "sweep-progress"):
        assert client.get(reverse(f"matching:{name}")).status_code == 403
    client.post(reverse("matching:sweep"))
    assert not Sweep.objects.exists()


def test_side_by_side_marks_what_is_shared_and_what_is_not(desk: Client) -> None:
    one, other = sides("Trồng măng tây xanh tại Đông Anh", "Mô hình măng tây tím ở Đông Anh")
    assert '<mark class="said-object">măng</mark>' in one
    assert '<mark class="said-only">tím</mark>' in other
    assert '<mark class="said-place">Đông</mark>' in one
    assert "said" not in sides("măng", "trong nhà màng")[0].replace("said-only", ""), "another word, but for accents"
    assert "said-object" in sides("mang tay", "măng tây")[0]
    assert "<b>" not in sides("<b>măng</b>", "măng")[0]
    answer = desk.get(reverse("matching:beside"), {"one": "thing:1", "other": "thing:2"}).content.decode()
    assert "So từng điểm" in answer
    for wrong in ({}, {"one": "thing:99"}, {"one": "thing:1", "other": "rock:2"}, {"one": "thing:٣"}):
        assert desk.get(reverse("matching:beside"), wrong).status_code == 404


def test_judging_side_by_side_is_remembered_without_any_sweep(desk: Client, officer: User) -> None:
    both = {"one": "thing:1", "other": "thing:2"}
    asked = {**both, "do": "related", "note": "Cùng xã", "back": "//evil.example"}
    answer = desk.post(reverse("matching:beside-judge"), asked)
    assert answer["Location"] == PAIRS, "never to another site"
    text = desk.get(reverse("matching:beside"), both).content.decode()
    assert "Cùng xã" in text
    desk.post(reverse("matching:beside-undo"), both)
    assert not Feedback.objects.exists()


def test_the_owner_merges_and_that_is_not_taken_back(desk: Client, officer: User) -> None:
    merged: list[tuple[int, int, str]] = []

    def merge(pk: int, into: int, reasons: str, _by: User) -> None:
        if not reasons:
            raise Refused(Refusal("thing.no-reason", "Hãy nêu lý do."))
        merged.append((pk, into, reasons))

    found = pair(1, 2)
    both = {"one": "thing:1", "other": "thing:2", "do": "into-one", "note": "Một việc"}
    refused = desk.post(reverse("matching:beside-judge"), both, follow=True).content.decode()
    assert "không gộp được" in refused
    merging.register("thing", merging.Merger(merge, lambda *_pair: bool(merged)))
    assert (
        "Hãy nêu lý do."
        in desk.post(reverse("matching:beside-judge"), {**both, "note": ""}, follow=True).content.decode()
    )
    desk.post(reverse("matching:beside-judge"), both)
    found.refresh_from_db()
    assert (merged, found.state) == ([(2, 1, "Một việc")], "merged")
    with pytest.raises(Refused, match="đã được gộp"):
        actions.take_back(*found.pair, by=officer)


def test_a_comparison_is_started_and_told_of(desk: Client) -> None:
    assert "chưa từng được so" in page(desk)
    assert "Đang so tất cả hồ sơ" in desk.post(reverse("matching:sweep"), follow=True).content.decode()
    sweep = Sweep.objects.get()
    assert "Đang so: 0/5 hồ sơ" in desk.get(reverse("matching:sweep-progress")).content.decode()
    Sweep.objects.filter(pk=sweep.pk).update(state="broken", done=3, problem="Hết bộ nhớ")
    text = desk.get(reverse("matching:sweep-progress")).content.decode()
    assert "bị dừng sau 3/5 hồ sơ" in text
    assert "Hết bộ nhớ" in text
    assert "every 2s" not in text


def test_words_that_differ_by_their_accents_are_not_shared() -> None:
    ours, theirs = "Sữa tươi bị hỏng trên đường chở tới trạm", "Chợ truyền thống nhập sữa tươi không rõ nguồn gốc"
    assert "chở" not in " ".join(same_and_other(understand(ours), understand(theirs))[:1])
    (row, *_others) = compared(Signals(name=ours), Signals(name=theirs))
    assert row["shared"] == ["sữa", "tươi"]
    (row, *_others) = compared(Signals(name="sua tuoi bi hong"), Signals(name=ours))
    assert {"sua", "sữa", "hỏng"} <= set(row["shared"])
    assert row["alike"]
    assert not compared(Signals(name="và của"), Signals(name="và của"))[0]["alike"]
    assert shared_marks("Sữa, chợ", ["sữa"]) == "<mark>Sữa</mark>, chợ"
