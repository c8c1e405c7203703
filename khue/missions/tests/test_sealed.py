"""Until the opening nobody but the applicants learns anything of an application, by whatever way."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from khue.accounts.actions.memberships import give_role
from khue.accounts.models import User
from khue.core import search
from khue.core.refusals import Refused
from khue.directory.models import Person
from khue.files import rules as files_rules
from khue.files.models import File
from khue.journal.models import Entry
from khue.matching.models import Entry as Known
from khue.matching.search import find
from khue.missions.actions.select.applications import save_section, submit, withdraw
from khue.missions.actions.select.attachments import attach
from khue.missions.models import Application, Selection
from khue.missions.rules.select import applications as rules
from khue.missions.rules.select.completeness import files_of
from khue.missions.rules.select.plans import digest, read_section
from khue.missions.tests.market import MONDAY, Market, again, fresh, moment, on, paper
from khue.missions.tests.mill import FOUNDED, FOUNDER
from khue.notices.models import Notice

CLOSED = MONDAY + timedelta(days=31)
pytestmark = pytest.mark.usefixtures("selection")
"""The order is called for."""


def outsiders(fair: Market) -> list[User]:
    """Everybody who must not read the first institute's application: department, leaders, rivals, overseers."""
    mill = fair.mill
    watching = []
    for role in ("monitor", "auditor", "administrator", "leader"):
        user = User.objects.create_user(f"{role}@seal.example", role)
        give_role(user, unit=mill.department, role=role, valid_from=FOUNDED, by=FOUNDER)
        watching.append(user)
    above = [mill.officer, mill.head, mill.division_officer, mill.leader, mill.stranger, fair.second_head, *watching]
    return [again(user) for user in above]


def test_no_list_count_search_file_or_likeness_tells_of_it(fair: Market, sealed: Application) -> None:
    with on(MONDAY + timedelta(days=6)):
        file = File.objects.get(dossier_kind="application")
        for user in outsiders(fair):
            assert not rules.visible_to(user).exists(), user
            assert not files_rules.visible_to(user).filter(pk=file.pk).exists(), user
            assert files_rules.may_read(user, file.current) is not None, user
            hits = [hit for found in search.find(user, sealed.lead.name) for hit in found.hits]
            assert not [hit for hit in hits if "/ho-so/" in hit.url], user
            assert [hit for hit in find(user, sealed.plan.name) if "/ho-so/" in hit.url] == []
            assert not Notice.objects.filter(user=user, dossier=sealed.dossier).exists(), user
        assert not Known.objects.filter(kind="application").exists()


def test_the_journal_of_the_selection_does_not_say_who_applied(fair: Market, sealed: Application) -> None:
    told = str(list(Entry.objects.exclude(dossier=sealed.dossier).filter(at__gte=sealed.created_at)
                    .values_list("dossier", "verb", "actor_name", "facts")))  # fmt: skip
    assert sealed.lead.name not in told
    assert fair.first_head.full_name not in told
    assert sealed.dossier not in told


def test_the_applicants_read_it_and_their_authors(fair: Market, sealed: Application) -> None:
    for user in (fair.first_head, fair.mill.worker):
        assert rules.visible_to(again(user)).get() == sealed


def test_the_department_counts_receipts_and_nothing_else(fair: Market, sealed: Application) -> None:
    with on(MONDAY + timedelta(days=6)):
        selection = rules.selections_visible_to(again(fair.officer)).get()
    assert selection.receipts.filter(withdrawn_at=None).count() == 1


def test_nobody_opens_before_the_closing_moment(fair: Market, sealed: Application) -> None:
    with on(MONDAY + timedelta(days=20)), pytest.raises(Refused) as refused:
        fair.opened(fair.selection())
    assert refused.value.refusal.code == "opening.too-early"
    assert not rules.visible_to(again(fair.officer)).exists()


def test_the_opening_lets_the_department_read_what_was_handed_in_and_no_drafts(
    fair: Market, sealed: Application
) -> None:
    with on(MONDAY + timedelta(days=7)):
        draft = fair.drafted(fair.selection(), fair.mill.elsewhere, fair.second_head, head="Ngô Văn Minh")
    with on(CLOSED + timedelta(days=1)):
        opened = fair.opened(fair.selection())
        assert opened.opened_at is not None
        assert opened.witnesses == "Bà Lê Thu"
        assert rules.visible_to(again(fair.officer)).get() == sealed
        assert files_rules.visible_to(again(fair.officer)).filter(dossier_kind="application").count() == 1
        assert not rules.visible_to(again(fair.mill.stranger)).exclude(pk=draft.pk).exists()
        assert rules.visible_to(again(fair.second_head)).get() == draft
        with pytest.raises(Refused) as refused:
            fair.opened(fair.selection())
    assert refused.value.refusal.code == "opening.opened"


