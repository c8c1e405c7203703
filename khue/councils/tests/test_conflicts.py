"""Conflicts: found, declared, judged; and everything that whoever is in conflict does not see."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khue.accounts.models import Membership
from khue.core import clock, search
from khue.core.actors import IMPORTER
from khue.core.refusals import Refused
from khue.councils import owners
from khue.councils.actions import (
    add_seat,
    close,
    declare,
    judge,
    open_session,
    record_attendance,
    remove_seat,
    report,
    save_draft,
    seat_everybody,
    write_opinion,
)
from khue.councils.actions.people import declare_kin, record_sanction
from khue.councils.models import Conflict, Council, Seat
from khue.councils.owners import Involved, Owner
from khue.councils.rules.conflicts import not_known
from khue.councils.rules.conflicts import search as look
from khue.councils.rules.managing import barred_dossiers
from khue.councils.rules.visibility import judged_dossiers, subjects_for, visible_to
from khue.councils.tests.hall import MEETING, Hall, Sitting, code, expert, of, unit, vote
from khue.directory.actions.people import leave_post
from khue.directory.models import Person, Post, UnitSuccession
from khue.files import rules as files_rules
from khue.flow.desk import waiting_for, work_of
from khue.notices.actions import notify, saying
from khue.notices.models import Notice

Involve = Callable[..., None]


@pytest.fixture
def involve(monkeypatch: pytest.MonkeyPatch) -> Involve:
    """Say who takes part in what is judged."""

    def put(kind: str = "select", **by_dossier: Involved) -> None:
        told = {name.replace("_", ":"): involved for name, involved in by_dossier.items()}
        owner = Owner(involved=lambda dossier: told.get(dossier, Involved()))
        monkeypatch.setitem(owners._owners, kind, owner)

    return put


def grounds(council: Council, person: Person) -> set[str]:
    return set(
        Conflict.objects.filter(person=person, dossier__in=council.subjects.values("dossier")).values_list(
            "ground", flat=True
        )
    )


def test_participants_staff_family_and_sanctions_are_kept_out(here: Hall, involve: Involve) -> None:
    lead, kin, punished = here.experts[:3]
    staff = expert("Mai Văn Sơn", here.applicant)
    declare_kin(kin, lead, kind="spouse", by=of(kin))
    record_sanction(punished, reason="Cảnh cáo", valid_from=date(2024, 1, 1), by=here.officer)
    involve(thing_1=Involved([(lead.pk, "investigator")], [here.applicant.pk]))
    council = here.formed()
    for person, ground in ((lead, "participant"), (kin, "family"), (staff, "staff"), (punished, "sanction")):
        with pytest.raises(Refused) as error:
            add_seat(council, person, by=here.officer)
        assert code(error) == "council.conflict", ground
        assert ground in grounds(council, person), "it stays, to be judged"
    add_seat(council, here.experts[3], by=here.officer)


def test_family_counts_both_ways(here: Hall, involve: Involve) -> None:
    lead, kin = here.experts[0], here.experts[1]
    declare_kin(lead, kin, kind="parent", by=of(lead))
    involve(thing_1=Involved([(lead.pk, "investigator")]))
    with pytest.raises(Refused) as error:
        add_seat(here.formed(), kin, by=here.officer)
    assert "Con" in str(error.value), "the parent's relative is a child"


def test_work_counts_through_mergers_and_parts_but_not_after_leaving(here: Hall, involve: Involve) -> None:
    heir = unit("Đại học Bách khoa Đông Đô")
    UnitSuccession.objects.create(old=here.applicant, new=heir, on=date(2023, 1, 1))
    faculty = unit("Khoa Cơ khí", heir, "division")
    inside, before = expert("Đào Văn Tú", faculty), expert("Tô Thị Vân", here.applicant)
    left = expert("Lý Văn Xuân", heir)
    leave_post(Post.objects.get(person=left), last_day=date(2024, 1, 31), by=IMPORTER)
    found = look(Involved(units=[here.applicant.pk]), [inside.pk, before.pk, left.pk])
    assert set(found) == {inside.pk, before.pk}
    assert set(look(Involved(units=[heir.pk]), [inside.pk, before.pk, left.pk])) == {inside.pk, before.pk}
    Membership.objects.create(user=of(left), unit=faculty, role="officer", valid_from=date(2024, 2, 1))
    assert set(look(Involved(units=[heir.pk]), [left.pk])) == {left.pk}, "an account that works for it is work for it"


def test_the_same_name_is_a_suspicion_that_somebody_judges(here: Hall, involve: Involve) -> None:
    twin = Person.objects.create(full_name=here.experts[0].full_name)
    involve(thing_1=Involved([(twin.pk, "investigator")]))
    council = here.formed()
    with pytest.raises(Refused):
        add_seat(council, here.experts[0], by=here.officer)
    row = Conflict.objects.get(person=here.experts[0])
    with pytest.raises(Refused) as error:
        judge(council, row, confirmed=False, reason=" ", by=here.officer)
    assert code(error) == "conflict.reason-missing"
    judge(council, row, confirmed=False, reason="Năm sinh khác nhau", by=here.officer)
    add_seat(council, here.experts[0], by=here.officer)


def test_a_name_that_nobody_has_told_apart_yet_is_a_suspicion_too(here: Hall, involve: Involve) -> None:
    involve(thing_1=Involved(names=[here.experts[0].full_name.upper()]))
    council = here.formed()
    with pytest.raises(Refused):
        add_seat(council, here.experts[0], by=here.officer)
    add_seat(council, here.experts[1], by=here.officer)


def test_unknown_is_not_none(here: Hall) -> None:
    council = here.filled()
    nobody = Person.objects.create(full_name="Không Rõ")
    told = not_known([nobody.pk, here.experts[0].pk], council)
    assert len(told[nobody.pk]) == 2
    assert told[here.experts[0].pk] == ["chưa khai xung đột lợi ích"]
    seat_everybody(council, by=here.officer)
    assert not_known([here.experts[0].pk], council) == {}


def test_who_has_not_declared_is_not_there(reading: Sitting) -> None:
    here, council = reading
    seat = here.seats[5]
    Seat.objects.filter(pk=seat.pk).update(interest_declared_at=None)
    with clock.at(MEETING), pytest.raises(Refused) as error:
        record_attendance(council, {seat: "present"}, by=here.officer)
    assert code(error) == "seat.undeclared"


def sees(here: Hall, person: Person, council: Council) -> dict[str, bool]:
    """What each channel shows to the person."""
    user = of(person)
    client = Client()
    client.force_login(user)
    seat = council.seats.get(person=person)
    return {
        "council": client.get(council.get_absolute_url()).status_code == 200,
        "seat": client.get(seat.get_absolute_url()).status_code == 200,
        "list": "Hội đồng thử" in client.get(reverse("councils:councils") + "?state=all").content.decode(),
        "excel": visible_to(user).filter(pk=council.pk).exists(),
        "search": any("Hội đồng thử" in hit.title for found in search.find(user, "hoi dong thu") for hit in found.hits),
        "search by subject": any(str(found.source.name) == "councils" for found in search.find(user, "ho so thu 1")),
        "notices": Notice.objects.filter(user=user, dossier__in=[f"seat:{seat.pk}", council.journal]).exists(),
        "desk": waiting_for(user).exists(),
        "page of the desk": bool(work_of(user)[:1]),
        "files": files_rules._kinds["council"].ordinary(user).filter(pk=council.pk).exists(),
        "judged": "thing:1" in set(judged_dossiers(user).values_list("dossier", flat=True)),
    }


def test_who_is_in_conflict_sees_nothing_through_any_channel(reading: Sitting) -> None:
    here, council = reading
    person = here.experts[5]
    assert all(sees(here, person, council).values()), "before, every channel shows it"
    notify([of(person)], key="visit", subject=saying("Bạn đi khảo sát"), url="/", dossier="thing:1")
    declare(here.seats[5], conflicts={council.subjects.get(): "Là bạn học của chủ nhiệm"}, by=of(person))
    assert not any(sees(here, person, council).values())
    assert not Notice.objects.filter(user=of(person), dossier="thing:1").exists(), "nor what was told of it"
    row = Conflict.objects.get(person=person)
    assert row.state == "suspected"
    judge(council, row, confirmed=False, reason="Quan hệ xã giao", by=here.officer)
    assert all(sees(here, person, council).values()), "and again once it was dismissed"


def test_barred_dossiers_is_one_subquery(reading: Sitting) -> None:
    here, council = reading
    with CaptureQueriesContext(connection) as queries:
        list(council.subjects.exclude(dossier__in=barred_dossiers(of(here.experts[0]))))
    assert len(queries) == 2, "the account itself and one more"


def test_who_stands_aside_on_one_of_several_sees_and_votes_on_the_others(here: Hall) -> None:
    council = here.reading("identify", 2)
    person = here.experts[5]
    first, second = council.subjects.all()
    declare(here.seats[5], conflicts={first: "Đồng tác giả"}, by=of(person))
    assert [one.number for one in subjects_for(of(person), council)] == [2]
    client = Client()
    client.force_login(of(person))
    page = client.get(here.seats[5].get_absolute_url()).content.decode()
    assert first.title not in page
    assert second.title in page
    found = {str(found.source.name) for found in search.find(of(person), "ho so thu 1")}
    assert "councils" not in found, "nor by the words of its title"
    with pytest.raises(Refused) as error:
        write_opinion(here.seats[5], first, text="x", by=of(person))
    assert code(error) == "ballot.conflict"
    with pytest.raises(Refused) as error:
        save_draft(here.seats[5], first, {}, by=of(person))
    assert code(error) == "ballot.conflict"
    with clock.at(MEETING):
        record_attendance(council, dict.fromkeys(here.seats, "present"), by=here.officer)
        open_session(council, by=here.officer)
        fine = {"needed": True, "new": True}
        for seat in here.seats:
            vote(council, seat, fine, 2)
        for seat in here.seats[:5]:
            vote(council, seat, fine, 1)
        close(council, by=here.officer)
    assert [one.counted["ballots"] for one in council.subjects.all()] == [5, 6]


def test_an_officer_in_conflict_neither_forms_nor_runs_the_council(here: Hall, involve: Involve) -> None:
    assert here.officer.person is not None
    involve(thing_1=Involved([(here.officer.person.pk, "member")]))
    with pytest.raises(Refused) as error:
        here.formed()
    assert code(error) == "council.conflict"


def test_a_conflict_found_after_the_meeting_sends_the_count_back(sitting: Sitting) -> None:
    here, council = sitting
    with clock.at(MEETING):
        for number, seat in enumerate(here.seats):
            vote(council, seat, {"overview": "30", "content": str(40 + number)})
        close(council, by=here.officer)
        about = council.subjects.get()
        report(council, here.experts[5], about, ground="interest", text="Cổ đông của đơn vị", by=here.officer)
        judge(council, Conflict.objects.get(), confirmed=True, reason="Có xác nhận", by=here.officer)
        remove_seat(here.seats[5], reason="Xung đột lợi ích", by=here.officer)
        council.refresh_from_db()
        close(council, by=here.officer)
    subject = council.subjects.get()
    assert (subject.counted["ballots"], len(subject.counted["before"])) == (5, 1)


def test_nobody_judges_the_own_conflict(here: Hall) -> None:
    council = here.filled()
    assert here.officer.person is not None
    row = Conflict.objects.create(person=here.officer.person, dossier="thing:1", ground="interest", source="reported")
    with pytest.raises(Refused) as error:
        judge(council, row, confirmed=False, reason="không sao", by=here.officer)
    assert code(error) in {"conflict.own", "council.conflict"}


def test_staff_of_the_lead_may_sit_in_an_acceptance_but_not_in_an_office(here: Hall, involve: Involve) -> None:
    involve("accept", thing_1=Involved(units=[here.institute.pk]))
    council = here.formed("accept")
    with pytest.raises(Refused) as error:
        add_seat(council, here.experts[0], role="chair", by=here.officer)
    assert code(error) == "council.conflict"
    add_seat(council, here.experts[1], role="member", by=here.officer)
