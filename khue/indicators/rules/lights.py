"""Traffic lights of targets, with the rule that gave them."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from khue.indicators.models import Target
from khue.indicators.rules.checking import told
from khue.indicators.rules.forecast import Forecast

NEAR = Decimal("0.05")
"""A share by which a figure may miss a target that is only “about”."""


@dataclass(frozen=True, slots=True)
class Light:
    """`state` as the state marks of the site name it; `rule` says in words why."""

    state: str
    label: str
    rule: str


def met(target: Target, value: Decimal) -> bool:
    """Whether a figure keeps what was promised."""
    bound = target.bound
    if bound == Target.Bound.RANGE:
        return target.value <= value <= (target.value_to or target.value)
    if bound == Target.Bound.ABOUT:
        return abs(value - target.value) <= abs(target.value) * NEAR
    if bound == Target.Bound.MOST:
        return value <= target.value
    return value > target.value if bound == Target.Bound.MORE else value >= target.value


def light_of(target: Target | None, value: Decimal | None, forecast: Forecast | None, *, over: bool) -> Light:
    """How a target stands. `over`: whether its year has passed, so that nothing is forecast any more."""
    if target is None:
        return Light("", _("no target"), _("No number was promised for this year."))
    if value is None:
        return Light("waiting", _("no figure yet"), _("No unit has reported a figure of this year."))
    if met(target, value) and (over or target.bound != Target.Bound.MOST):
        return Light("done", _("reached"), _("The figure so far keeps what was promised."))
    if over or forecast is None:
        return Light("overdue", _("missed"), _("The year is over and the figure is short of the target."))
    if met(target, forecast.value):
        return Light("on-time", _("on track"), _("The forecast for the end of the year keeps the target."))
    if any(edge is not None and met(target, edge) for edge in (forecast.low, forecast.high)):
        return Light("due-soon", _("in doubt"), _("Only the better end of the forecast's range keeps the target."))
    return Light("overdue", _("off track"), _("Even the better end of the forecast's range misses the target."))


def promised(target: Target) -> str:
    """A target in the words of its document, `trên 50 %`; else its bound and number."""
    if target.words:
        return target.words
    if target.value_to is not None:
        return f"{told(target.value)} – {told(target.value_to)}"
    return f"{target.get_bound_display()} {told(target.value)}"
