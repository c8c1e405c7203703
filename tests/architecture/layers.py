"""The order of the apps, read from where the import contracts are written."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _layers() -> list[list[str]]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["name"] == "Apps follow the river")["layers"]
    return [[app.strip() for app in layer.split("|")] for layer in layers]


LEVEL = {app: level for level, apps in enumerate(reversed(_layers())) for app in apps}
"""The height of each app; a higher one may know a lower one, never the other way round."""


def app_of(path: Path) -> str:
    """The app that a source file belongs to."""
    return path.relative_to(ROOT / "khue").parts[0]


def may_know(app: str, other: str) -> bool:
    """Whether `app` may name `other`: itself, or anything below."""
    return app == other or LEVEL[app] > LEVEL[other]
