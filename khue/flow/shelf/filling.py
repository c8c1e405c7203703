"""Fills a paper of a version: its text with what is known put in, in the markup of drafts.

What papers may ask for is told, with an example of each, in `processes/papers.toml`; the check of the shelf fills
every paper with these examples, so that a place that nobody fills is found before anybody prints it.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.template import Context, Template, TemplateSyntaxError
from django.template.engine import Engine
from django.utils.timezone import localtime

from khue.flow.shelf.table import Problem
from khue.flow.shelf.values import PaperForm

FILE = "papers.toml"
GAP = "……"
"""What stands where something is not known yet: a place to fill in by hand."""
MARK = "⟦%s⟧"
BLANK = "⟦⟧"
"""What an empty value leaves behind until it is known where it stands."""


class _Blank(str):
    """An empty value: as false as any, and told from words that were never there when it is printed."""

    __slots__ = ()

    def __str__(self) -> str:
        return BLANK


NOTHING = _Blank()


def fill(paper: PaperForm, context: Mapping[str, Any]) -> str:
    """The text of `paper` with `context` put in: days as 31/12/2026, decimals with a comma, dots where a name is not
    known. Values are text, numbers, days, tables of names and lists of them. Raises TemplateSyntaxError, which the
    check of the shelf rules out."""
    return _with_rows(_with_gaps(_rendered(paper.text, context)))


def _with_gaps(text: str) -> str:
    """Dots where a name is not known, after a label whose value is empty: "địa chỉ: ……;", and below a heading with
    nothing to tell. Elsewhere what is empty leaves nothing, as a degree that somebody does not have."""
    labelled = re.sub(r"(?m)^(?!\|)(.*)$", lambda line: _LABELLED.sub(f": {GAP}", line[1]), text)
    labelled = _HEADED.sub(rf"\g<1>{GAP}", labelled)
    dotted = re.sub(MARK.replace("%s", "[^⟧]+"), GAP, labelled.replace(f"{BLANK} ", "").replace(BLANK, ""))
    return re.sub(rf"{GAP}(?: {GAP})+", GAP, dotted)


_LABELLED = re.compile(rf": *{BLANK}(?: {BLANK})*(?= *(?:[;.,)]|$))")
_HEADED = re.compile(rf"(?m)(^#+ .*\n+){BLANK}$")
_ROWS = re.compile(r"(?m)(?:^\|.*\n?)+")


def _with_rows(text: str) -> str:
    """A table of which only the heading is known gets a row to fill in by hand."""

    def _row(found: "re.Match[str]") -> str:
        rows = [row for row in found[0].splitlines() if not row.startswith("|=") and set(row) - set("|-: ")]
        more = f"|{f' {GAP} |' * (rows[0].strip().count('|') - 1)}\n" if len(rows) == 1 else ""
        return f"{found[0].rstrip()}\n{more}"

    return _ROWS.sub(_row, text)


def unfilled(paper: PaperForm, context: Mapping[str, Any]) -> list[str]:
    """The names that `paper` asks for and `context` does not have; what is wrong with the text, where it is wrong."""
    try:
        missing = re.findall(MARK.replace("%s", "([^⟧]+)"), _rendered(paper.text, context))
        return sorted({*missing, *_unknown_lists(paper.text, context)})
    except TemplateSyntaxError as error:
        return [str(error)]


def read_example(shelf: Path) -> tuple[dict[str, Any], list[Problem]]:
    """An example of everything that a paper may ask for; nothing where there is no such file."""
    path = shelf / FILE
    try:
        return (tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}), []
    except tomllib.TOMLDecodeError as error:
        return {}, [Problem(FILE, "", f"không đọc được TOML: {error}")]


def _unknown_lists(text: str, context: Mapping[str, Any]) -> list[str]:
    """What `{% for … in name %}` goes through without its being known: it would print nothing and say nothing."""
    loops = re.findall(r"\{%\s*for\s+(\w+)\s+in\s+([\w.]+)", text)
    inner = {name for name, _list in loops}
    return [name for _row, name in loops if name.split(".")[0] not in inner and not _known(name, context)]


def _known(name: str, context: Mapping[str, Any]) -> bool:
    value: Any = context
    for part in name.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return False
        value = value[part]
    return True


def _rendered(text: str, context: Mapping[str, Any]) -> str:
    asked = {name: _plain(value) for name, value in context.items() if name in text}
    filled = _template(text).render(Context(asked, autoescape=False, use_l10n=False))
    # A tag on a line of its own leaves an empty line behind.
    return re.sub(r"\n{3,}", "\n\n", filled).strip() + "\n"


@lru_cache(maxsize=256)
def _template(text: str) -> Template:
    # A line that has nothing but a tag on it must not tear a table apart.
    tight = re.sub(r"(?m)^[ \t]*(\{%[^%]*%\})[ \t]*\n", r"\1", text)
    return _engine().from_string(tight)


@lru_cache(maxsize=1)
def _engine() -> Engine:
    builtins = ["khue.flow.templatetags.papers"]
    return Engine(autoescape=False, string_if_invalid=MARK, builtins=builtins)


def _plain(value: Any) -> Any:
    """`value` as it is printed."""
    if isinstance(value, Mapping):
        return {name: _plain(row) for name, row in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(row) for row in value]
    if isinstance(value, datetime):
        return f"{localtime(value) if value.tzinfo else value:%H:%M ngày %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal | float):
        whole, _, rest = f"{value:f}".partition(".")
        return f"{whole},{rest.rstrip('0')}".rstrip(",")
    if isinstance(value, str):  # papers write the word, pages the sign
        return value.replace("₫", "đồng") or NOTHING
    return NOTHING if value is None else value
