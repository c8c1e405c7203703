"""Every version on the shelf passes the worked case that it carries."""

from pathlib import Path

import pytest
from django.conf import settings

from khue.flow.shelf.folders import Folder, folders
from khue.flow.stories import Story

STORIES = [(folder, path) for folder in folders(settings.PROCESSES) for path in folder.stories()]


@pytest.mark.django_db
@pytest.mark.parametrize(("folder", "path"), STORIES, ids=lambda part: getattr(part, "stem", None) or part.name)
def test_the_story_goes_as_it_is_told(folder: Folder, path: Path) -> None:
    case = Story.of(folder, path).run()
    assert case.records.count() >= 3
