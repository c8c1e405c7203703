"""Every term that a page names is in the glossary, and every basis in the glossary is on the shelf of law."""

import ast
import re

from django.conf import settings

from khue.core.glossary import terms
from khue.flow.shelf.law import read_law
from tests.architecture.test_dependencies import sources

IN_PYTHON = re.compile(r"\bterm\b|\bTERMS\b")
"""What a file says that names a term; only such files are taken apart."""
IN_TEMPLATES = re.compile(r'<c-term\b[^>]*?\bname="([^"{]+)"|<c-[\w-]+\b[^>]*?\bterm="([^"{]+)"')
LEAST = 30
"""So many different terms are explained on the pages at least: should the patterns stop finding them, this tells."""


def named() -> dict[str, str]:
    """Each term that a template, or a column or fact in Python, names -> a place where it does."""
    found = {}
    for path in sources(".html"):
        for match in IN_TEMPLATES.finditer(path.read_text(encoding="utf-8")):
            found[match[1] or match[2]] = path.name
    for path in sources(".py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if IN_PYTHON.search(text) else ():
            found |= dict.fromkeys(_in_python(node), path.name)
    return found


def _in_python(node: ast.AST) -> list[str]:
    if isinstance(node, ast.keyword) and node.arg == "term" and isinstance(node.value, ast.Constant):
        return [str(node.value.value)]
    if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["TERMS"]:
        return list(ast.literal_eval(node.value).values())
    return []


def test_every_term_on_a_page_is_in_the_glossary() -> None:
    known, found = terms(), named()
    assert {name: place for name, place in found.items() if name not in known} == {}
    assert len(found) >= LEAST


def test_every_basis_of_a_term_is_on_the_shelf_of_law() -> None:
    numbers = {instrument.number for instrument in read_law(settings.PROCESSES)[0].values()}
    strange = {
        term.vi: term.basis
        for term in terms().values()
        if term.basis not in ("", "quy định nội bộ") and not any(number in term.basis for number in numbers)
    }
    assert strange == {}


def test_the_terms_of_the_field_have_the_names_that_the_architecture_gives_them() -> None:
    field = {
        "mission", "proposal", "need", "order", "selection", "direct-assignment", "council", "ballot", "minutes",
        "acceptance", "registration-of-results", "initiative", "petition", "directive", "reminder", "indicator",
        "reporting-period", "exchange", "mark",
    }  # fmt: skip
    assert field - terms().keys() == set()
