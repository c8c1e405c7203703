"""Who knows about something: with evidence, and only out of records that the asker may see."""

from collections.abc import Mapping, Sequence

import pytest
from django.test import Client
from django.urls import reverse

from khue.accounts.models import User
from khue.core.actors import IMPORTER
from khue.directory.actions.people import declare_expertise
from khue.directory.models import Person
from khue.matching import actions, directory_records, experts, sources
from khue.matching.experts import about, organisations, who_knows
from khue.matching.search import Match
from khue.matching.tests.library import Shelf

pytestmark = pytest.mark.django_db
TOPIC = "trồng măng tây trong nhà màng"


def behind(_user: User, known: Sequence[Match]) -> Mapping[int, Sequence[tuple[Match, str]]]:
    return {match.pk: [(match, f"làm {match.title}")] for match in known if match.kind == "thing"}


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(sources, "_sources", {})
    monkeypatch.setattr(experts, "_behind", [])
    made = Shelf()
    sources.register(made.source())
    directory_records.register()
    experts.register(behind)
    lan = Person.objects.create(full_name="Trần Thị Lan", title="TS.")
    declare_expertise(lan, topic="Trồng măng tây", by=IMPORTER)
    declare_expertise(lan, topic="Luật sở hữu trí tuệ", by=IMPORTER)
    actions.reconcile()
    return made


@pytest.fixture
def asker(shelf: Shelf) -> User:
    return User.objects.create_user("hoi@example.vn", "Người Hỏi")


def test_people_are_named_with_what_shows_it(asker: User) -> None:
    found = who_knows(asker, TOPIC, about(asker, TOPIC))
    told = {one.name: [each.why for each in one.evidence] for one in found}
    assert told["TS. Trần Thị Lan"] == ["khai báo chuyên môn: Trồng măng tây"]
    assert any("măng tây xanh" in why for why in told["Vật 2"])


def test_a_hidden_record_speaks_for_nobody(asker: User, shelf: Shelf) -> None:
    shelf.hidden.add(2)
    known = about(asker, TOPIC)
    assert "Vật 2" not in [one.name for one in who_knows(asker, TOPIC, known)]
    assert all("măng tây" not in each.why for one in organisations(known) for each in one.evidence)


def test_page_and_box_answer_whatever_is_asked(asker: User, shelf: Shelf, client: Client) -> None:
    client.force_login(asker)
    for query in ("", TOPIC, "măng", "🥬🥬", "của và là", "the quick brown fox", "x" * 20_000, "\x00măng"):
        assert client.get(reverse("matching:who-knows"), {"q": query}).status_code == 200, query[:20]
    box = reverse("matching:who-knows-box")
    assert "Trần Thị Lan" in client.get(box, {"about": "thing:2"}).content.decode()
    assert "?put=" in client.get(box, {"q": TOPIC, "put": "1"}).content.decode()
    everybody = [str(pk) for pk in Person.objects.values_list("pk", flat=True)]
    seated: dict[str, str | list[str]] = {"q": TOPIC, "put": "1", "in": everybody}
    taken = client.get(box, seated).content.decode()
    assert "đã trong hội đồng" in taken
    assert "?put=" not in taken
    shelf.hidden.add(2)
    assert client.get(box, {"about": "thing:2"}).status_code == 404
