"""Which figure of a formula alone would close the gap to a target, and how far it would have to go."""

from decimal import Decimal

import pytest

from khue.indicators.formulas import read
from khue.indicators.models import Indicator, IndicatorVersion, Target
from khue.indicators.rules.gaps import changes
from khue.indicators.rules.lights import Light, met
from khue.indicators.rules.progress import Piece, Standing

SHARE = "granted / filed * 100"


def version(code: str, direction: str = "up", decimals: int = 0, **bounds: Decimal) -> IndicatorVersion:
    meant = {"name": code, "direction": direction, "decimals": decimals, **bounds}
    return IndicatorVersion(indicator=Indicator(code=code), **meant)


def standing(formula: str, pieces: list[Piece], value: str, target: Target) -> Standing:
    whole = version("share", decimals=1)
    light = Light("overdue", "", "")
    return Standing(
        whole.indicator, whole, target, Decimal(value), "", None, None, None, light, [], read(formula).node, pieces
    )


def asked(formula: str, pieces: list[Piece], value: str, target: Target) -> list[tuple[str, Decimal]]:
    found = changes(standing(formula, pieces, value, target))
    return [(one.version.indicator.code, one.wanted) for one in found]


def at_least(value: str) -> Target:
    return Target(value=Decimal(value), bound=Target.Bound.LEAST)


def test_only_what_becomes_better_is_asked_for() -> None:
    pieces = [Piece(version("granted"), Decimal(30)), Piece(version("filed"), Decimal(50))]
    assert asked(SHARE, pieces, "60", at_least("75")) == [("granted", Decimal(38))], "filing less closes no gap"


def test_a_cost_goes_down_and_a_population_stays() -> None:
    pieces = [Piece(version("cost", "down", 2), Decimal("8.5")), Piece(version("people", "none"), Decimal(4))]
    most = Target(value=Decimal(2), bound=Target.Bound.MOST)
    assert asked("cost / people", pieces, "2.125", most) == [("cost", Decimal("8.00"))]


def test_the_smallest_change_stands_first() -> None:
    pieces = [Piece(version("few"), Decimal(1)), Piece(version("many"), Decimal(100))]
    assert asked("few + many", pieces, "101", at_least("110")) == [("many", Decimal(109)), ("few", Decimal(10))]


def test_more_than_is_more_than() -> None:
    pieces = [Piece(version("granted"), Decimal(30)), Piece(version("filed"), Decimal(50))]
    target = Target(value=Decimal(80), bound=Target.Bound.MORE)
    ((_code, wanted),) = asked(SHARE, pieces, "60", target)
    assert wanted == 41
    assert met(target, wanted / 50 * 100)


@pytest.mark.parametrize(("most", "named"), [(Decimal(40), True), (Decimal(37), False)])
def test_no_figure_is_asked_beyond_its_most(most: Decimal, named: bool) -> None:
    pieces = [Piece(version("granted", most=most), Decimal(30)), Piece(version("filed"), Decimal(50))]
    assert bool(asked(SHARE, pieces, "60", at_least("75"))) is named


@pytest.mark.parametrize("target", [at_least("60"), at_least("50")])
def test_a_target_that_is_met_asks_for_nothing(target: Target) -> None:
    pieces = [Piece(version("granted"), Decimal(30)), Piece(version("filed"), Decimal(50))]
    assert asked(SHARE, pieces, "60", target) == []
