"""What rows of needs show."""

import pytest
from django.utils import translation

from khue.directory.maps import Cell, Drawing
from khue.directory.models import Place
from khue.needs.models import Need
from khue.needs.templatetags.needs import map_cells, urgency_mark, where


def _need(places: int = 0, **fields: object) -> Need:
    need = Need(pk=1, **fields)
    need._prefetched_objects_cache = {"places": [Place(kind="Xã", name=f"Số {n}") for n in range(places)]}  # type: ignore[attr-defined]
    return need


@pytest.mark.parametrize(
    ("places", "told"), [(0, ""), (1, "Xã Số 0"), (2, "Xã Số 0, Xã Số 1"), (4, "Xã Số 0, Xã Số 1, +2")]
)
def test_two_places_are_named_and_the_others_counted(places: int, told: str) -> None:
    assert where(_need(places)) == told


def test_the_mark_says_how_urgent_it_is_and_whether_it_touches_living() -> None:
    with translation.override("vi"):
        urgent = urgency_mark(_need(urgency=Need.Urgency.URGENT, livelihood=True))
        assert "state-overdue" in urgent
        assert 'class="living"' in urgent
        assert "state-due-soon" in urgency_mark(_need(urgency=Need.Urgency.SOON))
        assert urgency_mark(_need()) == f'<span class="muted">{Need.Urgency.NORMAL.label}</span>'


def test_a_commune_of_the_need_stands_out_on_the_map() -> None:
    drawing = Drawing((Cell(1, "Xã <A>", "M0 0Z", 0, 0), Cell(2, "Xã B", "M1 1Z", 1, 1)), 10, 10)
    html = map_cells(drawing, {2})
    assert '<path d="M0 0Z"><title>Xã &lt;A&gt;</title>' in html
    assert '<path d="M1 1Z" class="here">' in html
