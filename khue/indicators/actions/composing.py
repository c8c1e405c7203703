"""Composing a report from its template, editing it, bringing its figures up to date, handing it over."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.indicators import sending
from khue.indicators.composing.adding import made_by
from khue.indicators.composing.drafting import ground_of, unfit
from khue.indicators.composing.ground import Ground
from khue.indicators.composing.making import make, subject_of
from khue.indicators.composing.paper import body_of, paper_of, pictures_of
from khue.indicators.composing.reading import LAYOUTS
from khue.indicators.composing.shelf import template_of, templates_on
from khue.indicators.composing.values import Made, Template
from khue.indicators.models import Composed, ComposedBlock, Period, Programme
from khue.indicators.rules.composing import may_compose, may_correct, may_edit
from khue.journal.actions import record
from khue.language.merging import merge

SITTING = timedelta(minutes=15)
"""A text is kept every few words: what one person writes in a part within this time is one entry of the journal."""
LONGEST = 20_000
"""Characters of a block."""


@transaction.atomic
def compose(
    name: str, *, unit: Unit, period: Period, by: Actor, programme: Programme | None = None,
    corrects: Composed | None = None,
) -> Composed:  # fmt: skip
    """A report from the version of the template that applies today; the one that is there already is returned.

    Raises:
        Refused: `report.template-unknown`, `report.not-for-this`, `composed.not-yours`.
    """
    template = templates_on(today()).get(name)
    if template is None:
        raise Refused(Refusal("report.template-unknown", _("There is no such template. Choose one from the list.")))
    programme = programme if template.programmes is None else None
    require(unfit(template, unit, period, programme))
    require(may_compose(by, unit, programme))
    ground = ground_of(template, unit, period, programme)
    facts = {"template_version": template.version, "label": template.label, "layout": template.layout}
    report, is_new = Composed.objects.get_or_create(
        template=name, unit=unit, period=period, programme=programme, corrects=corrects,
        defaults={**facts, "subject": subject_of(template, ground), "created_by_id": by.actor_id},
    )  # fmt: skip
    if not is_new:
        return report
    ComposedBlock.objects.bulk_create(
        ComposedBlock(
            report=report, name=one.name, place=place, kind=one.kind, level=one.level, italic=one.italic,
            made=one.text, tokens=kept(one.tokens), data=kept(dict(one.data)),
        )
        for place, one in enumerate(make(template, ground))
    )  # fmt: skip
    record(report.dossier, "composed.begun", by=by, acting_for=unit.name, label=template.label, period=period.label)
    return report


def _locked_block(block: ComposedBlock) -> ComposedBlock:
    """The block's row, locked, with what the rules ask of its report."""
    rows = ComposedBlock.objects.select_for_update(of=["self"])
    return rows.select_related("report__unit", "report__programme__lead", "edited_by").get(pk=block.pk)


@transaction.atomic
def save_text(block: ComposedBlock, text: str, *, seen: int, by: Actor) -> ComposedBlock:
    """Write a text block. `seen` is the revision that the writer started from: what changed meanwhile is never
    overwritten.

    Raises:
        Refused: `composed.changed-meanwhile`, `composed.not-text`, `composed.waits`, `composed.too-long`, and what
            `may_edit` says.
    """
    block = _locked_block(block)
    require(may_edit(by, block.report))
    text = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()
    require(_not_to_write(block, text, seen))
    if text == block.text:
        return block
    block.edited = None if text == block.made else text
    sitting = block.edited_by_id == by.actor_id and block.edited_at and now() - block.edited_at < SITTING
    _touched(block, by)
    block.save()
    if not sitting:
        record(block.report.dossier, "composed.edited", by=by, block=block.name)
    return block


