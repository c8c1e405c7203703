"""A view leaves it to `core/answering.py` how a refusal is answered; those that do not have a reason."""

import ast

from tests.architecture.layers import ROOT

REASONS = {
    "councils/views/expert.py": "who may not take a declaration back is not told that there is one",
    "documents/views/incoming.py": "of many files each is registered or refused by itself",
    "files/views.py": "the address of a file answers with plain text",
    "indicators/views/report.py": "figures and texts that were not kept come back, each in its way",
    "indicators/views/report_keep.py": "one wrong figure keeps no other out",
    "indicators/views/typed.py": "one wrong figure keeps no other out",
    "missions/views/accept/acceptance_file.py": "saving stops for some refusals and goes on after others",
    "missions/views/select/section.py": "saving stops for some refusals and goes on after others",
    "petitions/views/found.py": "a unit that is not in the directory is answered alike",
}


def catches(code: str) -> bool:
    """Whether a handler names `Refused`, alone or among others."""
    handlers = (node.type for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ExceptHandler) and node.type)
    return any(getattr(name, "id", "") == "Refused" for kind in handlers for name in ast.walk(kind))


def test_views_answer_refusals_in_the_one_way() -> None:
    khue = ROOT / "khue"
    views = [path for path in khue.rglob("*.py") if "views" in {*path.parts, path.stem} and "tests" not in path.parts]
    caught = {path.relative_to(khue).as_posix() for path in views if catches(path.read_text("utf-8"))}
    assert caught == {*REASONS}


def test_a_handler_is_found() -> None:
    assert catches("try:\n    f()\nexcept (Refused, KeyError):\n    pass")
    assert not catches("try:\n    f()\nexcept KeyError:\n    raise Refused(x)")
