"""Assigning to a whole city: few writes, one at a time, and a job that shows how far it is."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khue.core.clock import at, now
from khue.core.refusals import Refused
from khue.directory.models import Unit
from khue.documents.actions import assigning as work
from khue.documents.actions import proposals
from khue.documents.models import Assigning, Directive, Extraction
from khue.documents.models.assigning import GIVEN_UP
from khue.documents.tasks import finish_assigning
from khue.documents.tests.city import person, unit
from khue.documents.tests.directive_city import City
from khue.documents.tests.reading import document, proposal, read
from khue.flow.models import Case, CaseParty, Holding, StepRecord
from khue.journal.chain import verify
from khue.journal.models import Entry
from khue.notices.models import Notice

WORDS = "báo cáo kết quả hằng quý"


def communes(count: int) -> None:
    """So many more wards, each with an officer."""
    for number in range(count):
        name = f"UBND phường {Unit.objects.count()} số {number}"
        person(f"Người {name}", "officer", unit(name, Unit.Kind.COMMUNE))


def accepted(city: City, extraction: Extraction, **fields: Any) -> None:
    made = proposal(extraction, WORDS, **fields)
    made.units.create(part="lead", name="UBND các phường", group="communes")
    proposals.accept(made, version=0, by=city.officer)


def test_queries_do_not_grow_with_the_units(city: City, django_capture_on_commit_callbacks: object) -> None:
    def queries(sign: str) -> tuple[int, int]:
        extraction = read(document(city.office, city.clerk, sign))
        accepted(city, extraction)
        with CaptureQueriesContext(connection) as asked, django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            made = work.start(extraction, by=city.head)
        assert isinstance(made, list)
        return len(made), len(asked)

    communes(3)
    queries("1-TB/TU")  # fills what is remembered, such as the kinds of content
    few, small = queries("2-TB/TU")
    communes(30)
    many, large = queries("3-TB/TU")
    assert (few, many) == (4, 34)
    assert large == small


def test_each_unit_has_all_that_a_single_directive_has(city: City, django_capture_on_commit_callbacks: object) -> None:
    communes(5)
    extraction = read(document(city.office, city.clerk))
    accepted(city, extraction)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        made = work.start(extraction, by=city.head)
    assert isinstance(made, list)
    cases = Case.objects.filter(dossier__in=[one.dossier for one in made])
    assert {case.step for case in cases} == {"assigned"}
    assert Holding.objects.filter(case__in=cases, until=None, step="assigned").count() == 6
    assert set(Holding.objects.filter(case__in=cases).values_list("unit", flat=True)) == {one.lead_id for one in made}
    assert CaseParty.objects.filter(case__in=cases, party="issuer", unit=city.office).count() == 6
    assert StepRecord.objects.filter(case__in=cases, by=city.head).count() == 6
    assert Entry.objects.filter(dossier__in=[one.dossier for one in made], verb="flow.opened", sequence=1).count() == 6
    assert sorted(one.number for one in made) == [1, 2, 3, 4, 5, 6]
    assert Notice.objects.filter(dossier__startswith="directive:").count() == 5  # nobody works in the ward of the city
    assert extraction.document.recipients.count() == 6
    assert verify().broken is None


def test_much_work_goes_to_a_job_that_is_begun_once(city: City) -> None:
    communes(21)
    extraction = read(document(city.office, city.clerk))
    accepted(city, extraction, recurs="quarter")
    first = work.start(extraction, by=city.head)
    assert isinstance(first, Assigning)
    assert first.total == 22
    assert work.start(extraction, by=city.officer) == first
    assert not Directive.objects.exists()
    finish_assigning(first.pk)
    finish_assigning(first.pk)
    first.refresh_from_db()
    assert (first.state, first.done, first.units) == ("done", 22, 22)
    assert Directive.objects.filter(every="quarter").count() == 22
    with pytest.raises(Refused, match="Trần Trưởng"):
        work.start(extraction, by=city.officer)


def test_the_page_says_how_far_it_is_after_a_reload_too(city: City, client: Client) -> None:
    communes(21)
    extraction = read(document(city.office, city.clerk))
    accepted(city, extraction, recurs="quarter")
    client.force_login(city.head)
    number = extraction.document_id
    answer = client.post(reverse("documents:assign", args=[number]), headers={"HX-Request": "true"})
    begun = Assigning.objects.get()
    Assigning.objects.update(done=7)
    assert "trên 22" in answer.content.decode()
    page = client.get(reverse("documents:extraction", args=[number])).content.decode()
    assert "Xong 7 trên 22" in page
    assert "data-assign" not in page
    address = reverse("documents:assigning", args=[number, begun.pk])
    assert "Xong 7 trên 22" in client.get(address, headers={"HX-Request": "true"}).content.decode()
    finish_assigning(begun.pk)
    done = client.get(address, headers={"HX-Request": "true"})
    assert done["HX-Redirect"] == reverse("documents:outcome", args=[number])


def test_what_is_refused_in_the_job_is_said_on_the_page(city: City, client: Client) -> None:
    communes(21)
    extraction = read(document(city.office, city.clerk))
    with at(date(2026, 3, 9)):
        accepted(city, extraction, recurs="quarter", due_on=date(2026, 6, 30))
        begun = work.start(extraction, by=city.head)
    assert isinstance(begun, Assigning)
    with at(date(2026, 7, 9)):
        finish_assigning(begun.pk)
    client.force_login(city.head)
    page = client.get(reverse("documents:assigning", args=[extraction.document_id, begun.pk])).content.decode()
    assert "30/06/2026" in page
    assert not Directive.objects.exists()


def test_work_whose_worker_died_may_be_begun_again(city: City) -> None:
    communes(21)
    extraction = read(document(city.office, city.clerk))
    accepted(city, extraction, recurs="quarter")
    dead = work.start(extraction, by=city.head)
    assert isinstance(dead, Assigning)
    Assigning.objects.update(at=now() - GIVEN_UP * 2)
    again = work.start(extraction, by=city.head)
    assert isinstance(again, Assigning)
    assert again != dead
    finish_assigning(dead.pk)
    assert not Directive.objects.exists()
