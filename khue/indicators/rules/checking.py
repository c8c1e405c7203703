"""What is wrong, or odd, with the figures of a report: an error stands in the way, a warning asks for a reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from khue.core.refusals import Refusal
from khue.indicators.models import IndicatorVersion
from khue.indicators.rules.sheet import Key, Line, Sheet

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Figure:
    """What is, or is about to be, written on a line."""

    value: Decimal | None
    note: str = ""
    proof: str = ""
    override: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one figure; `code` is permanent, for programs."""

    code: str
    level: Level
    indicator: int
    category: int
    sentence: str

    def refusal(self) -> Refusal:
        """The same as a refusal."""
        return Refusal(f"figure.{self.code}", self.sentence)


def findings(sheet: Sheet, entries: Mapping[Key, Figure] | None = None, *, complete: bool = True) -> list[Finding]:
    """What there is to say about `sheet` as it is, with `entries` in place of what is written there.

    Without `complete` figures that are still missing are passed over: the person is still typing.
    """
    figures = {line.key: _there(line) for line in sheet.lines} | dict(entries or {})
    return [
        finding
        for line in sheet.lines
        for finding in _of_line(line, figures[line.key], figures, complete=complete)
        if finding.level == "error" or not figures[line.key].override.strip()
    ]


def _there(line: Line) -> Figure:
    one = line.observation
    return Figure(one.value, one.note, one.proof, one.override) if one else Figure(None)


def _of_line(line: Line, figure: Figure, figures: Mapping[Key, Figure], *, complete: bool) -> Iterator[Finding]:
    def found(code: str, level: Level, sentence: str) -> Finding:
        return Finding(code, level, *line.key, f"{_named(line)}: {sentence}")

    if figure.value is None:
        if complete and line.is_total and not figure.note.strip():
            yield found("missing", "error", _("a figure is missing; where there is none, say why in the note."))
        return
    if refusal := range_of(line.version, figure.value):
        yield found("range", "error", refusal)
    if line.is_total and line.version.proof_needed and not figure.proof.strip() and complete:
        proof = line.version.proof or _("a document")
        yield found("proof", "error", _("name the proof: %(proof)s.") % {"proof": proof})
    if sentence := _jump(line, figure.value):
        yield found("jump", "warning", sentence)
    if line.is_total:
        yield from (found("breakdown", "warning", sentence) for sentence in _breakdowns(line, figure.value, figures))


def _named(line: Line) -> str:
    return line.version.name if line.is_total else f"{line.version.name}, {line.category.label}"


def range_of(version: IndicatorVersion, value: Decimal) -> str:
    """Why a value cannot be; empty when it can."""
    if value != round(value, version.decimals):
        return _("at most %(most)s digits after the comma.") % {"most": version.decimals}
    if version.least is not None and value < version.least:
        return _("%(value)s is less than %(least)s, the least there can be.") % {
            "value": told(value), "least": told(version.least),
        }  # fmt: skip
    if version.most is not None and value > version.most:
        return _("%(value)s is more than %(most)s, the most there can be.") % {
            "value": told(value), "most": told(version.most),
        }  # fmt: skip
    return ""


def _jump(line: Line, value: Decimal) -> str:
    if line.version.jump is None or not line.last or not line.is_total:
        return ""
    change = (value - line.last) / abs(line.last) * 100
    if abs(change) <= line.version.jump:
        return ""
    words = {"value": told(value), "last": told(line.last), "change": f"{change:+.0f}", "most": line.version.jump}
    return _("%(value)s against %(last)s the period before (%(change)s %%, more than %(most)s %%); say why.") % words


def _breakdowns(line: Line, value: Decimal, figures: Mapping[Key, Figure]) -> Iterator[str]:
    """A breakdown that was begun adds up to the whole."""
    for dimension in line.version.breakdowns.all():
        keys = [(line.indicator.pk, category.pk) for category in dimension.categories.all()]
        parts = [figures[key].value for key in keys if key in figures]
        known = [part for part in parts if part is not None]
        if known and sum(known) != value:
            words = {"by": dimension.label.lower(), "parts": told(sum(known, Decimal(0))), "value": told(value)}
            yield _("by %(by)s it adds up to %(parts)s, not %(value)s; correct one of them, or say why.") % words


def told(value: Decimal) -> str:
    """A figure as people here write it: `1.234,5`."""
    plain = f"{value.normalize():,f}" if value else "0"
    return plain.translate(str.maketrans(",.", ".,"))
