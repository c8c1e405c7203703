"""Odd queries, on every page and box that takes one: each gets a page, and a plain sentence that says what to do."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from khue.accounts.models import Membership, User
from khue.directory.models import Unit
from khue.matching import actions, search, sources
from khue.matching.models import Entry
from khue.matching.tests.library import Shelf

NOTHING, NO_WORDS = "Không tìm thấy gì", "Không có gì để tìm"
NOT_TOLD, TOO_SHORT = "nói rõ chuyện gì", "Viết thêm vài chữ"
ODD = {
    "one word": "nước",
    "emoji": "🙂🙂🙂 🙂🙂🙂",
    "signs": "!!! ??? ...",
    "stop words": "và của các những với cho",
    "other language": "日本語のテキスト、水をきれいにする",
    "english": "wastewater treatment of craft villages",
    "long": "cà phê " * 2900,
    "one long word": "x" * 20_000,
    "zero": "nước\x00thải",
    "markup": "<script>alert(1)</script> nước",
    "operators": 'AND OR NOT ( title:"x" [* TO *] ^2 ~',
}
SAYS = {"emoji": NO_WORDS, "signs": NO_WORDS, "stop words": NOTHING, "other language": NOTHING, "english": NOTHING,
        "one long word": NOTHING}  # fmt: skip
SAYS_BESIDE = {"stop words": NOT_TOLD, "one word": TOO_SHORT}
PAGES = ("site:search", "matching:explore", "matching:who-knows", "matching:who-knows-box")


@dataclass
class World:
    shelf: Shelf
    user: User
    client: Client


@pytest.fixture(scope="module")
def world(kept: None) -> Iterator[World]:
    """An officer before a shelf of a few records."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "_sources", {})
        shelf = Shelf()
        sources.register(shelf.source())
        actions.reconcile()
        user = User.objects.create_user("nam@example.vn", "Cao Văn Nam")
        office = Unit.objects.create(name="Sở Khoa học và Công nghệ", kind="department", valid_from=date(2020, 1, 1))
        Membership.objects.create(user=user, unit=office, role="officer", valid_from=date(2020, 1, 1))
        client = Client()
        client.force_login(user)
        yield World(shelf, user, client)


pytestmark = pytest.mark.usefixtures("put_back")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers(world: World, page: str) -> None:
    for name, query in ODD.items():
        answer = world.client.get(reverse(page), {"q": query})
        shown = answer.content.decode()
        assert (answer.status_code, "<script>alert" in shown) == (200, False), name
        if page == "matching:explore":
            assert SAYS.get(name, "") in shown, name


def test_ctrl_k_answers(world: World) -> None:
    for name, query in ODD.items():
        answer = world.client.get(reverse("site:search"), {"q": query}, headers={"HX-Request": "true"})
        assert (answer.status_code, "palette-" in answer.content.decode()) == (200, True), name


@pytest.mark.parametrize("purpose", ["need", "duplicate"])
def test_the_box_beside_a_form_answers(world: World, purpose: str) -> None:
    for name, text in ODD.items():
        asked = {"fields": "title,summary", "purpose": purpose, "title": text, "summary": ""}
        answer = world.client.post(reverse("matching:similar"), asked)
        shown = answer.content.decode()
        assert answer.status_code == 200, name
        assert SAYS_BESIDE.get(name, "") in shown, name
        assert "data-similar" in shown or '<p class="muted">' in shown, name


def test_letters_of_any_encoding_are_read(world: World) -> None:
    for typed in (
        unicodedata.normalize("NFD", "nước thải làng nghề dệt nhuộm"),
        "NƯỚC THẢI LÀNG NGHỀ DỆT NHUỘM",
        "n­íc th¶i lµng nghÒ dÖt nhuém",  # TCVN3
        "nöôùc thaûi laøng ngheà deät nhuoäm",  # VNI
        "nước\u00a0thải\u200b làng nghề",
    ):
        for page in ("site:search", "matching:explore"):
            assert "/vat/1/" in world.client.get(reverse(page), {"q": typed}).content.decode(), (page, typed)
        beside = world.client.post(reverse("matching:similar"), {"text": typed, "purpose": "need"}).content.decode()
        assert "/vat/1/" in beside, typed


