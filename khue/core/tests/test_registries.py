"""Places and search sources, as apps register them."""

from typing import cast

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from khue.core import navigation, search
from khue.core.navigation import Item
from khue.core.search import Found, Hit, SearchSource

NOBODY, KNOWN = (cast("AbstractBaseUser", object()) for _ in range(2))


@pytest.fixture(autouse=True)
def _empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr(search, "_sources", {})


def test_places_are_shown_by_role_and_in_order() -> None:
    navigation.register(Item("users", "Users", "x", "users", frozenset({"administrator"}), order=5))
    navigation.register(Item("desk", "Desk", "x", "list", order=9))
    navigation.register(Item("board", "Board", "x", "chart-bar", frozenset({"leader", "monitor"}), order=1))
    assert [item.name for item in navigation.items_for(NOBODY, ["officer"])] == ["desk"]
    assert [item.name for item in navigation.items_for(NOBODY, ["officer", "monitor"])] == ["board", "desk"]
    assert [item.name for item in navigation.items_for(NOBODY, ["administrator"])] == ["users", "desk"]


def test_a_place_may_ask_for_more_than_a_role() -> None:
    navigation.register(Item("pairs", "Pairs", "x", "copy", frozenset({"officer"}), open_to=lambda user: user is KNOWN))
    assert navigation.items_for(NOBODY, ["officer"]) == []
    assert [item.name for item in navigation.items_for(KNOWN, ["officer"])] == ["pairs"]


def test_a_place_and_a_key_have_one_owner() -> None:
    navigation.register(Item("desk", "Desk", "x", "list", key="b"))
    with pytest.raises(ValueError, match="twice"):
        navigation.register(Item("desk", "Other", "x", "list"))
    with pytest.raises(ValueError, match="key b"):
        navigation.register(Item("board", "Board", "x", "list", key="b"))


def _source(name: str, titles: list[str], order: int = 50, asked: list[str] | None = None) -> SearchSource:
    asked = [] if asked is None else asked

    def find(_user: object, query: str, limit: int) -> list[Hit]:
        asked.append(query)
        assert query == query.lower()
        return [Hit(title, "", "/") for title in titles][:limit]

    return SearchSource(name, name, find, order)


def test_sources_are_asked_with_folded_words_in_their_order() -> None:
    search.register(_source("late", ["b"], order=60))
    search.register(_source("early", ["a"], order=10))
    search.register(_source("nothing", [], order=20))
    found = search.find(AnonymousUser(), "  Sở KHOA học ")  # type: ignore[arg-type]  # stands for any account
    assert [answer.source.name for answer in found] == ["early", "late"]


def test_what_stands_round_words_is_not_looked_for() -> None:
    asked: list[str] = []
    search.register(_source("any", ["a"], asked=asked))
    search.find(AnonymousUser(), "🌾 «nước thải», (345/TB-UBND). …")  # type: ignore[arg-type]
    assert asked == ["nuoc thai 345/tb-ubnd"]


@pytest.mark.parametrize("text", ["", " ", "à", " a ", "?", "“a”"])
def test_one_letter_is_too_little(text: str) -> None:
    search.register(_source("all", ["a"]))
    assert search.find(AnonymousUser(), text) == []  # type: ignore[arg-type]


def test_a_source_that_stopped_counting_says_so() -> None:
    search.register(_source("many", [f"{n}" for n in range(9)]))
    (found,) = search.find(AnonymousUser(), "abc", limit=5)  # type: ignore[arg-type]
    assert (len(found.hits), found.more, found.count) == (5, True, "5+")
    assert Found(found.source, found.hits, more=False).count == "5"


def test_a_source_registers_once() -> None:
    search.register(_source("one", []))
    with pytest.raises(ValueError, match="twice"):
        search.register(_source("one", []))
