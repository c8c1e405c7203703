"""What needs and rounds register with the apps below at start-up."""

from collections.abc import Collection, Iterable

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.core import navigation, search
from khue.core.navigation import Item
from khue.core.search import SearchSource
from khue.files import rules as files_rules
from khue.flow import demands
from khue.flow.shelf.words import label_in
from khue.journal import sentences
from khue.matching import beside, merging, sources
from khue.matching.merging import Merger
from khue.matching.sources import Record, Source
from khue.needs import need_guards  # noqa: F401 - registers itself
from khue.needs.actions import columns, intake, round_answers  # noqa: F401 - they register their effects
from khue.needs.models import Answer, Need
from khue.needs.models.need import ASIDE_STATES
from khue.needs.rules import need_records
from khue.needs.rules import rounds as round_rules
from khue.needs.rules.needs import found_by, keys_of, visible_to
from khue.needs.rules.set_aside import among, find

DESKS = frozenset({"officer", "unit-head", "clerk", "leader", "monitor", "auditor"})
NEED_STEPS = ("submitted", "asked-back", "in-review", "proposed", "answered", "merged", "withdrawn")
ROUND_STEPS = ("asked", "answered", "nothing", "closed")


def register() -> None:
    """Called once, when the app starts."""
    demands.register("need-intake", *(f"step:{step}" for step in NEED_STEPS), "form:answer", "form:merge")
    demands.register("round-answer", *(f"step:{step}" for step in ROUND_STEPS))
    files_rules.register("need", visible_to, restricted=visible_to)
    files_rules.register("round", round_rules.visible_to, restricted=round_rules.visible_to)
    search.register(SearchSource("needs", _("Needs"), find, 25, among, wordwise=True))
    sources.register(Source("need", _("Needs"), records, found_by, icon="bulb", order=30))
    beside.register("need", need_records.signals)
    merging.register("need", Merger(merge, need_records.is_merged))
    navigation.register(Item("needs", _("Needs"), "needs:needs", "bulb", DESKS, 30, navigation.ASKED, "c"))
    navigation.register(
        Item("rounds", _("Collecting rounds"), "needs:rounds", "speakerphone", DESKS, 32, navigation.ASKED)
    )
    sentences.register(SENTENCES)


def records(pks: Collection[int] | None) -> Iterable[Record]:
    """What matching knows of needs: those that were sent and not taken back."""
    rows = Need.objects.exclude(state__in=ASIDE_STATES).select_related("unit")
    taken = Need.objects.filter(state=Need.State.MERGED).only("merged_into", "author", "unit")
    rows = rows.prefetch_related("places", Prefetch("merged", taken, to_attr="taken_up"))
    rows = rows.prefetch_related(Prefetch("answers", Answer.objects.exclude(passed_to=None), to_attr="passed"))
    for need in (rows if pks is None else rows.filter(pk__in=pks)).iterator(chunk_size=1000):
        places = ", ".join(place.name for place in need.places.all())
        asker = need.unit.name if need.unit else need.author_name
        yield Record(
            pk=need.pk, title=need.title, url=need.get_absolute_url(), summary=f"{need.problem} {need.hoped}",
            host=asker, place=places, year=need.year, field=label_in("fields", need.field), sign=need.code,
            detail=f"{need.code} · {asker} · {need.get_state_display()}",
            keys=keys_of(need, need.taken_up, need.passed),
        )  # fmt: skip


def merge(pk: int, into: int, reasons: str, by: User) -> None:
    """Merge one need into another, from the bench of pairs. Raises Refused as `intake.merge` does."""
    there = Need.objects.in_bulk([pk, into])
    intake.merge(there[pk], there[into], reasons, by=by)


SENTENCES = {
    "need.took-up": _("%(actor)s merged %(need)s of %(author)s into this: %(title)s"),
    "need.taken-along": _("%(actor)s merged %(through)s, with which this is handled, into %(into)s"),
    "need.classed": _("%(actor)s corrected urgency, field or livelihood"),
    "round.opened": _("%(actor)s prepared the round for %(units)s units"),
    "round.changed": _("%(actor)s corrected the round; it closes on %(closes_on)s"),
    "round.asked-also": _("%(actor)s asked %(count)s more units: %(units)s"),
    "round.left-out": _("%(actor)s left %(unit)s out"),
    "round.published": _("%(actor)s published the round to %(units)s units"),
    "round.answered": _("%(unit)s answered (%(actor)s) %(nothing)s"),
    "round.reminded": _("%(actor)s reminded %(count)s units: %(units)s"),
    "round.closed": _("%(actor)s closed the round: %(answered)s of %(asked)s units answered"),
}
