"""A number on the shelf counts somewhere, or says itself why it is only told to people."""

import re
from pathlib import Path

from django.conf import settings

from khue.councils.standing import ASKED
from khue.flow.shelf.folders import folders
from khue.flow.shelf.reading import read

KHUE = Path(__file__).parents[2] / "khue"


def _words() -> set[str]:
    """Every name in quotes in our code and in the words of missions, where a number may be asked for."""
    files = [path for path in KHUE.rglob("*.py") if not {"tests", "demo", "migrations"} & set(path.parts)]
    text = "\n".join(path.read_text() for path in [*files, Path(settings.PROCESSES, "missions.toml")])
    return set(re.findall(r"\"(?:provision:)?([a-z0-9]+(?:-[a-z0-9]+)*)\"", text))


def test_every_number_of_the_shelf_is_asked_for_by_something() -> None:
    words, kinds = _words(), {kind for _process, kind, _names in ASKED}
    every = [row for folder in folders(settings.PROCESSES) for row in read(folder.files())[0].provisions.values()]
    numbers, only_told = {row.name for row in every}, {row.name for row in every if str(row.only_told)}
    assert len(numbers) > 100

    def asked(name: str) -> bool:
        kind, _dash, short = name.partition("-")
        return name in words or (kind in kinds and short in words)

    idle = {name for name in numbers if not asked(name)}
    assert idle == only_told, "a number that nothing reads is law that does not count: use it, say why not, or drop it"
    assert idle == {"city-equipment", "city-production"}
