"""Two officers write one report at the very same moment, each on a connection of their own."""

from datetime import date
from decimal import Decimal

from khue.core.clock import at
from khue.indicators.actions import reporting
from khue.indicators.actions.reporting import Entry, Saved
from khue.indicators.models import Observation, Rollup, UnitReport
from khue.indicators.rules.sheet import sheet_of
from khue.indicators.tests.province import account, province
from tests.at_once import together

DAY = date(2025, 9, 16)


def test_of_two_who_write_at_once_one_is_kept_and_the_other_told(transactional_db: None) -> None:
    with at(DAY):
        here = province(1)
        report = here.report(here.cycle())
    officers = [here.officer, account("Người Thứ Hai", "officer", here.communes[0])]
    common, own = "trained_people", ("models_applied", "initiatives_recognised")

    def write(number: int) -> Saved:
        entries = [Entry(common, Decimal(10 + number)), Entry(own[number], Decimal(number + 1))]
        texts = {"results": f"Bản của {officers[number].full_name}"}
        return reporting.save_draft(report, entries, texts=texts, was={"results": ""}, by=officers[number])

    found = together(*[lambda number=number: write(number) for number in (0, 1)], on=DAY, held=True)
    saved = [one for one in found if isinstance(one, Saved)]
    assert len(saved) == 2, found
    assert sorted(len(one.conflicts) for one in saved) == [0, 1]
    assert sorted(one.contested for one in saved) == [[], ["results"]]
    first = next(number for number, one in enumerate(saved) if not one.conflicts)
    conflict = saved[1 - first].conflicts[0]
    assert (conflict.there.value, conflict.there.author) == (Decimal(10 + first), officers[first])
    kept = dict(Observation.objects.filter(indicator__code__in=[common, *own]).values_list("indicator__code", "value"))
    assert kept == {common: 10 + first, own[0]: 1, own[1]: 2}, "figures that nobody contests are all there"
    there = UnitReport.objects.get(pk=report.pk)
    assert (there.texts["results"], there.revision) == (f"Bản của {officers[first].full_name}", 2)

    def send(number: int) -> object:
        return reporting.submit(there, by=officers[number]).state

    with at(DAY):
        needed = [one.indicator for one in sheet_of(here.report(report.cycle)).lines if one.is_total]
        seen = dict(Observation.objects.values_list("indicator", "revision"))
        rest = [Entry(one, Decimal(3), proof="Sổ", seen=seen.get(one.pk, 0)) for one in needed]
        reporting.save_draft(there, rest, by=here.officer)
    sent = together(lambda: send(0), lambda: send(1), lambda: reporting.save_draft(
        there, [Entry(common, Decimal(99), seen=2)], by=here.officer
    ), on=DAY, held=True)  # fmt: skip
    there.refresh_from_db()
    assert there.state == "submitted"
    assert sorted(str(one) for one in sent[:2]) == ["report.not-open", "submitted"], "sent once, the other is told"
    trained = Observation.objects.get(indicator__code=common)
    assert trained.value == (99 if isinstance(sent[2], Saved) else 3)
    sums = Rollup.objects.filter(indicator=trained.indicator, unit=here.city, of=trained.indicator)
    assert [one.total for one in sums] == [trained.value], "what was written before sending counts, nothing after it"
