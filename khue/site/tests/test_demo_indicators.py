"""The five years of figures of the demo city: whole in every season, with something late, returned and excepted."""

import pytest

from khue.indicators.models import Composed, Observation, Reopening, UnitReport
from khue.site.demo import indicators
from khue.site.demo.town import found

pytestmark = pytest.mark.django_db


def test_the_years_are_lived_through() -> None:
    assert indicators.live_through(found()) > 4_000
    states = set(UnitReport.objects.values_list("state", flat=True))
    assert states == {"draft", "returned", "submitted", "approved"}
    assert UnitReport.objects.filter(late=True).exists()
    assert Reopening.objects.filter(ended_at=None).exists()
    assert Observation.objects.exclude(mark="").count() == 1
    blocks = {one.name: one for one in Composed.objects.get().blocks.all()}
    assert blocks["reported"].other is not None, "new figures wait beside the words of the officer"
    assert blocks["general"].edited is not None
    assert blocks["general"].other is None
