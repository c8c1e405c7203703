"""No page, list, sheet, search, likeness, notice, file, calendar or journal tells of a sealed application to anybody
but its authors, of a case to who is in conflict with it, or of a secret ballot to anybody but who cast it.

Every address is asked (tests/journeys/every_page.py), so a page that comes later is asked too.
"""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from khue.accounts.actions.memberships import give_role
from khue.accounts.models import User
from khue.config import urls
from khue.councils.actions.conflicts import judge, report
from khue.councils.models import Ballot, Council, Seat, Subject
from khue.councils.rules.numbers import numbers
from khue.files.models import Version
from khue.flow.models import Case
from khue.journal.models import Entry
from khue.language.text import fold
from khue.missions.actions.select.applications import save_section, start, submit
from khue.missions.actions.select.attachments import attach
from khue.missions.models import Application, Call, Mission, Order, OrderList, Selection
from khue.missions.rules.select.applications import visible_to
from khue.missions.tests.market import again, fill, order_in
from khue.missions.tests.mill import FOUNDED, FOUNDER
from khue.notices.actions import notify
from khue.notices.models import Notice
from tests.journeys.every_page import OURS, Values, text_of, told
from tests.journeys.meetings import SEVEN, member, shares
from tests.journeys.river import River, river
from tests.town import signed_in, worker

TITLE, HEAD, FILE = "Thương Lang Hải", "Tạ Uyên Kỳ", "Bích Lạc Hoàng Tuyền"
SECRETS = (TITLE, HEAD, FILE, "613.457.001", "613457001")
"""What stands in one application only: its title, who leads it, what its file says, its money."""
DIRECTORY = ("/danh-ba/", "/hoi-dong/nguoi/")
"""Whom an opened outline names is a person of the directory from then on, without a word of why."""
OPINION = "Phi Bạch Thư Sinh"
"""What one member writes on the ballot."""
PAPERS = ("application", "outline-technology", "general", "people", "opening-minutes", "ranking", "minutes", "count")
ABOVE = ("officer", "unit-head", "leader", "monitor", "auditor", "administrator", "clerk")
"""Roles of the department and above it."""
CASE = ("councils", "files", "matching", "missions", "notices", "site")
"""Apps that have something of a case to tell; what is sealed is looked for in all of them."""


@pytest.fixture(autouse=True)
def _files_here() -> None:
    """The files of the world below stay where it has put them."""


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of pages are, rightly, not there; that is told without drawing a page each time."""
    monkeypatch.setattr(urls, "handler404", lambda _request, **_more: HttpResponse(status=404), raising=False)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[River, Application]]:
    """Two applications that wait, sealed, for the closing moment: one has the secrets. Made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        story = river(date(2024, 3, 4))
        yield story, _sealed(story)
        transaction.set_rollback(True)


@pytest.fixture
def story(world: tuple[River, Application]) -> Iterator[River]:
    """The world, and nothing that a test does to it stays."""
    day, point = world[0].day, transaction.savepoint()
    yield world[0]
    transaction.savepoint_rollback(point)
    world[0].day = day


@pytest.fixture
def secret(story: River, world: tuple[River, Application]) -> Application:
    return Application.objects.select_related("selection").get(pk=world[1].pk)


def _sealed(story: River) -> Application:
    listed = OrderList.objects.create(
        title="Danh mục", year=2024, host=story.market.mill.department, state="approved", decision_sign="1120/QĐ-UBND",
        decided_on=story.day,
    )  # fmt: skip
    selection = story.called(order_in(listed, 1))
    head = story.host_head
    with story.wait(3).now():
        story.market.applied(selection, story.market.mill.elsewhere, story.market.second_head, head="Ngô Văn Minh")
        made = start(selection, story.market.mill.host, by=head)
        fill(made, by=head, head=HEAD)
        save_section(made, "general", {"name": TITLE, "months": 24, "lump_sum": "partial"}, by=head)
        money = [{"item": "labour", "source": "state", "y1": "613457001", "y2": 0}]
        save_section(made, "budget", {"rows": money}, by=head)
        attach(made, ContentFile(FILE.encode(), "thuyet-minh.txt"), kind="other", by=head)
        submit(made, by=head)
    return made


def everywhere(secret: Application) -> Values:
    """Numbers and names to put into addresses."""
    models = (Application, Call, Selection, Order, OrderList, Mission)
    rows = [row for model in models for row in model.objects.all()]
    selection, keys = secret.selection, sorted({row.pk for row in rows})
    people = list(secret.plan.people.exclude(person=None).values_list("person_id", flat=True))
    return {
        "missions.pk": keys, "missions.number": keys, "missions.which": [1],
        "records": [row.get_absolute_url() for row in (*rows, *Council.objects.all())],
        "councils.pk": list(Council.objects.values_list("pk", flat=True)),
        "seat_pk": list(Seat.objects.values_list("pk", flat=True)), "directory.pk": people, "person_pk": people,
        "subject_pk": list(Subject.objects.values_list("pk", flat=True)), "missions.name": PAPERS,
        "councils.name": PAPERS, "version_id": list(Version.objects.values_list("pk", flat=True)),
        "notices.pk": list(Notice.objects.filter(dossier=selection.dossier).values_list("pk", flat=True)),
        "code": [secret.lead.code],
    }  # fmt: skip


