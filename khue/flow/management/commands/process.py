"""`khue process check | draw | bpmn | load | release`: the shelf from the command line."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import run_checks
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from khue.core import clock
from khue.core.refusals import Refusal, Refused
from khue.flow.actions import load_shelf
from khue.flow.checks import SHELF
from khue.flow.drawing.bpmn import export
from khue.flow.drawing.svg import draw
from khue.flow.shelf.folders import folders
from khue.flow.shelf.reading import read
from khue.flow.shelf.released import FILE, broken_seals, due_for_release, release
from khue.flow.shelf.table import Problem
from khue.flow.shelf.values import Process


class Command(BaseCommand):
    """Its own `check` names the shelf's problems; Django's would only repeat them."""

    help = "Kiểm tra kho quy trình, vẽ một quy trình, xuất BPMN 2.0, nạp kho vào cơ sở dữ liệu, chốt một bản phát hành."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True)
        commands.add_parser("check", help="names every problem with its file and key")
        for name, told in (("draw", "one process as SVG"), ("bpmn", "one process as BPMN 2.0 XML")):
            one = commands.add_parser(name, help=told)
            one.add_argument("process", help="such as directive-follow-up or directive-follow-up/2024-01-01")
            one.add_argument("-o", "--output", type=Path, help="the file to write; without it, standard output")
            if name == "draw":
                one.add_argument("--here", default="", help="the step at which a case stands")
        commands.add_parser("load", help="takes new versions into the database")
        commands.add_parser("release", help="seals the versions whose day has come")

    def handle(self, *, what: str, **options: Any) -> None:
        """Exit 1 with plain sentences on stderr when something is wrong."""
        if what == "check":
            self._check()
        elif what == "load":
            loaded = load_shelf()
            self.stdout.write("\n".join(loaded) or _("Nothing new on the shelf."))
        elif what == "release":
            self._release(settings.PROCESSES)
        else:
            self._one(what, **options)

    def _check(self) -> None:
        shelf = settings.PROCESSES
        _refuse([*_unsound(), *_told(broken_seals(shelf))])
        told = _("The shelf is in order: %(count)s versions of processes.")
        self.stdout.write(told % {"count": len(list(folders(shelf)))})
        if waiting := due_for_release(shelf, clock.today()):
            told = _("In use but not released yet: %(names)s. Before a release: khue process release")
            self.stdout.write(told % {"names": ", ".join(version.name for version in waiting)})

    def _release(self, shelf: Path) -> None:
        first = not (shelf / FILE).is_file()
        _refuse([*_unsound(), *([] if first else _told(broken_seals(shelf)))])
        self.stdout.write("\n".join(release(shelf, clock.today())) or _("Nothing new on the shelf."))

    def _one(self, what: str, process: str, output: Path | None, here: str = "", **_options: Any) -> None:
        found = _process(process)
        if here and here not in found.steps:
            steps = ", ".join(found.steps)
            told = _("%(process)s has no step %(step)s. It has: %(steps)s.")
            raise Refused(Refusal("flow.step-unknown", told % {"process": process, "step": here, "steps": steps}))
        text = draw(found, here=here) if what == "draw" else export(found)
        if output is None:
            sys.stdout.write(text)
        else:
            output.write_text(text, encoding="utf-8")


def _process(name: str) -> Process:
    """The version called `name`, or the latest version of the process of that name."""
    known = {folder.name: folder for folder in folders(settings.PROCESSES)}
    latest = {folder.process: folder for folder in known.values()}
    folder = known.get(name) or latest.get(name)
    if folder is None:
        told = _("There is no process %(name)s on the shelf. There are: %(known)s.")
        raise Refused(Refusal("flow.process-unknown", told % {"name": name, "known": ", ".join(known)}))
    process, problems = read(folder.files(), f"{folder.name}/")
    _refuse(_told(problems))
    return process


def _unsound() -> list[str]:
    """What the apps that read the shelf find wrong with their files."""
    return [str(message.msg) for message in run_checks(tags=[SHELF])]


def _told(problems: list[Problem]) -> list[str]:
    return [f"processes/{problem}" for problem in problems]


def _refuse(problems: list[str]) -> None:
    """Raises Refused with every problem, where there is one."""
    if problems:
        raise Refused(Refusal("flow.shelf-wrong", "\n".join(problems)))
