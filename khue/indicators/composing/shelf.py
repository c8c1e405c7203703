"""The templates of reports on the shelf: found, read, and the one that applies on a day."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from khue.core.refusals import Refusal, Refused
from khue.flow.shelf.dated import File, dated_files
from khue.flow.shelf.table import Problem
from khue.indicators.composing.reading import read_template
from khue.indicators.composing.values import Template


def files(shelf: Path) -> list[File]:
    """Every version of every template, by name and day. Raises ValueError for a file whose name is no day."""
    return dated_files(shelf, "reports")


def read(file: File) -> tuple[Template, list[Problem]]:
    """What the file says, and what is wrong with it, named by its key."""
    problems: list[Problem] = []
    values = file.values(problems)
    return read_template(file.name, file.of, file.version, values, file.digest(), problems), problems


_kept: dict[tuple[Path, float], Template] = {}


def _read(file: File) -> Template:
    key = (file.path, file.path.stat().st_mtime)
    if key not in _kept:
        _kept[key] = read(file)[0]
    return _kept[key]


def templates_on(day: date) -> dict[str, Template]:
    """Of each template the version that applies on `day`, by name."""
    return {file.of: _read(file) for file in files(settings.PROCESSES) if file.version <= day}


def about_a_programme(day: date, of: str, kind: str) -> Template:
    """The template for a report on one programme, for `of` (city or unit) and a kind of period. Raises Refused
    `report.template-unknown` where the shelf has none."""
    fit = (one for one in templates_on(day).values() if one.programmes is None and of in one.of)
    found = next((one for one in fit if kind in one.periods), None)
    if found is None:
        sentence = _("No template in processes/reports fits this unit and this kind of period.")
        raise Refused(Refusal("report.template-unknown", sentence))
    return found


def template_of(name: str, version: date) -> Template:
    """That very version. Raises Refused `report.template-gone`."""
    for file in files(settings.PROCESSES):
        if (file.of, file.version) == (name, version):
            return _read(file)
    sentence = _("The template %(name)s of %(day)s is no longer among the files of the system. Ask its keeper.")
    raise Refused(Refusal("report.template-gone", sentence % {"name": name, "day": f"{version:%d/%m/%Y}"}))
