"""From a commune's need to a result in use there: under each generation of rules, and for every type of mission.

What differs between types lies on the shelf: form of the proposal, outline, scoring sheet, what must be looked at. Each
type goes the whole way once; that every generation has the whole of every type is asked of the shelf itself, and the
way between order and contract is gone for one type under all of them (tests/journeys/test_river_types.py).
"""

from datetime import date

import pytest

from khue.journal.timeline import timeline
from khue.missions.models import Mission, Order
from khue.needs.models import Need
from tests.journeys.river import River, version_of

G1, G2, G3 = date(2021, 4, 11), date(2025, 2, 10), date(2025, 10, 1)


@pytest.mark.parametrize(
    ("begins", "type_", "rating", "rules"),
    [
        (date(2024, 1, 8), "pilot-project", "passed", (G1, G1, G1)),
        (date(2025, 3, 3), "social-topic", "excellent", (G2, G2, G2)),
        (date(2026, 1, 5), "scheme", "passed", (G3, G3, G3)),
        (date(2025, 8, 4), "technology-topic", "excellent", (G2, G2, G3)),
    ],
    ids=["first generation", "second generation", "third generation", "selected across 1 October 2025"],
)
def test_from_the_need_to_the_use_of_the_result(
    source: River, begins: date, type_: str, rating: str, rules: tuple[date, date, date]
) -> None:
    story = source.begins(begins, type_)
    need, mission = _to_contract(story)
    mission = story.ended(story.reported(mission))
    acceptance = story.rated(story.filed(mission), rating)
    mission = story.recognised(acceptance)
    assert (mission.type, mission.state, mission.rating) == (type_, "accepted", rating)
    assert mission.paid == mission.budget_state == 600_000_000
    assert mission.use_reports.filter(state="submitted").count() == 1
    order = mission.order
    assert order is not None
    assert order.proposal is not None
    assert order.proposal.needs.get() == need
    selection = order.selections.get()
    assert (version_of(order.proposal), version_of(selection), version_of(mission)) == rules
    assert version_of(mission.acceptances.get()) == rules[2]
    assert Order.objects.get(pk=order.pk).state == "assigned"
    looked_at = selection.applications.filter(site_check__fit=True).count()
    assert looked_at == (2 if type_ == "pilot-project" else 0)
    for row in (need, order.proposal, selection, mission):
        dossier = getattr(row, "dossier", f"mission:{mission.pk}")
        assert all("%(" not in entry.sentence for entry in timeline(dossier)), dossier


def _to_contract(story: River) -> tuple[Need, Mission]:
    need = story.need()
    order = story.order(story.recommended(story.proposal(need)))
    selection = story.called(order)
    story.two_applications(selection)
    story.opened(selection)
    story.evaluated(selection, {"Rau quả": 85, "Khác": 75})
    assert story.chosen(selection).lead == story.market.mill.host
    return need, story.contracted(story.approved(selection))
