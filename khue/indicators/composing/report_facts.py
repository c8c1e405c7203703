"""What patterns may name of the report itself: who, when, how many indicators stand how.

The words are part of a Vietnamese document, so they are Vietnamese in every language of the screen. No cause, no
praise: whoever signs the report adds those.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from khue.indicators.composing.ground import Ground
from khue.indicators.composing.sources import in_line, number, of_count
from khue.indicators.composing.values import UNKNOWN, Fact, word
from khue.indicators.models import Period
from khue.indicators.pieces import Number
from khue.indicators.rules.progress import Standing

NOUNS = {"plan": "Kế hoạch", "index": "Bộ chỉ số", "statistics": "Chế độ thống kê"}
ORDER = ("done", "on-time", "due-soon", "overdue", "waiting")
"""States of lights, as they are told one after another."""
LIGHTS = {"done": "good", "on-time": "good", "due-soon": "doubt", "overdue": "late", "waiting": "unknown"}
"""How the page of a programme calls them in its address."""
BASES = {"met": ("done",), "on_track": ("on-time",), "doubtful": ("due-soon",), "late": ("overdue",)}


def _programme(ground: Ground) -> str:
    one = ground.programme
    return f"{NOUNS.get(one.kind, 'Chương trình')} {one.number or one.title}" if one else ""


def _counted(ground: Ground, rows: list[Standing], how: str, light: str = "") -> Fact:
    source = of_count(ground.programme, ground.whose, ground.period, how, light)
    return number(len(rows), source)


def _judged(ground: Ground) -> list[Standing]:
    return [one for one in ground.rows if one.light.state]


def _in_light(name: str) -> Callable[[Ground], Fact]:
    def counted(ground: Ground) -> Fact:
        rows = [one for one in _judged(ground) if one.light.state in BASES[name]]
        return _counted(ground, rows, _named(rows), LIGHTS[BASES[name][0]])

    return counted


def _named(rows: list[Standing]) -> str:
    return "; ".join(one.version.name for one in rows) + "." if rows else "Không có chỉ tiêu nào."


def _states(ground: Ground) -> Fact:
    """`3 đã đạt, 1 chậm tiến độ`; `cả 4 đều đã đạt`."""
    judged = sorted(_judged(ground), key=lambda row: ORDER.index(row.light.state))
    pieces: list[str | Number] = []
    for state, label in dict.fromkeys((row.light.state, row.light.label) for row in judged):
        rows = [one for one in judged if one.light.label == label]
        counted = _counted(ground, rows, _named(rows), LIGHTS[state])
        if len(rows) == len(judged):
            return Fact("x", ("cả ", *counted.pieces, f" đều {label}") if len(rows) > 1 else (label,))
        pieces += [", " if pieces else "", *counted.pieces, f" {label}"]
    return Fact("x" if pieces else None, tuple(piece for piece in pieces if piece))


def _without(ground: Ground) -> list[Standing]:
    return [one for one in ground.rows if one.value is None]


def _basis(period: Period) -> str:
    unverified = "" if period.verified else " (căn cứ này chưa được kiểm chứng)"
    return f"{period.basis}{unverified}"


REPORT: Mapping[str, Callable[[Ground], Fact]] = {
    "programme": lambda ground: word(_programme(ground)),
    "programme_title": lambda ground: word(ground.programme.title if ground.programme else ""),
    "unit": lambda ground: word(ground.unit.name),
    "period": lambda ground: word(in_line(ground.period)),
    "period_kind": lambda ground: word(ground.period.kind),
    "period_basis": lambda ground: word(_basis(ground.period)),
    "year": lambda ground: Fact(Decimal(ground.period.year), (str(ground.period.year),)),
    "first": lambda ground: word(f"{ground.period.first:%d/%m/%Y}"),
    "last": lambda ground: word(f"{ground.period.last:%d/%m/%Y}"),
    "indicators": lambda ground: _counted(ground, ground.rows, _named(ground.rows)),
    "judged": lambda ground: _counted(ground, _judged(ground), _named(_judged(ground))),
    "promised": lambda ground: _counted(ground, rows := [r for r in ground.rows if r.target], _named(rows)),
    **{name: _in_light(name) for name in BASES},
    "states": _states,
    "known": lambda ground: _counted(ground, rows := [r for r in ground.rows if r.value is not None], _named(rows)),
    "unknown": lambda ground: _counted(ground, _without(ground), _named(_without(ground)), "unknown"),
    "unknown_names": lambda ground: word("; ".join(one.version.name for one in _without(ground))),
    "forecasts": lambda ground: _counted(ground, rows := [r for r in _judged(ground) if r.forecast], _named(rows)),
    "called": lambda ground: Fact(Decimal(len(ground.called)), (str(len(ground.called)),)),
    "units_below": lambda ground: Fact(Decimal(1)) if ground.has_units else UNKNOWN,
    "drawn": lambda ground: word(ground.drawn.version.name if ground.drawn else ""),
}  # fmt: skip
