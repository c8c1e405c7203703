"""Takes the shelf's versions into the table that cases are pinned to."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.refusals import Refusal, Refused
from khue.flow.models import ProcessText, ProcessVersion
from khue.flow.shelf.folders import Folder, digest, folders
from khue.flow.shelf.reading import read
from khue.flow.shelf.released import is_released


@transaction.atomic
def load_shelf(shelf: Path | None = None) -> list[str]:
    """Keep the text of every version on the shelf; returns the names of those that are new or were corrected.

    A version that no case is pinned to may still be corrected. Raises Refused: `flow.version-changed` when the text
    of one that was used is another now, `flow.shelf-wrong` when one cannot be read.
    """
    known = {(row.process, str(row.version)): row for row in ProcessVersion.objects.select_for_update()}
    changed = []
    shelf = shelf or settings.PROCESSES
    for folder in folders(shelf):
        row = known.get((folder.process, folder.version))
        files = folder.files()
        if row and row.digest == digest(files):
            continue
        if row and row.cases.exists():
            raise Refused(changed_after_use(shelf, folder.name, "flow.version-changed"))
        _keep(folder, files)
        changed.append(folder.name)
    return changed


def _keep(folder: Folder, files: dict[str, str]) -> None:
    process, problems = read(files, f"{folder.name}/")
    if problems:
        raise Refused(Refusal("flow.shelf-wrong", "\n".join(str(problem) for problem in problems)))
    keep_version(folder.process, process.version, files, digest(files))


@transaction.atomic
def keep_version(process: str, version: date, files: dict[str, str], digest: str) -> ProcessVersion:
    """The version with this text; what it said before is replaced."""
    kept, _new = ProcessVersion.objects.update_or_create(process=process, version=version, defaults={"digest": digest})
    ProcessText.objects.update_or_create(of=kept, defaults={"files": files})
    return kept


def changed_after_use(shelf: Path, name: str, code: str) -> Refusal:
    """Why a version of the shelf that work was already done under is not taken in as it reads now.

    Before its release a version may still be mended: whoever only has the demo city then builds it anew.
    """
    if is_released(shelf, name):
        sentence = _(
            "processes/%(name)s was changed although it was released and work was done under it. Undo the change; "
            "a correction is a new version with a new day."
        )
    else:
        sentence = _(
            "processes/%(name)s, which is not released yet, was mended since this database was filled. If it is only "
            "the demo city, build it anew: khue demo --rebuild. If there is work to keep, undo the change; "
            "a correction is a new version with a new day."
        )
    return Refusal(code, sentence % {"name": name})
