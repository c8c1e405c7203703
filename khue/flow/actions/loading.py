"""Takes the shelf's versions into the table that cases are pinned to."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.refusals import Refusal, Refused
from khue.flow.models import ProcessVersion
from khue.flow.shelf.folders import Folder, digest, folders
from khue.flow.shelf.reading import read


@transaction.atomic
def load_shelf(shelf: Path | None = None) -> list[str]:
    """Keep the text of every version on the shelf; returns the names of those that are new or were corrected.

    A version that no case is pinned to may still be corrected. Raises Refused: `flow.version-changed` when the text
    of one that was used is another now, `flow.shelf-wrong` when one cannot be read.
    """
    known = {(row.process, str(row.version)): row for row in ProcessVersion.objects.select_for_update()}
    changed = []
    for folder in folders(shelf or settings.PROCESSES):
        row = known.get((folder.process, folder.version))
        files = folder.files()
        if row and row.digest == digest(files):
            continue
        if row and row.cases.exists():
            raise Refused(_changed(folder))
        _keep(folder, files)
        changed.append(folder.name)
    return changed


def _keep(folder: Folder, files: dict[str, str]) -> None:
    process, problems = read(files, f"{folder.name}/")
    if problems:
        raise Refused(Refusal("flow.shelf-wrong", "\n".join(str(problem) for problem in problems)))
    ProcessVersion.objects.update_or_create(
        process=folder.process, version=process.version, defaults={"files": files, "digest": digest(files)}
    )


def _changed(folder: Folder) -> Refusal:
    sentence = _(
        "processes/%(version)s was changed although cases were opened on it. Undo the change; "
        "a correction is a new folder with a new day."
    )
    return Refusal("flow.version-changed", sentence % {"version": folder.name})
