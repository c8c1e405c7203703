"""The check of the shelf: each mistake is named with its file and key, and none is missed."""

from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.utils import translation
from pytest_django.fixtures import Settings

from khue.core.actors import Actor
from khue.core.refusals import Refusal, Refused
from khue.flow import effects, guards
from khue.flow.models import Case
from khue.flow.registry import Guard, Registry
from khue.flow.shelf.checking import Known, check
from khue.flow.shelf.law import cite, unmarked
from khue.flow.shelf.values import Basis

KNOWN = Known({"clerk", "officer"}, {"ready"}, {"ring"})

LAW = """
kind = { vi = "Nghị định", en = "Decree" }
number = "1/2024/NĐ-CP"
title = { vi = "Về thử nghiệm", en = "On trials" }
issuer = "Chính phủ"
signed_on = 2023-12-01
in_force_from = 2024-01-01
"""

PROCESS = """
id = "trial"
version = 2024-06-01
start = "open"
label = { vi = "Thử", en = "Trial" }

[parties.lead]
kind = "unit"
vi = "Đơn vị"
en = "Unit"

[steps.open]
staff = { vi = "Mở", en = "Open" }
next = { vi = "Xong", en = "Finish" }
holder = { party = "lead", roles = ["officer"] }
deadline = { working_days = 3, basis = { instrument = "nd-1", article = "5" } }
basis = "house"

[steps.closed]
terminal = "done"
staff = { vi = "Đóng", en = "Closed" }
basis = "house"

[moves.finish]
label = { vi = "Xong", en = "Finish" }
from = "open"
to = "closed"
who = [{ party = "lead", roles = ["officer"] }]
guards = ["ready"]
effects = ["ring"]
form = "answer"
basis = "house"

[[reminder]]
name = "soon"
label = { vi = "Sắp hạn", en = "Soon" }
before = 1
whom = ["holder"]
basis = "house"
"""

FORM = """
label = { vi = "Trả lời", en = "Answer" }
[[field]]
name = "kind"
kind = "choice"
label = { vi = "Loại", en = "Kind" }
why = { vi = "Để xếp", en = "To sort" }
choices = { good = { vi = "Tốt", en = "Good" } }
"""

