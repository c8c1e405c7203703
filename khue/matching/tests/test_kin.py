"""What one work says at several stations is no duplicate; what two works say is."""

from collections.abc import Collection, Iterator

import pytest

from khue.matching import sources
from khue.matching.kin import Key, of_one_work
from khue.matching.sources import Source

GREW = {
    ("proposal", 1): [("need", 1), ("need", 2)], ("proposal", 2): [("need", 1)], ("order", 1): [("proposal", 1)],
    ("mission", 1): [("order", 1)], ("result", 1): [("mission", 1)], ("result", 2): [("mission", 1)],
}  # fmt: skip
asked: list[str] = []


def source(kind: str) -> Source:
    def grew_out_of(pks: Collection[int]) -> Iterator[tuple[int, Key]]:
        asked.append(kind)
        return ((pk, key) for pk in pks for key in GREW.get((kind, pk), []))

    return Source(kind, kind, lambda _pks: [], lambda _user: None, grew_out_of=None if kind == "need" else grew_out_of)


@pytest.fixture(autouse=True)
def works(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = ("need", "proposal", "order", "mission", "result")
    monkeypatch.setattr(sources, "_sources", {kind: source(kind) for kind in kinds})
    asked.clear()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("order", 1), ("proposal", 1), True), (("need", 2), ("result", 1), True), (("result", 2), ("need", 1), True),
        (("result", 1), ("result", 2), False), (("proposal", 1), ("proposal", 2), False),
        (("order", 1), ("proposal", 2), False), (("mission", 2), ("order", 1), False),
        (("need", 1), ("need", 2), False),
    ],
)  # fmt: skip
def test_records_are_of_one_work_where_one_grew_out_of_the_other(one: Key, other: Key, expected: bool) -> None:
    assert of_one_work([(one, other)]) == ({(one, other)} if expected else set())


def test_many_pairs_are_asked_for_by_kind_and_station() -> None:
    pairs = [(("result", 1), ("need", n)) for n in range(1, 50)] + [(("result", 2), ("need", n)) for n in range(50)]
    assert of_one_work(pairs) == {(("result", n), ("need", m)) for n in (1, 2) for m in (1, 2)}
    assert asked == ["result", "mission", "order", "proposal"]
    assert of_one_work([]) == set()


def test_a_ring_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(GREW, ("proposal", 3), [("proposal", 4)])
    monkeypatch.setitem(GREW, ("proposal", 4), [("proposal", 3)])
    assert of_one_work([(("proposal", 3), ("proposal", 4)), (("proposal", 3), ("need", 1))])
