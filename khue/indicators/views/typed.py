"""What was typed on the page of a report, as entries for the actions."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from khue.core import asked
from khue.core.refusals import Refusal, Refused
from khue.indicators.actions.figures import keyed
from khue.indicators.actions.reporting import Entry, read_number
from khue.indicators.rules.filling import Unkept, key_of
from khue.indicators.rules.sheet import Line, Sheet


def entry_of(line: Line, typed: Mapping[str, Any], *, seen: int) -> Entry:
    """One figure with its note, proof and reason. Raises Refused `figure.not-a-number`, naming the figure."""
    return Entry(
        line.indicator, number_of(line, str(typed.get("value", ""))), line.category.pk, note=str(typed.get("note", "")),
        proof=str(typed.get("proof", "")), override=str(typed.get("override", "")), seen=seen,
    )  # fmt: skip


def number_of(line: Line, text: str) -> Decimal | None:
    """The figure that was typed. Raises Refused `figure.not-a-number`, naming the figure."""
    try:
        return read_number(text, line.version.decimals)
    except Refused as refused:
        name = line.version.name if line.is_total else f"{line.version.name}, {line.category.label}"
        sentence = _("%(name)s: %(problem)s") % {"name": name, "problem": refused}
        raise Refused(Refusal(refused.refusal.code, sentence)) from refused


def typed_entries(data: Mapping[str, str], sheet: Sheet) -> tuple[list[Entry], list[Unkept]]:
    """Every figure of a posted page, with the revision that the page showed; what cannot be is told in sentences and
    keeps nothing else out."""
    entries: list[Entry] = []
    wrong: list[Unkept] = []
    for line in sheet.lines:
        key = key_of(line.key)
        if f"value-{key}" not in data:
            continue
        parts = {part: data.get(f"{part}-{key}", "") for part in ("value", "note", "proof", "override")}
        try:
            entries.append(checked(line, parts, sheet, seen=whole(data.get(f"seen-{key}", ""))))
        except Refused as refused:
            wrong.append(Unkept(key, parts["value"], str(refused)))
    return entries, wrong


def checked(line: Line, typed: Mapping[str, Any], sheet: Sheet, *, seen: int) -> Entry:
    """One figure, refused alone when it cannot be, so that the others are kept. Raises Refused `figure.*`."""
    entry = entry_of(line, typed, seen=seen)
    keyed(sheet, [entry])
    return entry


def whole(text: str) -> int:
    """A revision or a number in an address; 0 for anything else."""
    return asked.whole(text) or 0


def typed_right(data: Mapping[str, str], sheet: Sheet) -> Iterator[Entry]:
    """The right figures beside wrong ones; what else is said of them stays."""
    for line in sheet.lines:
        text, there = data.get(f"right-{key_of(line.key)}", ""), line.observation
        if text.strip() and there:
            kept = {"note": there.note, "proof": there.proof, "override": there.override}
            yield entry_of(line, {"value": text, **kept}, seen=there.revision)


def typed_marks(data: Mapping[str, str]) -> dict[int, str]:
    """What is asked about single figures: number of the observation -> question."""
    named = {name.removeprefix("mark-"): text for name, text in data.items() if name.startswith("mark-")}
    return {whole(pk): text for pk, text in named.items() if whole(pk) and text.strip()}


def typed_texts(data: Mapping[str, str], part: str = "text") -> dict[str, str]:
    """Text parts by name; with the part `was`, what the page showed before they were written."""
    return {name.removeprefix(f"{part}-"): text for name, text in data.items() if name.startswith(f"{part}-")}