def _not_to_write(block: ComposedBlock, text: str, seen: int) -> Refusal | None:
    if not block.is_text:
        sentence = _("Figures of a table are changed where they are reported, not here.")
        return Refusal("composed.not-text", sentence)
    if len(text) > LONGEST:
        sentence = _("The text is longer than %(most)s characters. Shorten it.")
        return Refusal("composed.too-long", sentence % {"most": LONGEST})
    if text == block.text:
        return None
    if block.other is not None:
        return Refusal("composed.waits", _("New figures wait here: choose one of the two texts first."))
    if block.revision != seen:
        by_figures = block.edited_at is None or block.edited_at < block.report.refreshed_at
        who = block.edited_by.full_name if block.edited_by and not by_figures else _("the system")
        sentence = _("%(who)s changed this part meanwhile. Your text stays on the page: copy it, load anew, compare.")
        return Refusal("composed.changed-meanwhile", sentence % {"who": who})
    return None


def _touched(block: ComposedBlock, by: Actor) -> None:
    block.revision += 1
    block.edited_by_id, block.edited_at = by.actor_id, now()


@transaction.atomic
def set_dropped(block: ComposedBlock, dropped: bool, *, by: Actor) -> ComposedBlock:
    """Leave a block out of the report, or bring it back as it was. Raises Refused: what `may_edit` says."""
    block = _locked_block(block)
    require(may_edit(by, block.report))
    if block.dropped != dropped:
        block.dropped = dropped
        block.save(update_fields=["dropped"])
        verb = "composed.dropped" if dropped else "composed.restored"
        record(block.report.dossier, verb, by=by, block=block.name)
    return block


@transaction.atomic
def lay_out(report: Composed, layout: str, *, by: Actor) -> Composed:
    """Lay the report out as a paper of the `state` or of the `party`. Raises Refused: `composed.laid-out` once it is a
    document, which has its number among those of one of the two; and what `may_edit` says."""
    rows = Composed.objects.select_for_update(of=["self"]).select_related("unit__parent", "programme__lead")
    report = rows.get(pk=report.pk)
    require(may_edit(by, report))
    if layout not in LAYOUTS:
        raise Refused(Refusal("composed.laid-out", _("There is no such layout.")))
    if report.document:
        sentence = _("The report is a document already: its layout is that of the document.")
        raise Refused(Refusal("composed.laid-out", sentence))
    if report.layout != layout:
        report.layout = layout
        report.save(update_fields=["layout"])
        record(report.dossier, f"composed.laid-out-{layout}", by=by)
    return report


@transaction.atomic
def choose(block: ComposedBlock, which: str, *, by: Actor) -> ComposedBlock:
    """Settle a block: `mine` keeps the edited words, `new` takes those with new figures where both had changed,
    `made` gives up every edit. What is given up stays in the journal. Raises Refused: what `may_edit` says."""
    block = _locked_block(block)
    require(may_edit(by, block.report))
    was = block.edited
    if which == "made":
        block.edited = None
    elif which == "new" and block.other is not None:
        block.edited = None if block.other == block.made else block.other
    block.other = None
    _touched(block, by)
    block.save()
    record(block.report.dossier, "composed.chosen", by=by, block=block.name, which=which, was=(was or "")[:4000])
    return block


