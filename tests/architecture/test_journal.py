"""Whatever is written into the journal can be told to people."""

import ast
from pathlib import Path

from khue.journal.sentences import verbs

KHUE = Path(__file__).parents[2] / "khue"


def recorded() -> dict[str, str]:
    """Every verb that some action writes literally, and the file that does."""
    found = {}
    for file in KHUE.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if "tests" in file.parts or "record(" not in text:
            continue
        for call in ast.walk(ast.parse(text)):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "record":
                for part in _literals(call.args[1]):
                    found[part] = str(file.relative_to(KHUE))
    return found


def _literals(verb: ast.expr) -> list[str]:
    if isinstance(verb, ast.IfExp):
        return [*_literals(verb.body), *_literals(verb.orelse)]
    return [verb.value] if isinstance(verb, ast.Constant) else []


def test_every_verb_has_a_sentence() -> None:
    found = recorded()
    silent = {verb: file for verb, file in found.items() if verb not in verbs()}
    assert silent == {}
    assert len(found) > 20, "the search itself still finds them"
