"""What the documentation names exists, and what exists is named: settings, commands, links, pages of the guide."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import NoReverseMatch, get_resolver
from markdown_it import MarkdownIt

from khue.core.help import chapters
from tests.architecture.layers import ROOT

DOCS = ROOT / "docs"
VARIABLE = re.compile(r"^(KHUE_[A-Z_]+|DATABASE_URL)$")
ONLY_COMPOSE = {"KHUE_DATABASE_PASSWORD"}
"""Read by compose.yaml alone."""
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PURE = {"extract": {"--on", "--with-text"}, "assign": {"--seconds"}}
"""Commands that need no database, with their options."""
ROLES = ["van-thu", "chuyen-vien", "thu-truong-don-vi", "theo-doi", "lanh-dao", "quan-tri", "can-bo-xa-phuong"]


def read_variables() -> set[str]:
    """Environment variables of ours that the code reads, found in its strings."""
    found = set()
    for path in (ROOT / "khue").rglob("*.py"):
        text = path.read_text()
        if "tests" not in path.parts and ("KHUE_" in text or "DATABASE_URL" in text):
            strings = (node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant))
            found |= {text for text in strings if isinstance(text, str) and VARIABLE.match(text)}
    return found


def test_every_setting_is_explained_and_no_other() -> None:
    table = re.findall(r"^\| `([A-Z_]+)`", (DOCS / "run" / "settings.md").read_text(), re.MULTILINE)
    assert len(table) == len(set(table))
    assert set(table) == read_variables()


def test_the_sample_settings_are_known() -> None:
    sample = re.findall(r"^#?([A-Z_]+)=", (ROOT / "deploy" / "khue.env.example").read_text(), re.MULTILINE)
    assert set(sample) - ONLY_COMPOSE <= read_variables()


def documented() -> dict[str, str]:
    """Each command of the reference with its section."""
    parts = re.split(r"^## `khue (\w+)`$", (DOCS / "reference" / "commands.md").read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_command_is_explained_and_no_other() -> None:
    own = {name for name, app in get_commands().items() if str(app).startswith("khue.")}
    assert set(documented()) == own | set(PURE)


@pytest.mark.parametrize("name", sorted(documented()))
def test_each_command_has_an_example_whose_options_exist(name: str) -> None:
    examples = [
        line.partition(f"khue {name}")[2]
        for block in re.findall(r"```sh\n(.*?)```", documented()[name], re.DOTALL)
        for line in block.splitlines()
        if f"khue {name}" in line
    ]
    assert examples
    used = {option for line in examples for option in re.findall(r"(?<=\s)--?[a-z][\w-]*", line)}
    assert used <= options_of(name)


def options_of(name: str) -> set[str]:
    if name in PURE:
        return PURE[name]
    parser = load_command_class(get_commands()[name], name).create_parser("khue", name)
    parsers = [parser]
    for action in parser._actions:
        if isinstance(action.choices, dict):
            parsers += action.choices.values()
    return {option for each in parsers for action in each._actions for option in action.option_strings}


def test_make_targets_are_those_of_the_makefile() -> None:
    named = set(re.findall(r"^\| `make (\w+)`", (DOCS / "reference" / "commands.md").read_text(), re.MULTILINE))
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert named <= targets
    assert {"setup", "run", "test", "check", "bench", "docs", "upgrade"} <= named


def pages() -> list[Path]:
    """Pages below the root; those of the root are checked by `make docs`, which also needs their pictures."""
    written = [path for path in DOCS.rglob("*.md") if "_site" not in path.parts]
    return sorted([*written, ROOT / "deploy" / "README.md"])


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    dead = [
        target
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target
        and not target.startswith(("mailto:", "#"))
        and not (page.parent / target.partition("#")[0]).exists()
    ]
    assert dead == []


def test_the_guide_has_a_chapter_for_each_role() -> None:
    names = [chapter.name.partition("-")[2] for chapter in chapters()]
    assert [role for role in ROLES if role not in names] == []


def test_the_guide_helps_with_pages_that_exist_and_each_once() -> None:
    named = [page for chapter in chapters() for section in chapter.sections for page in section.pages]
    assert len(named) == len(set(named))
    assert [page for page in named if not exists(page)] == []


def exists(name: str) -> bool:
    space, _, view = name.rpartition(":")
    try:
        resolver = get_resolver()
        for part in space.split(":") if space else []:
            resolver = resolver.namespace_dict[part][1]
    except KeyError:
        return False
    except NoReverseMatch:
        return False
    return view in resolver.reverse_dict


def test_every_decision_says_what_and_why_and_is_listed() -> None:
    listed = (DOCS / "design" / "architecture.md").read_text()
    for page in sorted((DOCS / "design" / "decisions").glob("*.md")):
        text = page.read_text()
        assert page.name in listed, page.name
        assert all(part in text for part in ("**Decided.**", "**Why.**", "**What follows.**")), page.name
        assert MarkdownIt().render(text)
