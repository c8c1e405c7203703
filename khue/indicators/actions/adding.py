"""Putting a part of one's own into a composed report: words, or a table or chart of its figures."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.indicators.actions.composing import LONGEST, kept
from khue.indicators.composing.adding import SHAPES, WORDS, made_by, recipe_of
from khue.indicators.composing.drafting import ground_of
from khue.indicators.composing.shelf import template_of
from khue.indicators.models import Composed, ComposedBlock
from khue.indicators.rules.composing import may_edit
from khue.journal.actions import record

MOST = 60
"""Parts that one report takes: more is another report."""


@transaction.atomic
def add_block(
    report: Composed, kind: str, text: str, *, by: Actor, after: ComposedBlock | None = None, codes: Sequence[str] = ()
) -> ComposedBlock:  # fmt: skip
    """A part behind `after` (or before all): of `WORDS` a heading, paragraph or annex that says `text`; of `SHAPES` a
    table or chart of the indicators `codes`, with `text` as its caption. Sent twice it is added once.

    Raises:
        Refused: `composed.part-wrong`, `composed.nothing-to-show`, and what `may_edit` says.
    """
    rows = Composed.objects.select_for_update(of=["self"]).select_related("unit__parent", "programme__lead", "period")
    report = rows.get(pk=report.pk)
    require(may_edit(by, report))
    text = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()
    require(_wrong(report, kind, text, codes))
    place = after.place if after else -1
    facts = _words(kind, text, by) if kind in WORDS else _figures(report, kind, text, codes)
    same = report.blocks.filter(place=place + 1, added=True, kind=facts["kind"], recipe=facts["recipe"]).first()
    if same is not None and same.text == text:
        return same
    report.blocks.filter(place__gt=place).update(place=F("place") + 1)
    number = report.blocks.filter(added=True).count() + 1
    made = ComposedBlock.objects.create(report=report, name=f"added-{number}", place=place + 1, added=True, **facts)
    record(report.dossier, "composed.added", by=by, block=made.name, text=text[:200])
    return made


def _wrong(report: Composed, kind: str, text: str, codes: Sequence[str]) -> Refusal | None:
    """What is missing or too much."""
    if kind not in WORDS and kind not in SHAPES:
        return Refusal("composed.part-wrong", _("Choose what to add from the list."))
    if not text:
        return Refusal("composed.part-wrong", _("Write what the part says, or what the table or chart is called."))
    if len(text) > LONGEST:
        sentence = _("The text is longer than %(most)s characters. Shorten it.")
        return Refusal("composed.part-wrong", sentence % {"most": LONGEST})
    if kind in SHAPES and not codes:
        return Refusal("composed.part-wrong", _("Choose the indicators that the table or chart shows."))
    if report.blocks.filter(added=True).count() >= MOST:
        sentence = _("The report already has %(most)s added parts. Write more into one of them.")
        return Refusal("composed.part-wrong", sentence % {"most": MOST})
    return None


def _words(kind: str, text: str, by: Actor) -> dict[str, Any]:
    """Columns of a part that somebody wrote: nothing in it is the system's."""
    told = {"kind": "heading" if kind == "subheading" else kind, "level": WORDS[kind], "recipe": {}}
    line = " ".join(text.split()) if told["kind"] in {"heading", "annex"} else text
    return {**told, "edited": line, "edited_by_id": by.actor_id, "edited_at": now()}


def _figures(report: Composed, kind: str, caption: str, codes: Sequence[str]) -> dict[str, Any]:
    """Columns of a table or chart, made from the figures of the report."""
    template = template_of(report.template, report.template_version)
    ground = ground_of(template, report.unit, report.period, report.programme)
    known = [code for code in codes if ground.row(code)]
    recipe = recipe_of(kind, caption, known)
    made = made_by({"added": recipe}, ground)[0] if known else None
    if made is None or not made.data:
        sentence = _("There are no figures for such a table or chart in this period. Choose other indicators.")
        raise Refused(Refusal("composed.nothing-to-show", sentence))
    facts = {"kind": made.kind, "made": made.text, "tokens": kept(made.tokens), "data": kept(dict(made.data))}
    return {**facts, "recipe": kept(recipe)}
