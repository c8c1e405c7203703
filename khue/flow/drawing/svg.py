"""A process drawn as SVG: light and dark, with "you are here" where a case stands."""

from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.flow.drawing.graph import arrows, notes
from khue.flow.drawing.layout import Layout, Line, Size, lay_out
from khue.flow.shelf.values import Process, Step

STEP_WIDTH, LINE, PAD, MARGIN = 200.0, 18.0, 11.0, 14.0
NAME_LETTERS, STEP_LETTERS, WORD_LETTERS = 21, 26, 22
LETTER = 7.0
"""Width of a letter of the small type, on average; a little generous."""

STYLE = (Path(__file__).parents[1] / "static/flow/drawing.css").read_text(encoding="utf-8")
"""The page's style sheet is the file's: a page may carry no style of its own inside."""
DARK = """@media (prefers-color-scheme:dark){.khue-process.alone{--surface:#181c25;--text:#e7e9ef;--muted:#a4acbc;
--line-strong:#6d7689;--sunken:#0d1016;--accent:#5b74d6;--good:#85d6a5;background:#181c25}}"""


def draw(process: Process, *, here: str = "", gone: tuple[str, ...] = (), alone: bool = True) -> str:
    """The picture of `process`; a case stands at the step `here` after the steps `gone`. `alone`: for a file of its
    own, with colours for both schemes; inside a page it takes the page's."""
    drawn = arrows(process)
    texts = {(arrow.source, arrow.target): _wrapped(arrow.words, WORD_LETTERS) for arrow in drawn}
    boxes = {name: _lines_of(process, step, here) for name, step in process.steps.items()}
    layout = _laid_out(
        process.start,
        tuple((name, (STEP_WIDTH, PAD * 2 + LINE * len(lines))) for name, lines in boxes.items()),
        tuple((arrow.source, arrow.target) for arrow in drawn),
        tuple((pair, (max(map(len, lines)) * LETTER + 8, LINE * len(lines))) for pair, lines in texts.items()),
    )
    parts = [_way(line, gone, here) for line in layout.lines]
    parts += [_words(layout, line, texts[line.source, line.target]) for line in layout.lines]
    parts += [_step(layout, process.steps[name], lines, here, gone) for name, lines in boxes.items()]
    return _page(process, layout, parts, here, alone=alone)


@lru_cache(maxsize=256)
def _laid_out(
    start: str,
    steps: tuple[tuple[str, Size], ...],
    arrows: tuple[tuple[str, str], ...],
    words: tuple[tuple[tuple[str, str], Size], ...],
) -> Layout:
    """Kept, as the cases of a version differ in what is marked and hardly ever in where it stands."""
    return lay_out(start, dict(steps), arrows, dict(words))


def _page(process: Process, layout: Layout, parts: list[str], here: str, *, alone: bool) -> str:
    width, height = layout.width + 2 * MARGIN, layout.height + 2 * MARGIN
    title = escape(str(process.label))
    style = f"<style>{STYLE}{DARK}</style>" if alone else ""
    told = escape(description(process, here))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="khue-process{" alone" if alone else ""}" role="img" '
        f'viewBox="{-MARGIN:g} {-MARGIN:g} {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" '
        f'aria-label="{title.replace(chr(34), "&quot;")}">'
        f"<title>{title}</title><desc>{told}</desc>{style}"
        '<defs><marker id="khue-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" '
        'markerUnits="userSpaceOnUse" '
        'orient="auto-start-reverse"><path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>'
        f"{''.join(parts)}</svg>\n"
    )


def description(process: Process, here: str = "") -> str:
    """The same in words, for who does not see it: each step and where one can go from it."""
    told = []
    for step in process.steps.values():
        ways = [
            f"{move.label} → {process.steps[move.target].staff}"
            for move in process.moves_from(step.name)
            if move.target
        ]
        mark = f" ({_('you are here')})" if step.name == here else ""
        told.append(f"{step.staff}{mark}" + (f": {'; '.join(ways)}" if ways else ""))
    return ". ".join(told) + "."