def test_a_withdrawn_one_stays_sealed_for_ever(fair: Market, sealed: Application) -> None:
    with on(MONDAY + timedelta(days=8)):
        fair.applied(fair.selection(), fair.mill.elsewhere, fair.second_head, head="Ngô Văn Minh")
        withdraw(sealed, by=fair.first_head)
    with on(CLOSED + timedelta(days=1)):
        fair.opened(fair.selection())
        assert rules.visible_to(again(fair.officer)).get().lead == fair.mill.elsewhere


def test_a_file_added_later_by_somebody_else_is_refused(fair: Market, sealed: Application) -> None:
    with on(MONDAY + timedelta(days=6)), pytest.raises(Refused) as refused:
        attach(sealed, ContentFile(paper().read(), "x.txt"), kind="other", by=again(fair.officer))
    assert refused.value.refusal.code == "application.not-yours"
    assert moment(CLOSED) == fresh(Selection.objects.get()).closes_at


def test_whoever_stands_above_an_institute_does_not_read_its_draft(fair: Market) -> None:
    """A centre of the department itself applies: the department's head reaches the centre, but not its application."""
    centre = fair.mill.host
    centre.parent = fair.mill.department
    centre.save()
    with on(MONDAY + timedelta(days=5)):
        fair.applied(fair.selection(), centre, again(fair.first_head))
        assert not rules.visible_to(again(fair.mill.head)).exists()
        assert not rules.visible_to(again(fair.mill.leader)).exists()


def test_with_no_receipt_there_is_nothing_to_open(fair: Market) -> None:
    with on(CLOSED + timedelta(days=1)), pytest.raises(Refused) as refused:
        fair.opened(fair.selection())
    assert refused.value.refusal.code == "opening.nothing"
    assert fresh(Selection.objects.get()).opened_at is None


def named(text: str) -> set[str]:
    return set(Person.objects.filter(full_name__contains=text).values_list("full_name", flat=True))


def test_whom_an_outline_names_is_in_no_directory_before_the_opening(fair: Market) -> None:
    with on(MONDAY + timedelta(days=5)):
        sealed = fair.applied(fair.selection(), fair.mill.host, fair.first_head, head="Tạ Uyên Kỳ")
        fair.drafted(fair.selection(), fair.mill.elsewhere, fair.second_head, head="Ngô Văn Minh")
        assert named("Tạ Uyên Kỳ") == named("Ngô Văn Minh") == set()
        assert sealed.investigator is None
    with on(CLOSED + timedelta(days=1)):
        fair.opened(fair.selection())
    sealed.refresh_from_db()
    assert str(sealed.investigator) == "TS. Tạ Uyên Kỳ"
    assert named("Tạ Uyên Kỳ") == {"Tạ Uyên Kỳ", "Trợ lý của Tạ Uyên Kỳ"}
    assert named("Ngô Văn Minh") == set(), "a draft enters nobody, ever"
    assert not sealed.plan.people.filter(person=None).exists()
    assert sealed.receipts.get().sha256 == digest(sealed.plan, files_of(sealed)), "what was handed in is untouched"


def test_one_person_in_two_opened_outlines_is_entered_once(fair: Market) -> None:
    with on(MONDAY + timedelta(days=5)):
        for unit, head in ((fair.mill.host, fair.first_head), (fair.mill.elsewhere, fair.second_head)):
            made = fair.drafted(fair.selection(), unit, head, head="Lương Thế Ân")
            rows = read_section(made.plan, "people")["rows"]
            rows.append({"name": "Hồ Quý Khách", "title": "GS.", "unit": fair.mill.host.pk, "role": "main"})
            save_section(made, "people", {"rows": rows}, by=head)
            submit(made, by=head)
    with on(CLOSED + timedelta(days=1)):
        fair.opened(fair.selection())
    assert len(Person.objects.filter(full_name="Hồ Quý Khách")) == 1
    assert len(Person.objects.filter(full_name="Lương Thế Ân")) == 2, "of two institutes: nobody says they are one"
