"""Every version on the shelf passes the worked case that it carries."""

import pytest
from django.conf import settings

from khue.flow.shelf.folders import Folder, folders
from khue.flow.stories import Story

SHELF = list(folders(settings.PROCESSES))


@pytest.mark.django_db
@pytest.mark.parametrize("folder", SHELF, ids=lambda folder: folder.name)
def test_the_story_goes_as_it_is_told(folder: Folder) -> None:
    case = Story.of(folder).run()
    assert case.records.count() >= 3