FOLDER = "trial/2024-06-01"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A small shelf without a mistake."""
    version = tmp_path / FOLDER
    (version / "forms").mkdir(parents=True)
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "nd-1.toml").write_text(LAW, encoding="utf-8")
    (version / "process.toml").write_text(PROCESS, encoding="utf-8")
    (version / "forms" / "answer.toml").write_text(FORM, encoding="utf-8")
    (version / "story.toml").write_text('title = "x"\n', encoding="utf-8")
    return tmp_path


def problems(shelf: Path) -> list[str]:
    return [str(problem) for problem in check(shelf, KNOWN)]


def test_a_shelf_in_order_has_no_problem(shelf: Path) -> None:
    assert problems(shelf) == []


MAIN = f"{FOLDER}/process.toml"
MISTAKES = [
    ("id = ", "x = 1\nid = ", "x: không có khóa nào tên như vậy"),
    ('id = "trial"', 'id = "tryal"', "id: phải là trial, như tên thư mục"),
    ("version = 2024-06-01", "version = 2024-06-02", "version: phải là 2024-06-01, như tên thư mục"),
    ("version = 2024-06-01", "", "version: thiếu khóa này"),
    ("version = 2024-06-01", "version = 3", "version: phải là ngày, như 2026-01-01"),
    ('start = "open"', 'start = "shut"', "start: không có bước «shut»"),
    (', en = "Trial"', "", "label.en: thiếu khóa này"),
    ("[parties.lead]", "[parties.Lead]", "parties.Lead: tên chỉ gồm chữ thường không dấu, số và gạch nối"),
    ('kind = "unit"', 'kind = "team"', "parties.lead.kind: phải là một trong: unit, person"),
    ('holder = { party = "lead", roles = ["officer"] }', "", "steps.open.holder: thiếu người giữ"),
    ('holder = { party = "lead"', 'holder = { party = "head"', "steps.open.holder.party: không có bên tham gia «head»"),
    ('roles = ["officer"] }\nd', 'roles = ["chief"] }\nd', "steps.open.holder.roles: không có vai trò «chief»"),
    ("working_days = 3", 'working_days = "ba"', "steps.open.deadline.working_days: phải là số nguyên"),
    ("working_days = 3, ", "", 'steps.open.deadline: cần đúng một trong: working_days, days, from = "due"'),
    ("working_days = 3", 'from = "start"', "steps.open.deadline.from: phải là một trong: due"),
    ('"nd-1", article', '"nd-2", article', "steps.open.deadline.basis: không có văn bản law/nd-2.toml"),
    (', article = "5"', "", "steps.open.deadline.basis: thiếu điều (article)"),
    ('"Open" }\n', '"Open" }\nbassis = "house"\n', "steps.open.bassis: không có khóa nào tên như vậy"),
    ('basis = "house"\n\n[steps.closed]', "[steps.closed]", "steps.open.basis: thiếu căn cứ"),
    ('terminal = "done"', 'terminal = "over"', "steps.closed.terminal: phải là một trong: done, cancelled"),
    ('to = "closed"', 'to = "gone"', "moves.finish: không có bước «gone»"),
    ('from = "open"', 'from = "closed"', "moves.finish.from: bước kết thúc «closed» không chuyển đi đâu được"),
    ('from = "open"', "from = []", "moves.finish.from: phải có ít nhất một bước"),
    ('who = [{ party = "lead", roles = ["officer"] }]', "", "moves.finish.who: phải nói ai được làm"),
    ('who = [{ party = "lead", roles = ["officer"] }]', "who = [{}]", "moves.finish.who[1]: phải nói bên tham gia"),
    ('guards = ["ready"]', 'guards = ["rady"]', "moves.finish.guards: không có điều kiện «rady»"),
    ('effects = ["ring"]', 'effects = ["rang"]', "moves.finish.effects: không có tác động «rang»"),
    ('form = "answer"', 'form = "other"', "moves.finish.form: không có tệp forms/other.toml"),
    ('form = "answer"', 'tell = ["boss"]', "moves.finish.tell: không có bên tham gia «boss»"),
    ('whom = ["holder"]', 'whom = ["boss"]', "reminder.soon.whom: không có bên tham gia «boss»"),
    ("before = 1", "before = 1\nafter = 1", "reminder[1]: cần đúng một trong: before, after"),
    ("before = 1", 'before = 1\nsteps = ["closed"]', "reminder.soon.steps: bước «closed» không có thời hạn để nhắc"),
    ("[moves.finish]", "[moves.finish", "không đọc được TOML"),
]


@pytest.mark.parametrize(("old", "new", "says"), MISTAKES, ids=[mistake[2] for mistake in MISTAKES])
def test_each_mistake_is_named_with_its_file_and_key(shelf: Path, old: str, new: str, says: str) -> None:
    path = shelf / MAIN
    assert old in PROCESS
    path.write_text(PROCESS.replace(old, new, 1), encoding="utf-8")
    assert any(problem.startswith(f"{MAIN}: {says}") for problem in problems(shelf)), problems(shelf)


def lonely(shelf: Path) -> str:
    text = PROCESS + '[steps.lonely]\nstaff = { vi = "L", en = "L" }\nnext = { vi = "N", en = "N" }\nbasis = "house"\n'
    (shelf / MAIN).write_text(text + 'holder = { party = "lead" }\n', encoding="utf-8")
    return f"{MAIN}: steps.lonely: không có đường nào từ bước đầu «open» tới đây"


def endless(shelf: Path) -> str:
    (shelf / MAIN).write_text(PROCESS.replace('to = "closed"', "stays = true"), encoding="utf-8")
    return f"{MAIN}: steps.open: từ đây không có đường nào tới bước kết thúc"


def not_in_force(shelf: Path) -> str:
    law = LAW.replace("in_force_from = 2024-01-01", "in_force_from = 2024-01-01\nin_force_to = 2024-05-31")
    (shelf / "law" / "nd-1.toml").write_text(law, encoding="utf-8")
    return f"{MAIN}: steps.open.deadline.basis: Nghị định 1/2024/NĐ-CP không có hiệu lực ngày 01/06/2024"


def replaces_nothing(shelf: Path) -> str:
    (shelf / "law" / "nd-1.toml").write_text(LAW + 'replaces = ["nd-0"]\n', encoding="utf-8")
    return "law/nd-1.toml: replaces: không có văn bản «nd-0» trên kệ"


def no_story(shelf: Path) -> str:
    (shelf / FOLDER / "story.toml").unlink()
    return f"{FOLDER}/story.toml: thiếu câu chuyện kiểm thử của phiên bản"


def no_process(shelf: Path) -> str:
    (shelf / MAIN).unlink()
    return f"{MAIN}: thiếu tệp này"


def wrong_form(shelf: Path) -> str:
    (shelf / FOLDER / "forms" / "answer.toml").write_text(FORM.replace('"choice"', '"text"'), encoding="utf-8")
    return f"{FOLDER}/forms/answer.toml: field[1].choices: chỉ câu hỏi kiểu choice mới có"


def wrong_year(shelf: Path) -> str:
    (shelf / "calendar").mkdir()
    (shelf / "calendar" / "2024.toml").write_text("[[off]]\non = 2025-01-02\n", encoding="utf-8")
    return "calendar/2024.toml: off: ngày 2025-01-02 không thuộc năm của tệp"


def dayless(shelf: Path) -> str:
    (shelf / "calendar").mkdir()
    (shelf / "calendar" / "2024.toml").write_text("[[working]]\nin = 3\n", encoding="utf-8")
    return "calendar/2024.toml: mỗi [[off]] và [[working]] cần một ngày"


@pytest.mark.parametrize(
    "spoil",
    [lonely, endless, not_in_force, replaces_nothing, no_story, no_process, wrong_form, wrong_year, dayless],
)
def test_mistakes_between_files(shelf: Path, spoil: Callable[[Path], str]) -> None:
    says = spoil(shelf)
    assert any(problem.startswith(says) for problem in problems(shelf)), problems(shelf)


def test_an_empty_shelf_is_a_problem(tmp_path: Path) -> None:
    assert "không có quy trình nào" in problems(tmp_path)[0]


def test_start_up_stops_at_an_unknown_guard(shelf: Path, settings: Settings) -> None:
    settings.PROCESSES = shelf
    texts = [str(message.msg) for message in run_checks(tags=["shelf"])]
    assert f"processes/{MAIN}: moves.finish.guards: không có điều kiện «ready»" in texts


def test_the_command_exits_with_every_problem_named(shelf: Path, settings: Settings) -> None:
    settings.PROCESSES = shelf
    with pytest.raises(Refused, match=r"moves\.finish\.effects: không có tác động «ring»"):
        call_command("process", "check")


def test_our_own_shelf_is_in_order() -> None:
    out = StringIO()
    with translation.override("vi"):
        call_command("process", "check", stdout=out)
    assert out.getvalue().startswith("Kệ quy trình đúng:")


def first(case: Case, *, by: Actor, data: Mapping[str, Any] | None) -> Refusal | None:
    return None


def second(case: Case, *, by: Actor, data: Mapping[str, Any] | None) -> Refusal | None:
    return None


def test_a_name_is_registered_once() -> None:
    registry: Registry[Guard] = Registry("guard")
    registry.register("same")(first)
    registry.register("same")(first)
    with pytest.raises(ValueError, match="same"):
        registry.register("same")(second)
    assert registry.names() == {"same"}
    assert guards.names() >= {"sub-cases-closed", "has-due", "new-due-is-later"}
    assert effects.names() >= {"grant-new-due", "hand-over-lead", "assign-handler"}


@pytest.mark.parametrize(
    ("basis", "says"),
    [
        (Basis("house"), "quy định nội bộ"),
        (Basis("nd-30-2020", "21"), "Điều 21 Nghị định 30/2020/NĐ-CP"),
        (Basis("nd-30-2020", "24", verified=False), "Điều 24 Nghị định 30/2020/NĐ-CP (chưa kiểm chứng)"),
    ],
)
def test_how_a_basis_is_cited(basis: Basis, says: str) -> None:
    with translation.override("vi"):
        assert cite(basis) == says
        assert unmarked(says) == says.removesuffix(" (chưa kiểm chứng)"), "as a paper names it"


def test_the_pictures_come_out_of_the_command(tmp_path: Path) -> None:
    for what in ("draw", "bpmn"):
        file = tmp_path / what
        call_command("process", what, "document-incoming", "-o", str(file))
        assert "Đã trình" in file.read_text(encoding="utf-8")
    with pytest.raises(Refused, match="directive-follow-up/2024-01-01"):
        call_command("process", "draw", "no-such")
    with pytest.raises(Refused, match="received"):
        call_command("process", "draw", "document-incoming", "--here", "moon")


def test_a_version_may_rest_on_what_comes_into_force_while_it_applies_but_not_later(shelf: Path) -> None:
    law = LAW.replace("in_force_from = 2024-01-01", "in_force_from = 2024-11-26")
    (shelf / "law" / "nd-1.toml").write_text(law, encoding="utf-8")
    assert problems(shelf) == []
    later = shelf / "trial" / "2024-10-01"
    later.mkdir()
    (later / "process.toml").write_text(PROCESS.replace("2024-06-01", "2024-10-01"), encoding="utf-8")
    told = "steps.open.deadline.basis: Nghị định 1/2024/NĐ-CP chỉ có hiệu lực từ 26/11/2024, khi đã có phiên bản sau"
    assert f"{MAIN}: {told}" in problems(shelf)
