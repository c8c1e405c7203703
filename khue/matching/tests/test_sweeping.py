"""All pairs that look the same are found, here and on a cluster alike, and broken work is taken up again."""

from collections.abc import Iterator
from io import StringIO
from itertools import pairwise

import numpy as np
import pytest
from django.core.management import call_command

from khue.accounts.models import User
from khue.core.refusals import Refused
from khue.matching import actions, sources
from khue.matching.actions import sweeping
from khue.matching.models import Entry, Feedback, Likeness, Sweep
from khue.matching.projection import spreading
from khue.matching.projection.spreading import spread
from khue.matching.projection.store import store
from khue.matching.projection.whole import titles
from khue.matching.ranking.deciding import decide, weights
from khue.matching.ranking.duplicate import side
from khue.matching.ranking.reading import understand
from khue.matching.ranking.record import Band
from khue.matching.ranking.sweeping import Pair, Titles, alike
from khue.matching.tests.library import TITLES, Shelf

pytestmark = pytest.mark.django_db
AGAIN = {
    11: "Xử lý nước thải làng nghề dệt nhuộm bằng bãi lọc trồng cây",
    12: "Mô hình trồng măng tây xanh trong nhà màng tại xã Đông Hội",
    13: "Xây dựng mô hình trồng măng tây trong nhà màng tại xã Phù Đổng",
    14: "Nghiên cứu chế tạo máy bóc vỏ hạt sen quy mô hộ gia đình",
}


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(sources, "_sources", {})
    made = Shelf()
    made.titles |= AGAIN
    sources.register(made.source())
    actions.reconcile()
    return made


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parts compared in this process: what processes do with them is another test's matter."""
    monkeypatch.setattr(sweeping, "spread", lambda titles, parts: ((part, alike(titles, *part)) for part in parts))


def whole() -> Titles:
    snapshot = store().snapshot()
    assert snapshot
    return titles(snapshot, ["thing"])


def pairs() -> set[tuple[int, int]]:
    return {(pair.one.record, pair.other.record) for pair in Likeness.objects.select_related("one", "other")}


def one_by_one(all_titles: Titles) -> set[tuple[int, int]]:
    """Every title against every other: what a sweep has to find."""
    known = {entry.pk: side(understand(entry.title), all_titles.rarity) for entry in Entry.objects.all()}
    numbers = sorted(known)
    return {
        (one, other) for one in numbers for other in numbers
        if one < other and decide(known[one], known[other], all_titles.rarity, weights())[1] is Band.SAME
    }  # fmt: skip


def test_finds_what_comparing_each_with_each_finds(shelf: Shelf) -> None:
    everything = whole()
    found = alike(everything, 0, int(everything.numbers[-1]) + 1)
    assert {(pair.one, pair.other) for pair in found} == one_by_one(everything) != set()


def test_processes_and_a_cluster_find_the_same(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    everything = whole()
    bounds = [*everything.numbers[::3].tolist(), int(everything.numbers[-1]) + 1]
    parts = list(pairwise(bounds))

    def found() -> list[Pair]:
        return sorted(pair for _, part in spread(everything, parts) for pair in part)

    by_processes = found()
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        monkeypatch.setenv(spreading.CLUSTER, cluster.scheduler_address)
        on_a_cluster = found()
    assert by_processes == on_a_cluster == sorted(alike(everything, bounds[0], bounds[-1]))
    assert by_processes


def test_a_sweep_keeps_pairs_and_forgets_those_that_are_gone(shelf: Shelf, here: None) -> None:
    done = actions.sweep_now()
    assert (done.state, done.done, done.waiting) == ("done", len(TITLES) + len(AGAIN), [])
    assert {(1, 11), (2, 12), (5, 14)} <= pairs()
    assert Likeness.objects.get(one__record=1, other__record=11).why
    shelf.titles[11] = "Lễ hội đình làng"
    actions.changed("thing", 11)
    actions.sweep_now()
    assert (1, 11) not in pairs()
    assert (2, 12) in pairs()


def test_broken_work_is_taken_up_where_it_stopped(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "IN_A_PART", 2)
    compared: list[tuple[int, int]] = []

    def stops(everything: Titles, parts: list[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], list[Pair]]]:
        for number, part in enumerate(parts):
            if number == 2 and len(compared) == 2:
                raise KeyboardInterrupt
            compared.append(part)
            yield part, alike(everything, *part)

    monkeypatch.setattr(sweeping, "spread", stops)
    with pytest.raises(KeyboardInterrupt):
        actions.sweep_now()
    broken = Sweep.objects.get()
    assert (broken.state, broken.done, len(broken.waiting)) == ("working", 4, 3)
    told = StringIO()
    call_command("matching", "sweep", "--resume", stdout=told)
    assert len(compared) == len(set(compared)) == 5
    assert {(1, 11), (2, 12), (5, 14)} <= pairs()
    assert Sweep.objects.get().state == "done"
    with pytest.raises(Refused):
        actions.sweep_now(resume=True)


def test_what_people_said_is_not_asked_again(shelf: Shelf, here: None) -> None:
    user = User.objects.create_user("lan@example.vn", "Lan")
    Feedback.objects.create(kind_a="thing", pk_a=1, kind_b="thing", pk_b=11, verdict="other", by=user)
    actions.sweep_now()
    actions.sweep_now()
    judged = Likeness.objects.get(one__record=1, other__record=11)
    assert (judged.state, judged.verdict and judged.verdict.by) == ("dismissed", user)
    assert Likeness.objects.get(one__record=2, other__record=12).state == "open"


def test_nothing_to_compare(monkeypatch: pytest.MonkeyPatch, here: None, db: None) -> None:
    monkeypatch.setattr(sources, "_sources", {})
    assert actions.sweep_now().found == 0
    none, nowhere = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint32)
    nothing = Titles(none, none, nowhere, [], np.zeros(0), np.zeros(0))
    assert alike(nothing, 0, 10) == []
