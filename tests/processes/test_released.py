"""What was released is as it was."""

from django.conf import settings

from khue.flow.shelf.released import changed


def test_released_versions_have_not_changed() -> None:
    assert changed(settings.PROCESSES) == []
