"""The state-of-directives report as paper, sheet and chart."""

from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from khue.core.clock import today
from khue.core.spreadsheet import LONGEST_SHEET
from khue.directory.letterhead import letterhead
from khue.directory.models import Unit
from khue.documents.models import Directive
from khue.documents.rules.directive_report import Row, StateOfDirectives, sentences
from khue.office.charts import STATE_COLOURS, WHOLE, png, specification
from khue.office.excel import PlainSheet, sheets
from khue.office.vietnamese import in_vietnamese
from khue.office.word import official
from khue.office.word.paper import Block, Heading, OfficialPaper, Paragraph, Picture, Signature, Table

CHARTED = 12
"""Units drawn; more bars than this cannot be read on a page."""


def headings() -> list[str]:
    """The columns of the table by unit."""
    return [
        _("Unit"), _("To carry out"), _("Newly assigned"), _("Done on time"), _("Done late"), _("Within deadline"),
        _("Overdue"),
    ]  # fmt: skip


def cells(row: Row) -> list[str]:
    """One row of that table."""
    counts = (row.total, row.assigned, row.done, row.done_late, row.in_time, row.overdue)
    return [row.name or _("Total"), *(f"{count:,}".replace(",", ".") for count in counts)]


@cache
def _shape(_language: str | None) -> dict[str, Any]:
    import altair as alt

    kinds = [_("Done on time"), _("Done late"), _("Within deadline"), _("Overdue")]
    colours = [STATE_COLOURS[name] for name in ("done", "done-late", "on-time", "overdue")]
    bars = alt.Chart(alt.NamedData(name="units")).mark_bar().encode(
        y=alt.Y("unit:N", title=None, sort=None),
        x=alt.X("sum(count):Q", title=None, axis=alt.Axis(format="d", labelExpr=WHOLE)),
        color=alt.Color("kind:N", title=None, sort=kinds, scale=alt.Scale(domain=kinds, range=colours)),
        order=alt.Order("place:Q"),
    )  # fmt: skip
    drawn = specification(bars.properties(width=520))
    drawn["config"]["axisY"] = {"labelLimit": 260}  # the page narrows it on a phone
    return drawn


def chart(state: StateOfDirectives) -> dict[str, Any]:
    """How the directives of the units with most of them stand, as stacked bars."""
    kinds = [_("Done on time"), _("Done late"), _("Within deadline"), _("Overdue")]
    shown = sorted(state.rows, key=lambda row: -row.total)[:CHARTED]
    values = [
        {"unit": row.name, "kind": kind, "count": count, "place": place}
        for row in shown
        for place, (kind, count) in enumerate(
            zip(kinds, (row.done, row.done_late, row.in_time, row.overdue), strict=True)
        )
    ]
    return {**_shape(get_language()), "datasets": {"units": values}}


@in_vietnamese()
def word(state: StateOfDirectives, *, body: Unit | None) -> bytes:
    """The report as a Word file in the layout of Decree 30/2020, in Vietnamese, unsigned and without number."""
    return official(_paper(state, body))


def _paper(state: StateOfDirectives, body: Unit | None) -> OfficialPaper:
    blocks: list[Block] = [Heading(_("I. GENERAL SITUATION"))]
    blocks += [Paragraph(sentence) for sentence in sentences(state)]
    if state.rows:
        table = Table(headings(), [cells(row) for row in (*state.rows, state.whole)], "lrrrrrr", bold_last=True)
        drawn = Picture(png(chart(state)), alternative=_("How the directives of each unit stand"))
        blocks += [Heading(_("II. BY UNIT")), table, drawn]
    if state.late:
        late = [
            [str(n), str(one), one.lead.name, one.document.sign, f"{one.due_then:%d/%m/%Y}"]  # type: ignore[attr-defined]
            for n, one in enumerate(state.late, 1)
        ]
        columns = [_("Row no."), _("What is to be done"), _("Lead unit"), _("Document"), _("Deadline")]
        blocks += [Heading(_("III. OVERDUE DIRECTIVES")), Table(columns, late, "clllc", (0.07, 0.4, 0.23, 0.15, 0.15))]
    blocks.append(Paragraph(_counted(state), italic=True))
    label = state.period.called
    subject = _("State of the directives assigned, %(period)s") % {"period": label[:1].lower() + label[1:]}
    above = body.parent.name if body and body.parent else ""
    head = letterhead(body)
    return OfficialPaper(
        layout="state", parent_body=head.above, body=head.body, sign=f"BC-{head.code}", place=head.place,
        subject=subject, blocks=blocks, type_name=_("REPORT"), issued_on=today(),
        signature=Signature(head.post, "", head.authority, head.on_behalf),
        addressees=[above] if above else (), recipients=[_("As above")] if above else (),
    )  # fmt: skip


def _counted(state: StateOfDirectives) -> str:
    """How the figures were counted, and by which rule."""
    said = _("Figures from %(first)s to %(last)s, as %(basis)s has it.") % {
        "first": f"{state.period.first:%d/%m/%Y}", "last": f"{state.as_of:%d/%m/%Y}", "basis": state.period.basis,
    }  # fmt: skip
    return said if state.period.verified else f"{said} {_('This rule is not verified yet.')}"


def sheet(state: StateOfDirectives) -> bytes:
    """The table by unit, and every directive that was counted, a sheet each."""
    counted = [
        (row.name or _("Total"), row.total, row.assigned, row.done, row.done_late, row.in_time, row.overdue)
        for row in (*state.rows, state.whole)
    ]
    title = _("State of the directives assigned, %(period)s") % {"period": state.period.called}
    head = [
        _("Lead unit"), _("What is to be done"), _("Document"), _("Assigned on"), _("Deadline"), _("Done on"),
        _("Standing"),
    ]  # fmt: skip
    each = [_each(one, state) for one in state.each[: LONGEST_SHEET + 1]]
    return sheets(title, [PlainSheet(title, headings(), counted), PlainSheet(_("Directives"), head, each)])


def _each(one: Directive, state: StateOfDirectives) -> tuple[Any, ...]:
    """One directive as it stood at the end of the period."""
    due: date | None = one.due_then  # type: ignore[attr-defined]
    done = one.done_on if one.done_on is not None and one.done_on <= state.as_of else None
    late = due is not None and (done or state.as_of) > due
    words = (_("Done late") if late else _("Done on time")) if done else _("Overdue") if late else _("Within deadline")
    return one.lead.name, one.content, str(one.document), one.assigned_on, due, done, words