def test_what_was_put_right_is_said_and_can_be_refused(world: World) -> None:
    world.shelf.titles[3] = "Thử nghiệm phẩm màu, nghiêm cấm"
    actions.changed("thing", 3)
    for page in ("site:search", "matching:explore"):
        shown = world.client.get(reverse(page), {"q": "sử lý nước thải"}).content.decode()
        assert "Đang tìm: <strong>xử lý nước thải</strong>" in shown
        assert "Tìm đúng chữ đã gõ" in shown
        assert "typed=1" in shown
        assert "/vat/1/" in shown
        shown = world.client.get(reverse(page), {"q": "sử lý nước thải", "typed": "1"}).content.decode()
        assert "Đang tìm: <strong>" not in shown
    palette = world.client.get(reverse("site:search"), {"q": "sử lý nước"}, headers={"HX-Request": "true"})
    assert "Đang tìm: <b>xử lý nước</b>" in palette.content.decode()
    assert "hit-typed" in palette.content.decode()


def test_no_correction_tells_of_what_is_not_to_be_seen(world: World) -> None:
    world.shelf.titles[3] = "Robot Zeralith hái thanh long"
    actions.changed("thing", 3)
    assert search.explore(world.user, "robot zeralith hái").meant == ""
    assert search.explore(world.user, "robot zeralit hái").meant == "robot zeralith hái"
    typed = {"q": "robot zeralit hái"}
    world.shelf.hidden.add(3)
    for page in PAGES:
        shown = world.client.get(reverse(page), typed).content.decode()
        assert "eralith" not in shown.lower().replace("zeralit hái", "")
    assert search.explore(world.user, "robot zeralit hái").total == 0
    assert search.find(world.user, "zeralitt") == []
    beside = world.client.post(reverse("matching:similar"), {"text": typed["q"], "purpose": "need"}).content.decode()
    assert "eralith" not in beside.lower()
    world.shelf.hidden.discard(3)


def test_a_problem_in_plain_words_gets_what_is_nearest(world: World) -> None:
    shown = world.client.get(
        reverse("matching:explore"), {"q": "mưa to là đường phố ngập, đi lại khổ quá"}
    ).content.decode()
    assert "Gần nghĩa nhất" in shown
    assert "/vat/3/" in shown


def test_a_long_paste_is_cut_and_that_is_said(world: World) -> None:
    shown = world.client.get(reverse("matching:explore"), {"q": ODD["long"]}).content.decode()
    assert "chỉ tìm theo 1000 ký tự đầu" in shown


def test_with_no_records_at_all(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    Entry.objects.all().delete()
    monkeypatch.setattr(sources, "_sources", {})
    assert "Chưa có hồ sơ nào" in world.client.get(reverse("matching:explore"), {"q": "nước thải"}).content.decode()
    for page in PAGES:
        assert world.client.get(reverse(page), {"q": "nước thải"}).status_code == 200
    for purpose in ("need", "duplicate"):
        asked = {"text": "Xử lý nước thải làng nghề", "purpose": purpose}
        assert '<li class="muted">' in world.client.post(reverse("matching:similar"), asked).content.decode()
    assert search.similar(world.user, "Xử lý nước thải") == []


def test_what_is_related_is_told_beside_its_record(world: World) -> None:
    world.shelf.titles[3] = "Xử lý nước thải làng nghề làm bún bằng bãi lọc trồng cây"
    actions.changed("thing", 3)
    address = reverse("matching:related")
    shown = world.client.get(address, {"about": "thing:1"}).content.decode()
    assert "/vat/3/" in shown
    assert "/vat/1/" not in shown
    assert f"{reverse('matching:beside')}?one=thing:1&amp;other=thing:3" in shown
    for asked in ({"about": "thing:5"}, {"about": "thing:1", "without": "thing:3"}):
        assert "Không có hồ sơ nào bạn được xem" in world.client.get(address, asked).content.decode()
    world.shelf.hidden.add(1)
    assert [world.client.get(address, {"about": about}).status_code for about in ("thing:1", "x", "")] == [404] * 3
    world.shelf.hidden.discard(1)
