"""Two officers who assign the same directives at the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from khue.accounts.models import User
from khue.core.refusals import Refused
from khue.documents.actions.directive_assign import assign
from khue.documents.models import Directive, Extraction
from khue.documents.tests.directive_city import City
from khue.documents.tests.reading import document, read


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_the_same_moment_assign_once() -> None:
    city = City()
    extraction = read(document(city.office, city.clerk))
    city.accepted(extraction)
    start = Barrier(2)
    answers: list[int | str] = []

    def go(user: User) -> None:
        start.wait()
        try:
            answers.append(len(assign(Extraction.objects.get(pk=extraction.pk), by=user)))
        except Refused as refused:
            answers.append(refused.refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=go, args=[user]) for user in (city.officer, city.head)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=str) == [1, "already-assigned"]
    assert Directive.objects.count() == 1
