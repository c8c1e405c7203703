"""What the files of programmes say: read into values, with every problem named by file and key."""

from khue.indicators.definitions.reading import read
from khue.indicators.definitions.shelf import files
from khue.indicators.definitions.values import (
    DimensionText,
    IndicatorText,
    ObjectiveText,
    ProgrammeText,
    SetText,
    TargetText,
)

__all__ = [
    "DimensionText",
    "IndicatorText",
    "ObjectiveText",
    "ProgrammeText",
    "SetText",
    "TargetText",
    "files",
    "read",
]
