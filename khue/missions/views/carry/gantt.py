"""Charts of missions, as Vega-Lite."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache as once
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from khue.core.calendar import add_months
from khue.core.clock import today
from khue.missions.models import Mission, ProgressReport
from khue.office.charts import specification

LONGEST = 60
ROW, FRAME = 30, 60
"""Heights in pixels."""


def stages(mission: Mission, report: ProgressReport | None) -> dict[str, Any] | None:
    """The stages of the outline in force as bars, with how far each is; None without stages."""
    if mission.plan is None or mission.starts_on is None:
        return None
    reached = {row.stage.number: row.percent for row in report.stages.all()} if report else {}
    rows = []
    for stage in mission.plan.stages.all():
        first = add_months(mission.starts_on, stage.from_month - 1)
        last = add_months(mission.starts_on, stage.to_month) - timedelta(days=1)
        rows.append(_bar(f"{stage.number}. {stage.content}", first, last, reached.get(stage.number, 0)))
    return _drawn(rows)


def missions(rows: Sequence[Mission], percents: dict[int, int]) -> dict[str, Any] | None:
    """Running missions as bars, the earliest end first."""
    bars = [
        _bar(one.title, one.starts_on, one.ends_on, percents.get(one.pk, 0))
        for one in rows
        if one.starts_on and one.ends_on
    ]
    return _drawn(bars)


def _bar(label: str, first: date, last: date, percent: int) -> dict[str, Any]:
    done = first + (last - first) * percent / 100
    late = percent < 100 and last < today()
    return {
        "name": label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…", "full": label,
        "from": first.isoformat(), "to": last.isoformat(), "done": done.isoformat(), "percent": percent,
        "kind": _("Late") if late else _("As planned"),
    }  # fmt: skip


def _drawn(rows: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    bars = list(rows)
    if not bars:
        return None
    now = [{"day": today().isoformat(), "label": _("Today")}]
    shape = _shape(get_language())
    return {**shape, "height": ROW * len(bars) + FRAME, "datasets": {"bars": bars, "now": now}}


@once
def _shape(_language: str | None) -> dict[str, Any]:
    """The drawing without its figures; made once a language."""
    import altair as alt

    order = alt.EncodingSortField(field="from", order="ascending")
    names = alt.Y("name:N", title=None, sort=order)
    tips = ["full:N", alt.Tooltip("from:T", format="%d/%m/%Y"), alt.Tooltip("to:T", format="%d/%m/%Y"), "percent:Q"]
    days = alt.X("from:T", title=None, axis=alt.Axis(format="%m/%Y", labelOverlap="greedy", labelSeparation=10))
    kinds = alt.Scale(domain=[_("As planned"), _("Late")], range=["#9db7d5", "#d99a94"])
    colour = alt.Color("kind:N", title=None, scale=kinds)
    base = alt.Chart(alt.NamedData(name="bars"))
    whole = base.mark_bar(height=16, cornerRadius=3).encode(x=days, x2="to:T", y=names, color=colour, tooltip=tips)
    done = base.mark_bar(height=16, cornerRadius=3, color="#2f6aa8")
    done = done.encode(x="from:T", x2="done:T", y=names, tooltip=tips)
    line = alt.Chart(alt.NamedData(name="now")).mark_rule(strokeDash=[4, 3], color="#8a3b12").encode(
        x="day:T", tooltip=["label:N"]
    )  # fmt: skip
    return specification((whole + done + line).properties(width="container"))