def _lines_of(process: Process, step: Step, here: str) -> list[tuple[str, str]]:
    lines = [("name", line) for line in _wrapped([str(step.staff)], NAME_LETTERS)]
    if step.name == here:
        lines.append(("small", f"◉ {_('you are here')}"))
    if step.holder:
        holder = process.parties[step.holder.party].label
        lines += [("small", line) for line in _wrapped([str(holder)], STEP_LETTERS)]
    if step.deadline:
        lines.append(("small", deadline_words(step)))
    for move in notes(process, step.name):
        many = _("from %(count)s steps: %(move)s") % {"count": len(move.sources), "move": move.label}
        told = f"↻ {move.label}" if move.sources == (step.name,) else many
        lines += [("small", line) for line in _wrapped([told], STEP_LETTERS)]
    return lines


def deadline_words(step: Step) -> str:
    """`hạn 2 ngày làm việc`, `hạn 365 ngày`, `theo hạn được giao`; empty without a deadline."""
    deadline = step.deadline
    if deadline is None:
        return ""
    if deadline.unit == "due":
        return _("by the day that was set")
    if deadline.unit == "days":
        return ngettext("within %(count)s day", "within %(count)s days", deadline.count) % {"count": deadline.count}
    if not deadline.count:
        return _("on the same day")
    told = ngettext("within %(count)s working day", "within %(count)s working days", deadline.count)
    return told % {"count": deadline.count}


def _wrapped(texts: list[str], letters: int) -> list[str]:
    lines: list[str] = []
    for text in texts:
        line = ""
        for word in text.split():
            if line and len(line) + 1 + len(word) > letters:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
    return lines


def _step(layout: Layout, step: Step, lines: list[tuple[str, str]], here: str, gone: tuple[str, ...]) -> str:
    box = layout.boxes[step.name]
    left, top = box.x - box.width / 2, box.y - box.height / 2
    kinds = ["step", *(["end"] if step.terminal else [])]
    kinds += ["here"] if step.name == here else ["done"] if step.name in gone else []
    radius = box.height / 2 if step.terminal and len(lines) == 1 else 8
    return (
        f'<g class="{" ".join(kinds)}"><rect class="box" x="{left:.1f}" y="{top:.1f}" width="{box.width:.1f}" '
        f'height="{box.height:.1f}" rx="{radius:g}"/>{_text(box.x, top + PAD, lines)}</g>'
    )


def _words(layout: Layout, line: Line, lines: list[str]) -> str:
    box = layout.boxes[line.words_at]
    left, top = box.x - box.width / 2, box.y - box.height / 2
    return (
        f'<rect class="halo" x="{left:.1f}" y="{top:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"/>'
        f"{_text(box.x, top, [('words', text) for text in lines])}"
    )


def _text(x: float, top: float, lines: list[tuple[str, str]]) -> str:
    return "".join(
        f'<text class="{kind}" x="{x:.1f}" y="{top + LINE * number + LINE * 0.74:.1f}">{escape(text)}</text>'
        for number, (kind, text) in enumerate(lines)
    )


def _way(line: Line, gone: tuple[str, ...], here: str) -> str:
    """A smooth line through the points, upright at each of them."""
    (x, y), *rest = line.points
    drawn = f"M{x:.1f} {y:.1f}"
    for to_x, to_y in rest:
        half = (to_y - y) / 2
        drawn += f"C{x:.1f} {y + half:.1f} {to_x:.1f} {to_y - half:.1f} {to_x:.1f} {to_y:.1f}"
        x, y = to_x, to_y
    went = _went(line, gone, here)
    return f'<g class="{"gone" if went else ""}"><path class="way" d="{drawn}" marker-end="url(#khue-tip)"/></g>'


def _went(line: Line, gone: tuple[str, ...], here: str) -> bool:
    way = [*gone, here]
    return (line.source, line.target) in pairwise(way)
