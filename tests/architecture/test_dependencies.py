"""What imports do not show must point downwards too: foreign keys, URL names, templates, jobs called by name."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.layers import LEVEL, ROOT, app_of, may_know

URL_IN_TEMPLATE = re.compile(r"""{%\s*url\s+['"](\w+):""")
URL_IN_CODE = re.compile(r"""(?:reverse|reverse_lazy|redirect|resolve_url)\(\s*['"](\w+):""")
TEMPLATE_IN_TEMPLATE = re.compile(r"""{%\s*(?:extends|include)\s+['"](\w+)/""")
TEMPLATE_IN_CODE = re.compile(r"""['"](\w+)/[\w/-]+\.(?:html|txt)['"]""")
JOB_IN_CODE = re.compile(r"""configure_task\(\s*(?:name=)?['"](\w+)\.""")


def sources(*endings: str) -> Iterator[Path]:
    for path in sorted((ROOT / "khue").rglob("*")):
        if path.suffix in endings and "tests" not in path.parts and "migrations" not in path.parts:
            yield path


def named(pattern: re.Pattern[str], *endings: str) -> list[tuple[str, str, str]]:
    """(file, its app, app it names) wherever `pattern` names an app of ours."""
    return [
        (str(path.relative_to(ROOT)), app_of(path), other)
        for path in sources(*endings)
        if path.parent != ROOT / "khue"
        for other in pattern.findall(path.read_text(encoding="utf-8"))
        if other in LEVEL
    ]


def test_foreign_keys_point_downwards() -> None:
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in LEVEL
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and not field.auto_created
        if field.related_model._meta.app_label in LEVEL
        and not may_know(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("what", "pattern", "endings"),
    [
        ("URL names", URL_IN_TEMPLATE, (".html", ".txt")),
        ("URL names", URL_IN_CODE, (".py",)),
        ("templates", TEMPLATE_IN_TEMPLATE, (".html", ".txt")),
        ("templates", TEMPLATE_IN_CODE, (".py",)),
        ("jobs", JOB_IN_CODE, (".py",)),
    ],
)
def test_names_point_downwards(what: str, pattern: re.Pattern[str], endings: tuple[str, ...]) -> None:
    found = named(pattern, *endings)
    wrong = [f"{file} names {what} of {other}" for file, app, other in found if not may_know(app, other)]
    assert wrong == []


def test_the_patterns_find_something() -> None:
    assert named(URL_IN_TEMPLATE, ".html")
    assert named(TEMPLATE_IN_TEMPLATE, ".html")
    assert named(TEMPLATE_IN_CODE, ".py")
    assert named(JOB_IN_CODE, ".py")
