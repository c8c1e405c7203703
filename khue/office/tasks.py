"""Jobs of the office app."""

from procrastinate.contrib.django import app

from khue.office.actions import finish
from khue.office.models import Import


@app.task(name="office.finish_import")
def finish_import(import_id: int) -> None:
    """Check or enter an uploaded sheet; one that is gone or done with is left alone."""
    waiting = [Import.State.CHECKING, Import.State.APPLYING]
    brought = Import.objects.select_related("by").filter(pk=import_id, state__in=waiting).first()
    if brought:
        finish(brought)