def leaks(
    user: User, secret: Application, words: tuple[str, ...] = SECRETS, apps: tuple[str, ...] = CASE
) -> list[tuple[str, str]]:
    """(address, word) of everything that `user` is told and should not be."""
    found = []
    for address, text in told(again(user), everywhere(secret), words[0], apps):
        sought = "?" in address  # a search says back what was sought
        listed = HEAD if address.startswith(DIRECTORY) and secret.selection.opened_at else ""
        found += [(address, word) for word in words[sought:] if fold(word) in text and word != listed]
        found += [(address, secret.dossier)] if f"/ho-so/{secret.pk}/" in text else []
    return found


@pytest.fixture
def overseer(story: River) -> User:
    """Somebody with every role of the department at once: is told whatever any of them is told."""
    made = worker("Lý Thị Soát", ABOVE[0], story.market.mill.department)
    for role in ABOVE[1:]:
        give_role(made, unit=story.market.mill.department, role=role, valid_from=FOUNDED, by=FOUNDER)
    return again(made)


# ------------------------------------------------------------------ sealed


def test_a_sealed_application_is_told_to_nobody_in_the_department(
    story: River, secret: Application, overseer: User
) -> None:
    with story.wait(1).now():
        assert leaks(overseer, secret, apps=OURS) == []


def test_a_sealed_application_is_told_to_no_rival(story: River, secret: Application) -> None:
    with story.wait(1).now():
        assert leaks(story.market.second_head, secret) == []


def test_who_wrote_it_reads_it_so_the_sweep_does_find_it(story: River, secret: Application) -> None:
    client, found = signed_in(story.host_head), ""
    with story.wait(1).now():
        for address in (secret.get_absolute_url(), *(f"/tep/{pk}/" for pk in everywhere(secret)["version_id"])):
            found += text_of(client.get(address))
    assert [word for word in SECRETS[:4] if fold(word) not in found] == []


def test_no_journal_but_its_own_tells_of_it(secret: Application) -> None:
    """Nor who applies: neither the organisation, nor an account of it, nor a person it names."""
    since = Entry.objects.filter(at__gte=secret.created_at).exclude(dossier=secret.dossier)
    said = fold(str(list(since.values_list("dossier", "verb", "actor_name", "facts"))))
    assert [word for word in (*SECRETS, secret.lead.name, secret.dossier) if fold(word) in said] == []
    cases = fold(str(list(Case.objects.values_list("title", "dossier", "url"))))
    assert fold(TITLE) not in cases
    assert secret.dossier not in cases


# ------------------------------------------------------------------ opened and voted on


def test_after_the_vote_each_is_told_only_what_is_theirs(story: River, secret: Application, overseer: User) -> None:
    """The rival, who judges beside, who oversees, and who turns out to be in conflict; one story, as it takes long."""
    selection = secret.selection = story.opened(secret.selection)
    votes = shares({"Rau quả": 90, "Khác": 75})
    council = story.voted(story.before_council(selection), SEVEN, votes)
    subject = council.subjects.get(dossier=secret.dossier)
    with story.now(13):
        assert leaks(story.market.second_head, secret) == []
        _ballot_is_secret(story, council, subject, overseer)
    _nothing_in_conflict(story, council, subject, secret)


def _ballot_is_secret(story: River, council: Council, subject: Subject, overseer: User) -> None:
    assert numbers(council).secret
    seat = council.seats.get(person=story.market.experts[5])
    Ballot.objects.filter(seat=seat).update(opinion=OPINION)
    application = Application.objects.select_related("selection").get(pk=int(subject.dossier.split(":")[1]))
    for user in (overseer, member(story.market.experts[0])):
        read = leaks(user, application, (OPINION,), apps=("councils",))
        assert [address for address, word in read if word == OPINION] == [], user
    own = reverse("councils:ballot", args=[council.pk, seat.pk, subject.pk])
    assert OPINION in signed_in(member(seat.person)).get(own).content.decode()
    assert OPINION not in str(list(Entry.objects.values_list("facts", flat=True)))


def _nothing_in_conflict(story: River, council: Council, subject: Subject, secret: Application) -> None:
    kin, judging = worker("Cao Thị Họ", "officer", story.market.mill.department), story.market.experts[5]
    assert kin.person is not None
    with story.now(14):
        for person in (kin.person, judging):
            assert visible_to(User.objects.get(person=person)).filter(pk=secret.pk).exists(), "before it is found"
            found = report(council, person, subject, ground="family", text="Anh em ruột.", by=story.officer)
            judge(council, found, confirmed=True, reason="Có lý lịch.", by=story.head)
    with story.now(15):
        told_now = User.objects.filter(pk__in=[kin.pk, member(judging).pk, story.officer.pk])
        notify(told_now, key="1", subject=council.title, url=council.get_absolute_url(), dossier=council.journal)
        notify([again(kin), story.officer], key="2", subject=TITLE, url="/", dossier=secret.dossier)
        assert set(Notice.objects.filter(key__in="12").values_list("user", flat=True)) == {story.officer.pk}
        for user in (kin, member(judging)):
            assert leaks(user, secret, (*SECRETS, council.title)) == [], user
