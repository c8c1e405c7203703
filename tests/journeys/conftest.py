"""What the stories share: the town, its days, the worker that does the waiting jobs."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from django.test import TestCase
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from khue.core.clock import at
from tests.journeys.river import River, river
from tests.town import Town, found

DAY = date(2026, 3, 9)
"""A Monday; stories begin on it."""


@pytest.fixture(autouse=True)
def _files_here(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with at(DAY):
        yield


@pytest.fixture(scope="module")
def founded(kept: None) -> Town:
    """The town, made once for the stories of a file."""
    with at(DAY):
        return found()


@pytest.fixture
def town(founded: Town, put_back: None) -> Town:
    return deepcopy(founded)


@pytest.fixture(scope="module")
def everybody(kept: None) -> River:
    """Who takes part in the stories along the river: the same in all of them, so made once for those of a file."""
    return river(date(2024, 1, 8))


@pytest.fixture
def source(everybody: River, put_back: None) -> River:
    """Where a story along the river begins."""
    return deepcopy(everybody)


@pytest.fixture
def work() -> Callable[[], int]:
    """Does every job that waits, as a worker would, and says how many there were."""
    return hand()


def hand() -> Callable[[], int]:
    """What `work` gives, for a world that is made once for a file too."""
    done: set[int] = set()

    def _work() -> int:
        waiting = list(ProcrastinateJob.objects.exclude(pk__in=done).filter(status="todo").order_by("pk"))
        for job in waiting:
            with TestCase.captureOnCommitCallbacks(execute=True):
                app.tasks[job.task_name](**job.args)
            done.add(job.pk)
        return len(waiting)

    return _work
