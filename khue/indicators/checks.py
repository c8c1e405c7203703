"""Stops the start when a file of a programme, or of a report's template, is wrong, naming file and key."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.translation import gettext as _

from khue.core.refusals import Refused
from khue.flow.checks import SHELF
from khue.flow.shelf.law import read_law
from khue.flow.shelf.table import Problem
from khue.indicators import measures
from khue.indicators.composing import shelf as composing
from khue.indicators.composing.checking import Known, wrong_in
from khue.indicators.definitions import ProgrammeText, files, read
from khue.indicators.formulas import flatten
from khue.indicators.formulas import read as read_formula


def problems() -> list[Problem]:
    """What is wrong with programmes and templates of reports on the shelf, judged by the measures that exist; formulas
    are held against the newest version of every programme."""
    found: list[Problem] = []
    newest: dict[str, tuple[str, ProgrammeText]] = {}
    for file in files(settings.PROCESSES):
        text, wrong = read(file)
        found += wrong
        found += _measures(file.name, text)
        newest[file.of] = (file.name, text)
    return found or [*_formulas(newest), *_templates(newest, settings.PROCESSES)]


def _measures(file: str, text: ProgrammeText) -> Iterator[Problem]:
    for one in text.indicators:
        if (name := str(one.meaning["measure"])) and name not in measures.countable():
            yield Problem(
                file, f"indicators.{one.code}.measure", _("no part of the system counts “%(name)s”") % {"name": name}
            )


def _formulas(newest: dict[str, tuple[str, ProgrammeText]]) -> Iterator[Problem]:
    known = {
        one.code: read_formula(one.formula) if one.formula else None
        for _file, text in newest.values()
        for one in text.indicators
    }
    for file, text in newest.values():
        for one in text.indicators:
            try:
                flatten(one.code, known)
            except Refused as refused:
                yield Problem(file, f"indicators.{one.code}.formula", refused.refusal.sentence)


def wrong_templates(shelf: Path, known_from: Path | None = None) -> list[Problem]:
    """What is wrong with the templates of reports of a shelf, judged by the newest version of every programme there
    (or on the shelf `known_from`)."""
    newest = {file.of: (file.name, read(file)[0]) for file in files(known_from or shelf)}
    return list(_templates(newest, shelf))


def _templates(newest: dict[str, tuple[str, ProgrammeText]], shelf: Path) -> Iterator[Problem]:
    programmes = [text for _file, text in newest.values()]
    known = Known(
        indicators=frozenset(one.code for text in programmes for one in text.indicators),
        programmes=frozenset(text.code for text in programmes),
        sets=frozenset(f"{text.code}-{one.code}" for text in programmes for one in text.sets),
        parts=frozenset(part["name"] for text in programmes for one in text.sets for part in one.texts),
        law=read_law(settings.PROCESSES)[0].keys(),
    )
    for file in composing.files(shelf):
        template, wrong = composing.read(file)
        yield from wrong or wrong_in(template, file.name, known)


@register(SHELF)
def programmes_are_sound(**_kwargs: Any) -> list[CheckMessage]:
    """One error for each problem."""
    return [Error(f"processes/{problem}", id="indicators.E001") for problem in problems()]
