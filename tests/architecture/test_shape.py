"""Sizes and names that keep the code readable."""

import ast
import re
from pathlib import Path

from tests.architecture.layers import ROOT
from tests.architecture.test_dependencies import sources

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LONGEST_TEMPLATE = 150
FORBIDDEN = {"utils.py", "helpers.py", "services.py", "managers.py", "signals.py"}


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_outgrows_its_reader() -> None:
    long = {str(path.relative_to(ROOT)): lines(path) for path in sources(".py") if lines(path) > LONGEST_FILE}
    assert long == {}


def test_no_template_outgrows_its_reader() -> None:
    long = {str(path.relative_to(ROOT)): lines(path) for path in sources(".html") if lines(path) > LONGEST_TEMPLATE}
    assert long == {}


CODES = {"code"}
"""Columns that hold no words, so that there are no accents to be blind to."""


def test_no_list_asks_for_accents() -> None:
    """Words are looked for in a `folded` column; `icontains` knows case only."""
    asked = {
        f"{path.relative_to(ROOT)}: {column}"
        for path in sources(".py")
        for column in re.findall(r"(\w+)__i(?:contains|startswith)\b", path.read_text(encoding="utf-8"))
        if column.rpartition("__")[2] not in CODES
    }
    assert asked == set()


def test_every_form_asks_for_a_day_in_the_same_way() -> None:
    """Browsers send the years 0202 and 20266 while one is typed: a field that takes any year keeps them."""
    asked = [path for path in sources(".py") if "= forms.DateField(" in path.read_text(encoding="utf-8")]
    assert [str(path.relative_to(ROOT)) for path in asked if "tests" not in path.parts] == []


NO_SHEET = {"needs/board.html", "site/glossary.html"}
"""Pages with filters that are no list of records."""


def test_every_list_comes_out_as_a_sheet() -> None:
    without = [
        "/".join(path.parts[-2:])
        for path in sources(".html")
        for bar in re.findall(r"<c-filter-bar[^>]*>", path.read_text(encoding="utf-8"))
        if "excel=" not in bar
    ]
    assert set(without) == NO_SHEET


def test_no_function_outgrows_its_reader() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": length(node)
        for path in sources(".py")
        if lines(path) > LONGEST_FUNCTION
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > LONGEST_FUNCTION
    }
    assert long == {}


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function, its docstring not counted."""
    said = function.body[0] if ast.get_docstring(function) is not None else None
    return (function.end_lineno or 0) - function.lineno + 1 - ((said.end_lineno or 0) - said.lineno + 1 if said else 0)


def test_no_file_is_named_after_nothing() -> None:
    assert [str(path) for path in sources(".py") if path.name in FORBIDDEN] == []


def test_every_public_function_says_what_it_means() -> None:
    """Actions and rules are what other people call: each carries its docstring."""
    silent = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in sources(".py")
        if {"actions", "rules"} & {path.stem, *path.relative_to(ROOT).parts}
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []
