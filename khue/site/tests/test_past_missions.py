"""The demo's memory: two hundred missions, some organisations under two spellings."""

import pytest

from khue.missions.models import Mission
from khue.site.demo.past_missions import bring_in


@pytest.mark.django_db
def test_two_hundred_missions_come_in_and_are_found() -> None:
    assert bring_in() == Mission.objects.count() == 200
    assert bring_in() == Mission.objects.count() == 200  # a second time changes nothing
    hosts = set(Mission.objects.values_list("host_name", flat=True))
    assert {"Viện Nghiên cứu Rau quả", "Viện NC Rau quả"} <= hosts
