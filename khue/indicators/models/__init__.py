"""Programmes, indicators, targets, periods, reports, observations and their sums, composed reports."""

from khue.indicators.models.composed import Composed, ComposedBlock
from khue.indicators.models.indicator import CODE, Category, Dimension, Indicator, IndicatorVersion, Part, Target
from khue.indicators.models.observation import COUNTED, Observation, Rollup, Tally
from khue.indicators.models.programme import Objective, Programme, ProgrammeVersion, ReportSet
from khue.indicators.models.report import Cycle, Period, Reopening, UnitReport

__all__ = [
    "CODE",
    "COUNTED",
    "Category",
    "Composed",
    "ComposedBlock",
    "Cycle",
    "Dimension",
    "Indicator",
    "IndicatorVersion",
    "Objective",
    "Observation",
    "Part",
    "Period",
    "Programme",
    "ProgrammeVersion",
    "Reopening",
    "ReportSet",
    "Rollup",
    "Tally",
    "Target",
    "UnitReport",
]
