"""A demo city is thrown away only where nobody works in earnest."""

import pytest
from django.conf import settings
from django.db import connection

from khue.accounts.models import User
from khue.core.refusals import Refused
from khue.site.demo.rebuilding import clear
from khue.site.demo.town import known_town
from khue.site.upkeep import postgres


def _tables() -> list[str]:
    with postgres.connect() as session:
        return postgres.tables(session)


@pytest.mark.django_db
@pytest.mark.usefixtures("installation")
def test_where_somebody_works_in_earnest_nothing_is_removed() -> None:
    User.objects.create_user("theodoi@khue.example", "Người mẫu")
    User.objects.create_user("ngo.tuan@vidu.gov.vn", "Ngô Anh Tuấn")
    with pytest.raises(Refused, match=r"ngo\.tuan@vidu\.gov\.vn"):
        clear()
    assert User.objects.count() == 2
    assert any(settings.MEDIA_ROOT.iterdir())


def test_a_demo_city_leaves_an_empty_database_and_no_files(emptied: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE accounts_user (id int, email text)")
        cursor.execute("INSERT INTO accounts_user VALUES (1, 'theodoi@khue.example')")
    settings.MEDIA_ROOT.mkdir(parents=True)
    clear()
    assert _tables() == []
    assert not settings.MEDIA_ROOT.exists()


@pytest.mark.django_db
def test_a_city_of_an_older_khue_says_what_to_do() -> None:
    with pytest.raises(Refused, match="khue demo --rebuild") as refused:
        known_town()
    assert refused.value.refusal.code == "demo.older"
