"""The river for a direct assignment and for a mission that runs when the law changes; what the shelf has for each type.

Each type goes the whole way once in tests/journeys/test_river.py; that every generation has the whole of it is asked of
the shelf itself, which costs next to nothing.
"""

from datetime import date, timedelta
from itertools import product

import pytest
from django.conf import settings

from khue.core.refusals import Refused
from khue.flow.models import ProcessVersion
from khue.flow.shelf.filling import fill, read_example
from khue.flow.shelf.words import words
from khue.missions.actions.carry.adjusting import answer_change, ask_change
from khue.missions.models import Mission, OrderList, Selection
from khue.missions.rules.carry.adjusting import Wish
from khue.missions.rules.months import add_months
from khue.missions.tests.market import again, fresh, order_in
from tests.journeys.river import River, version_of

G1, G2, G3 = date(2021, 4, 11), date(2025, 2, 10), date(2025, 10, 1)
TYPES = ("technology-topic", "social-topic", "pilot-project", "scheme")


def to_contract(story: River, selection: Selection) -> Mission:
    story.opened(selection)
    story.evaluated(selection, {"Rau quả": 85, "Khác": 75})
    assert story.chosen(selection).lead == story.market.mill.host
    return story.contracted(story.approved(selection))


@pytest.mark.parametrize("begins", [date(2024, 3, 4), date(2025, 2, 17), date(2026, 1, 5)], ids=["G1", "G2", "G3"])
def test_a_direct_assignment_asks_one_organisation_and_goes_the_same_way(source: River, begins: date) -> None:
    """What differs is between the order and the contract."""
    story = source.begins(begins)
    listed = OrderList.objects.create(
        title="Danh mục", year=begins.year, host=story.market.mill.department, state="approved",
        decision_sign="1120/QĐ-UBND", decided_on=begins,
    )  # fmt: skip
    selection = story.invited(order_in(listed, 1))
    assert (selection.call, selection.invited) == (None, story.market.mill.host)
    with story.now(), pytest.raises(Refused) as refused:
        story.market.applied(fresh(selection), story.market.mill.elsewhere, again(story.market.second_head))
    assert refused.value.refusal.code == "application.not-invited"
    mission = to_contract(story, selection)
    assert (mission.state, mission.order.way if mission.order else "") == ("running", "direct")
    assert version_of(mission) == version_of(selection)


def test_a_mission_that_runs_when_the_law_changes_stays_under_the_old_rules(source: River) -> None:
    story = source.begins(date(2025, 3, 3))
    mission = story.reported(story.begun())
    old = mission.contract.ends_on if hasattr(mission.contract, "ends_on") else mission.ends_on
    assert old is not None
    story.day = date(2026, 3, 2)
    worker = again(story.market.mill.worker)
    with story.now():
        assert version_of(mission) == G2
        longest = add_months(old, 6)  # as in the old rules; the new say twelve
        too_long = Wish("extension", {"end": longest + timedelta(days=1)}, "Mất một vụ vì lũ.")
        with pytest.raises(Refused) as refused:
            ask_change(mission, too_long, by=worker)
        assert refused.value.refusal.code == "extension-long"
        change = ask_change(mission, Wish("extension", {"end": longest}, "Mất một vụ vì lũ."), by=worker)
        answer_change(
            change, granted=True, decision_sign="45/QĐ-SKHCN", decided_on=story.day, answer="Đồng ý.", by=story.head
        )
    mission = Mission.objects.get(pk=mission.pk)
    assert (mission.ends_on, version_of(mission)) == (longest, G2)
    proposal = story.proposal(story.need())
    assert version_of(proposal) == G3, "what is opened afterwards follows the new rules"
    acceptance = story.filed(story.ended(mission))
    assert version_of(acceptance) == G2, "a mission is accepted under the rules of its approval"


@pytest.mark.usefixtures("put_back")
def test_every_generation_has_all_of_it_for_every_type() -> None:
    example, _problems = read_example(settings.PROCESSES)
    for generation, type_ in product((G1, G2, G3), TYPES):
        facts = words("types")[type_].facts
        identify, select = (
            ProcessVersion.objects.get(process=name, version=generation).definition
            for name in ("mission-identify", "mission-select")
        )
        assert str(facts["proposal"]) in identify.forms, (generation, type_)
        assert identify.sheet_for(type_).kind == "pass"
        assert str(facts["outline"]) in select.forms
        sheet = select.sheet_for(type_)
        assert sum(one.most for one in sheet.criteria) == sheet.total == 100
        for definition, paper in ((identify, f"slip-{facts['proposal']}"), (select, str(facts["outline"]))):
            assert "……" not in fill(definition.papers[paper], example), (generation, paper)
