"""Whoever is told something reads it in an own language, not in that of the one who acted: words of notices are put
together when they are told (`notices.actions.saying`), never before."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.layers import ROOT

TELLING = {"notify", "notify_many", "Telling", "saying", "tell_unit", "tell_needers"}
TOO_EARLY = {"_", "gettext", "ngettext", "pgettext", "days_left_sentence", "sentence_of"}


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def put_into_words(code: str) -> Iterator[int]:
    """Lines that hand words to a notice which are in somebody's language already."""
    if not any(name in code for name in TELLING):
        return
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and called(node) in TELLING:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Call) and (called(inner) in TOO_EARLY or called(inner).endswith("_display")):
                    yield inner.lineno


def test_notices_are_put_into_words_for_each_who_reads_them() -> None:
    places = [path for path in (ROOT / "khue").rglob("*.py") if not {"tests", "migrations"} & {*path.parts}]
    wrong = [f"{path.relative_to(ROOT)}:{line}" for path in places for line in put_into_words(path.read_text("utf-8"))]
    assert wrong == []


@pytest.mark.parametrize("early", ['_("A %s") % title', "one.get_kind_display()", "days_left_sentence(day, today())"])
def test_words_put_together_too_early_are_found(early: str) -> None:
    assert list(put_into_words(f"notify(people, key='a', subject=saying('%(a)s', a={early}), url='/')"))
    assert not list(
        put_into_words("notify(people, key='a', subject=saying(gettext_lazy('A %(b)s'), b=title), url='/')")
    )
