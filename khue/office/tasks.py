"""Jobs of the office app."""

from procrastinate.contrib.django import app

from khue.core.timetable import daily
from khue.office.actions import finish, forget_old
from khue.office.models import Import


@app.task(name="office.finish_import")
def finish_import(import_id: int) -> None:
    """Check or enter an uploaded sheet; one that is gone or done with is left alone."""
    waiting = [Import.State.CHECKING, Import.State.APPLYING]
    brought = Import.objects.select_related("by").filter(pk=import_id, state__in=waiting).first()
    if brought:
        finish(brought)


@app.periodic(cron=daily("00:40"))
@app.task(name="office.forget_old_imports", queueing_lock="office.forget_old_imports")
def forget_old_imports(timestamp: int) -> int:  # noqa: ARG001 - the moment it was due, as every periodic job gets it
    """Empty sheets that nobody entered, every night."""
    return forget_old()