def kept(value: Any) -> Any:
    """A value as the database gives it back."""
    return json.loads(json.dumps(value))


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What new figures did: blocks that changed, and those in which somebody has to choose."""

    changed: int
    waiting: int


@transaction.atomic
def refresh(report: Composed, *, by: Actor) -> Refreshed:
    """Read the figures anew; edited texts get the new numbers where nobody changed the words around them.

    Raises:
        Refused: `report.template-gone`, and what `may_edit` says.
    """
    rows = Composed.objects.select_for_update(of=["self"]).select_related("unit__parent", "programme__lead", "period")
    report = rows.get(pk=report.pk)
    require(may_edit(by, report))
    template = template_of(report.template, report.template_version)
    ground, blocks = _ground_again(template, report), list(report.blocks.select_for_update())
    recipes = {block.name: block.recipe for block in blocks if block.recipe}
    made = {one.name: one for one in (*make(template, ground), *made_by(recipes, ground))}
    changed = [block for block in blocks if block.name in made and _renewed(block, made[block.name])]
    for block in changed:
        block.save()
    report.refreshed_at = now()
    report.save(update_fields=["refreshed_at"])
    waiting = sum(block.other is not None for block in blocks)
    record(report.dossier, "composed.refreshed", by=by, changed=len(changed), waiting=waiting)
    return Refreshed(len(changed), waiting)


def _ground_again(template: Template, report: Composed) -> Ground:
    return ground_of(template, report.unit, report.period, report.programme)


def _renewed(block: ComposedBlock, made: Made) -> bool:
    """Put the new text or figures into a block; whether that changed anything people see."""
    tokens, data = kept(made.tokens), kept(dict(made.data))
    if (block.made, block.data, block.tokens) == (made.text, data, tokens):
        return False
    changed = block.made != made.text or block.data != data
    if block.edited is not None:
        merged = merge(block.made, block.edited, made.text)
        if block.other is not None:
            block.other = merge(block.made, block.other, made.text).other
        elif merged.clashes:
            block.other = merged.other
        block.edited = merged.text
        block.other = None if block.other == block.edited else block.other
        if block.edited == made.text:
            block.edited = block.other = None
    block.made, block.tokens, block.data = made.text, tokens, data
    block.revision += changed
    return True


@transaction.atomic
def hand_over(report: Composed, *, by: User) -> sending.Sent:
    """Make the report an outgoing document, which is numbered, signed and sent where documents are; again: write the
    text anew into its draft.

    Raises:
        Refused: `composed.waits`, `composed.empty`, what `may_edit` says, what documents say.
    """
    rows = Composed.objects.select_for_update(of=["self"]).select_related("unit__parent", "programme__lead", "corrects")
    report = rows.get(pk=report.pk)
    require(may_edit(by, report))
    if report.blocks.filter(dropped=False).exclude(other=None).exists():
        sentence = _("New figures wait in some parts. Choose there first, then make the document.")
        raise Refused(Refusal("composed.waits", sentence))
    paper = paper_of(report)
    if not paper.parts:
        raise Refused(Refusal("composed.empty", _("Nothing is left in the report. Bring a part back first.")))
    outgoing = sending.Outgoing(
        title=report.subject, unit=paper.body, layout=paper.layout, body=body_of(paper.parts),
        pictures=pictures_of(paper.parts), addressee=paper.above,
        corrects=report.corrects.document if report.corrects else "",
    )  # fmt: skip
    sent = sending.hand_over(outgoing, report.document, report.handed_over, by)
    report.document, report.handed_over = sent.dossier, sent.version
    report.save(update_fields=["document", "handed_over"])
    record(report.dossier, "composed.handed-over", by=by, acting_for=paper.body.name, document=sent.label)
    return sent


@transaction.atomic
def correct(report: Composed, *, by: User) -> Composed:
    """Begin the report that corrects one that was issued, with the figures of today and the words of the former one.

    Raises:
        Refused: `composed.not-issued`, and what `compose` says.
    """
    require(may_correct(by, report))
    made = compose(
        report.template, unit=report.unit, period=report.period, programme=report.programme, by=by, corrects=report
    )
    made = lay_out(made, report.layout, by=by) if not made.document else made
    if made.blocks.filter(revision__gt=0).exists():
        return made
    former = {one.name: one for one in report.blocks.all()}
    for block in made.blocks.all():
        if (before := former.get(block.name)) is not None:
            _take_words(block, before)
            block.place = before.place
            block.save()
    _take_added([one for one in former.values() if one.added], made)
    return made


def _take_added(parts: list[ComposedBlock], made: Composed) -> None:
    """What people added to the former report goes on in the new one, with the figures of today."""
    if not parts:
        return
    ground = _ground_again(template_of(made.template, made.template_version), made)
    figures = {one.name: one for one in made_by({one.name: one.recipe for one in parts if one.recipe}, ground)}
    for block in parts:
        block.pk, block.report = None, made
        if new := figures.get(block.name):
            block.made, block.tokens, block.data = new.text, kept(new.tokens), kept(dict(new.data))
    ComposedBlock.objects.bulk_create(parts)


def _take_words(block: ComposedBlock, before: ComposedBlock) -> None:
    """The words that people wrote into the former report, and what they left out, go on in the new one."""
    block.dropped = before.dropped
    if before.edited is None or not block.is_text:
        return
    merged = merge(before.made, before.edited, block.made)
    if merged.text != block.made:
        block.edited = merged.text
        block.other = merged.other if merged.clashes else None
        block.revision = 1
