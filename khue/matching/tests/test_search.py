"""What the apps above rely on: what was changed is found, what may not be seen is not, and odd texts are answered."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from khue.accounts.models import User
from khue.matching import actions, search, sources
from khue.matching.explaining import marked, snippet
from khue.matching.looking import look_up
from khue.matching.models import Entry
from khue.matching.projection import store as projected
from khue.matching.projection.asking import Standing
from khue.matching.projection.store import store
from khue.matching.ranking.thesaurus import fingerprint
from khue.matching.rules import scope, sees
from khue.matching.tests.library import TITLES, Shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(sources, "_sources", {})
    made = Shelf()
    sources.register(made.source())
    actions.reconcile()
    return made


@pytest.fixture
def user() -> User:
    return User.objects.create_user("nam@example.vn", "Cao Văn Nam")


def test_finds_what_says_the_same(shelf: Shelf, user: User) -> None:
    found = search.similar(user, "Xử lý nước thải làng nghề dệt nhuộm bằng bãi lọc trồng cây")
    assert found[0].title == TITLES[1]
    assert found[0].why


def test_accents_case_and_unicode_form_do_not_matter(shelf: Shelf, user: User) -> None:
    found = search.similar(user, "XU LY NUOC THAI LANG NGHE DET NHUOM", purpose="need")
    assert found[0].title == TITLES[1]


@pytest.mark.parametrize("by_rows", [True, False])
def test_what_may_not_be_seen_is_not_there(shelf: Shelf, user: User, by_rows: bool) -> None:
    shelf.by_rows = by_rows
    assert sees(user, "thing", 1)
    shelf.hidden.add(1)
    assert not sees(user, "thing", 1)
    assert TITLES[1] not in [match.title for match in search.similar(user, TITLES[1])]
    assert TITLES[1] not in [match.title for match in search.similar(user, TITLES[1], purpose="need")]
    assert TITLES[1] not in [match.title for match in search.find(user, TITLES[1])]
    assert TITLES[1] not in [match.title for group in look_up(user, TITLES[1], 5).groups for match in group.matches]
    stands = Standing(snapshot.searcher, scope(user)) if (snapshot := store().snapshot()) else None
    assert stands
    assert (stands("nhuộm"), stands("sen")) == (False, True)


def test_of_what_is_seen_but_for_a_few_only_those_few_are_listed(shelf: Shelf, user: User) -> None:
    shelf.by_rows = False
    shelf.hidden.add(1)
    kept = scope(user)
    assert (list(kept.whole_kinds), kept.records, kept.without) == (["thing"], {}, {"thing": [1]})
    shelf.by_rows = True
    kept = scope(user)
    assert (list(kept.whole_kinds), len(kept.records["thing"])) == ([], len(TITLES) - 1)
    shelf.hidden.clear()
    snapshot = store().snapshot()
    assert snapshot
    kept = scope(user).at(snapshot.searcher)
    assert (list(kept.whole_kinds), kept.records) == (["thing"], {})


def test_the_record_being_written_is_left_out(shelf: Shelf, user: User) -> None:
    found = search.similar(user, TITLES[1], exclude=[("thing", 1)])
    assert TITLES[1] not in [match.title for match in found]


def test_a_change_is_found_and_what_is_gone_is_not(shelf: Shelf, user: User) -> None:
    shelf.titles[1] = "Robot hái thanh long"
    with transaction.atomic():
        actions.changed("thing", 1)
    assert search.find(user, "robot thanh long")[0].pk == 1
    del shelf.titles[1]
    actions.changed("thing", 1)
    assert not [one for one in search.find(user, "robot thanh long") if one.pk == 1]


def test_a_change_that_was_rolled_back_never_was(shelf: Shelf, user: User) -> None:
    shelf.titles[1] = "Robot hái thanh long"
    with transaction.atomic():
        actions.changed("thing", 1)
        transaction.set_rollback(True)
    assert Entry.objects.get(kind="thing", record=1).title == TITLES[1]


def test_reconciling_writes_only_what_differs(shelf: Shelf) -> None:
    assert actions.reconcile() == 0
    shelf.titles[2] = "Tên mới"
    del shelf.titles[3]
    assert actions.reconcile() == 2


def test_the_fragment_beside_a_form(shelf: Shelf, user: User, client: Client) -> None:
    client.force_login(user)
    address = reverse("matching:similar")
    page = client.post(address, {"fields": "title,summary", "title": TITLES[1], "summary": "bãi lọc"}).content.decode()
    assert TITLES[1] in page
    assert TITLES[1] not in client.post(address, {"text": TITLES[1], "exclude": "thing:1"}).content.decode()
    assert "Viết thêm vài chữ" in client.post(address, {"text": "x"}).content.decode()


def test_the_number_of_queries_does_not_grow(shelf: Shelf, user: User, django_assert_max_num_queries) -> None:
    search.similar(user, "măng tây")  # the first to ask has the index built
    with django_assert_max_num_queries(9):
        search.similar(user, "nước thải làng nghề")


def test_a_word_with_accents_stands_only_where_it_is_so_written(shelf: Shelf, user: User) -> None:
    snapshot = store().snapshot()
    assert snapshot
    stands = Standing(snapshot.searcher, scope(user))
    assert [stands(word) for word in ("hà", "há", "ha", "sen", "sén")] == [False, False, True, True, False]


def test_words_half_typed_misspelt_or_only_in_the_detail(shelf: Shelf, user: User) -> None:
    assert search.find(user, "xu ly nuoc tha")[0].pk == 1
    assert search.find(user, "măng tây xamh")[0].pk == 2
    assert search.find(user, "phong trao cong nhan ha noi")[0].pk == 4


@pytest.mark.parametrize("by_rows", [True, False])
def test_counts_and_filters_keep_to_what_may_be_seen(shelf: Shelf, user: User, by_rows: bool) -> None:
    shelf.by_rows = by_rows
    found = search.explore(user, "nghiên cứu")
    assert found.total == 1
    shelf.titles[2] = "Nghiên cứu trồng măng tây"
    shelf.hidden.add(1)
    actions.changed("thing", 2)
    found = search.explore(user, "nghiên cứu")
    assert (found.total, [match.pk for match in found.matches]) == (1, [2])
    assert found.counts["year"] == [(2022, 1)]
    assert search.explore(user, "nghiên cứu", chosen={"year": "2021"}).total == 0


def test_kinds_are_kept_back_beside_one_that_is_seen_whole(shelf: Shelf, user: User) -> None:
    shelf.by_rows = False
    for kind, pks in (("shut", []), ("ajar", [2]), ("open", list(TITLES))):
        sources.register(shelf.other(kind, pks))
    actions.reconcile()
    snapshot = store().snapshot()
    assert snapshot
    within = scope(user).at(snapshot.searcher)
    assert (set(within.whole_kinds), list(within.records)) == ({"thing", "open"}, ["ajar"])
    assert search.explore(user, "măng tây").counts["kind"] == [("ajar", 1), ("open", 1), ("thing", 1)]
    assert [(g.source.kind, g.total) for g in look_up(user, "măng tây", 5).groups] == [
        ("thing", 1), ("ajar", 1), ("open", 1)
    ]  # fmt: skip
    assert dict(search.explore(user, "nước thải").counts["kind"]) == {"open": 1, "thing": 1}
    for kind, total in (("shut", 0), ("ajar", 1), ("open", 1)):
        assert search.explore(user, "măng tây", chosen={"kind": kind}).total == total
        assert len(search.similar(user, TITLES[2], kinds=[kind])) >= total
        assert {match.kind for match in search.similar(user, TITLES[2], kinds=[kind])} <= {kind} - {"shut"}
    only = scope(user, ["shut", "ajar"]).at(snapshot.searcher)
    assert [Standing(snapshot.searcher, only)(word) for word in ("măng", "sen")] == [True, False]
    shelf.hidden.add(2)
    assert dict(search.explore(user, "măng tây").counts["kind"]) == {"ajar": 1, "open": 1}, "of one kind, not of others"


def test_keys_open_what_they_are_told_to_and_the_database_has_the_last_word(shelf: Shelf, user: User) -> None:
    opened = {"unit:1": {1, 2}, "unit:2": {3}}
    sources.register(shelf.keyed(opened, ["unit:1"]))
    only = {"kind": "keyed"}
    for all_told in (True, False):
        actions.reconcile()
        if not all_told:
            Entry.objects.filter(kind="keyed", record=3).update(keys=None)
        assert bool(scope(user).keys) is all_told, "until all is told what is seen is listed"
        assert [search.explore(user, word, chosen=only).total for word in ("măng tây", "dệt", "học máy")] == [1, 1, 0]
        assert [match.pk for match in search.similar(user, TITLES[2], kinds=["keyed"], purpose="need")][:1] == [2]
        assert not [match for match in search.similar(user, TITLES[3], kinds=["keyed"]) if match.pk == 3]
        assert (sees(user, "keyed", 2), sees(user, "keyed", 3)) == (True, False)
    actions.reconcile()
    opened["unit:1"].remove(2)
    actions.changed("keyed", 2)
    assert search.explore(user, "măng tây", chosen=only).total == 0
    shelf.hidden.add(1)  # as if the app had not told of it
    assert "keyed" not in {match.kind for group in look_up(user, "dệt nhuộm", 5).groups for match in group.matches}
    assert not search.explore(user, "dệt nhuộm", chosen=only).matches
    assert not search.similar(user, TITLES[1], kinds=["keyed"])


def test_a_lost_or_broken_index_is_built_again(shelf: Shelf, user: User, settings: Any) -> None:
    folder = Path(settings.VAR) / "matching"
    assert search.find(user, "măng tây")
    shutil.rmtree(folder)
    assert search.find(user, "măng tây")
    for file in folder.glob("index-*/meta.json"):
        file.write_text("{")
    (folder / "state.json").write_text("{")
    assert search.find(user, "măng tây")


def test_an_index_made_by_another_thesaurus_is_built_again(
    shelf: Shelf, user: User, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert search.find(user, "măng tây")
    before = (store().folder / "state.json").read_text()
    (tmp_path / "a.toml").write_text('[[concept]]\nname = "măng tây"\n', encoding="utf-8")
    changed = fingerprint(tmp_path)
    assert changed != fingerprint()
    monkeypatch.setattr(projected, "fingerprint", lambda: changed)
    assert search.find(user, "măng tây")
    state = json.loads((store().folder / "state.json").read_text())
    assert (state["words"], state["name"] in before) == (changed, False)


def test_while_the_index_is_built_search_answers_and_says_so(
    shelf: Shelf, user: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store(), "snapshot", lambda: None)
    assert search.similar(user, "trồng măng tây")[0].pk == 2
    found = search.explore(user, "mang tay")
    assert found.rebuilding
    assert [match.pk for match in found.matches] == [2]
    assert look_up(user, "mang tay", 5).rebuilding
    client.force_login(user)
    assert "đang được dựng lại" in client.get(reverse("site:search"), {"q": "mang tay"}).content.decode()


def test_rebuilding_on_demand(shelf: Shelf, user: User) -> None:
    assert store().rebuild() == Entry.objects.filter(gone=False).count()
    shelf.titles[1] = "Robot hái thanh long"
    actions.changed("thing", 1)
    assert search.find(user, "robot thanh long")[0].pk == 1


def test_the_search_page(shelf: Shelf, user: User, client: Client) -> None:
    client.force_login(user)
    address = reverse("matching:explore")
    page = client.get(address, {"q": "mang tay"}).content.decode()
    assert "<mark>măng</mark> <mark>tây</mark>" in page
    assert TITLES[2] not in client.get(address, {"q": "mang tay", "year": "1999"}).content.decode()
    assert client.get(address, {"q": "ngập", "page": "x"}).status_code == 200
    shelf.hidden.add(2)
    assert TITLES[2] not in client.get(address, {"q": "mang tay"}).content.decode()


def test_marks_are_safe_and_snippets_short() -> None:
    assert marked("<b>Úng</b> ngập", "ung") == "&lt;b&gt;<mark>Úng</mark>&lt;/b&gt; ngập"
    assert marked("Xử lý nước", "") == "Xử lý nước"
    shown = snippet("x " * 200 + "ruộng bị úng nặng " + "y " * 200, "ung")
    assert "<mark>úng</mark>" in shown
    assert len(shown) < 260
    assert snippet("không có gì", "ung") == ""
