"""A number on the shelf counts somewhere, or is one of the few that are only told to people."""

import re
from pathlib import Path

from django.conf import settings

from khue.councils.standing import ASKED
from khue.flow.shelf.folders import folders
from khue.flow.shelf.reading import read

KHUE = Path(__file__).parents[2] / "khue"
ONLY_TOLD = {
    "accept-measuring": "who measures products is said in the council's decision",
    "accept-experts-least": "independent experts are asked for an acceptance on paper",
    "city-equipment": "what the city may pay: weighed by the budget team, told beside the process",
    "city-production": "as above",
}
"""They stand with their basis in the list of numbers on every page of a case, and on the page of the council."""


def _words() -> set[str]:
    """Every name in quotes in our code and in the words of missions, where a number may be asked for."""
    files = [path for path in KHUE.rglob("*.py") if not {"tests", "demo", "migrations"} & set(path.parts)]
    text = "\n".join(path.read_text() for path in [*files, Path(settings.PROCESSES, "missions.toml")])
    return set(re.findall(r"\"(?:provision:)?([a-z0-9]+(?:-[a-z0-9]+)*)\"", text))


def test_every_number_of_the_shelf_is_asked_for_by_something() -> None:
    words, kinds = _words(), {kind for _process, kind, _names in ASKED}
    numbers = {name for folder in folders(settings.PROCESSES) for name in read(folder.files())[0].provisions}
    assert len(numbers) > 100

    def asked(name: str) -> bool:
        kind, _dash, short = name.partition("-")
        return name in words or (kind in kinds and short in words)

    idle = {name for name in numbers if not asked(name)}
    assert idle == set(ONLY_TOLD), "a number that nothing reads is law that does not count: use it, or take it away"
