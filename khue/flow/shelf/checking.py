"""What is wrong on the shelf: rule 6 of the process shelf. Every problem names its file and key."""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from khue.flow.shelf.filling import FILE as EXAMPLE_FILE
from khue.flow.shelf.filling import read_example, unfilled
from khue.flow.shelf.folders import STORY, Folder, folders
from khue.flow.shelf.law import Instrument, read_law
from khue.flow.shelf.reading import MAIN, read
from khue.flow.shelf.table import NAME, Problem
from khue.flow.shelf.values import HOUSE, Basis, Process, Who
from khue.flow.shelf.words import FILE as WORDS_FILE
from khue.flow.shelf.words import read_words

DECIDES = ("head", "host", "never")
"""Who decides an adjustment: the department, the lead organisation itself, or it is not allowed."""


@dataclass(frozen=True, slots=True)
class Known:
    """The names that files may use."""

    roles: Collection[str]
    guards: Collection[str]
    effects: Collection[str]
    demands: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Process -> what the software asks every version of it for: `provision:…`, `paper:…`, `step:…`, `form:…`."""


def check(shelf: Path, known: Known) -> list[Problem]:
    """Every problem of every version, and of the instruments and calendars, in the order of the files."""
    law, problems = read_law(shelf)
    example, wrong_example = read_example(shelf)
    problems += wrong_example
    found = list(folders(shelf))
    if not found:
        problems.append(Problem(str(shelf), "", "không có quy trình nào"))
    for folder in found:
        process, wrong = read(folder.files(), f"{folder.name}/")
        problems += wrong
        if not wrong:
            problems += Checker(folder, process, law, known, example).problems()
    problems += [*_calendars(shelf), *_words(shelf, law)]
    return sorted(set(problems))


@dataclass(frozen=True, slots=True)
class Checker:
    """The checks of one version."""

    folder: Folder
    process: Process
    law: dict[str, Instrument]
    known: Known
    example: Mapping[str, Any]

    def problems(self) -> Iterator[Problem]:
        """Everything that is wrong with it."""
        parts = (self._names, self._steps, self._moves, self._reminders, self._papers, self._bases, self._ways)
        for part in (*parts, self._demands):
            for key, text in part():
                yield Problem(f"{self.folder.name}/{MAIN}", key, text)
        older = self.folder.like
        if older and not ((self.folder.path.parent / older / MAIN).is_file() and older < self.folder.version):
            yield Problem(f"{self.folder.name}/{MAIN}", "like", f"không có phiên bản cũ hơn «{older}»")
        if not (self.folder.path / STORY).is_file():
            yield Problem(f"{self.folder.name}/{STORY}", "", "thiếu câu chuyện kiểm thử của phiên bản")

    def _names(self) -> Iterator[tuple[str, str]]:
        if self.process.id != self.folder.process:
            yield "id", f"phải là {self.folder.process}, như tên thư mục"
        if self.process.version.isoformat() != self.folder.version:
            yield "version", f"phải là {self.folder.version}, như tên thư mục"
        for reminder in self.process.reminders:
            if not NAME.fullmatch(reminder.name):
                yield f"reminder.{reminder.name}", "tên chỉ gồm chữ thường không dấu, số và gạch nối"
        names = [reminder.name for reminder in self.process.reminders]
        for name in {name for name in names if names.count(name) > 1}:
            yield f"reminder.{name}", "hai lời nhắc cùng tên"
        for party in self.process.parties.values():
            yield from _unknown(f"parties.{party.name}.divisions", "vai trò", party.divisions, self.known.roles)

    def _steps(self) -> Iterator[tuple[str, str]]:
        for step in self.process.steps.values():
            key = f"steps.{step.name}"
            if step.terminal and (step.holder or step.deadline):
                yield key, "bước kết thúc không có người giữ và thời hạn"
            elif not step.terminal and step.holder is None:
                yield f"{key}.holder", "thiếu người giữ"
            elif step.holder:
                yield from self._who(f"{key}.holder", step.holder)
                if not step.holder.party:
                    yield f"{key}.holder.party", "người giữ phải là một bên tham gia"

    def _moves(self) -> Iterator[tuple[str, str]]:
        for move in self.process.moves.values():
            key = f"moves.{move.name}"
            for step in [*move.sources, *([move.target] if move.target else [])]:
                if step not in self.process.steps:
                    yield key, f"không có bước «{step}»"
                elif step in move.sources and self.process.steps[step].terminal:
                    yield f"{key}.from", f"bước kết thúc «{step}» không chuyển đi đâu được"
            if not move.sources:
                yield f"{key}.from", "phải có ít nhất một bước"
            if not move.who:
                yield f"{key}.who", "phải nói ai được làm"
            for number, who in enumerate(move.who, 1):
                yield from self._who(f"{key}.who[{number}]", who)
            if move.form and move.form not in self.process.forms:
                yield f"{key}.form", f"không có tệp forms/{move.form}.toml"
            for party in move.tell:
                if party != "holder" and party not in self.process.parties:
                    yield f"{key}.tell", f"không có bên tham gia «{party}»"
            yield from _unknown(f"{key}.guards", "điều kiện", move.guards, self.known.guards)
            yield from _unknown(f"{key}.effects", "tác động", move.effects, self.known.effects)

    def _reminders(self) -> Iterator[tuple[str, str]]:
        for reminder in self.process.reminders:
            key = f"reminder.{reminder.name}"
            for party in reminder.whom:
                if party != "holder" and party not in self.process.parties:
                    yield f"{key}.whom", f"không có bên tham gia «{party}»"
            for name in reminder.steps:
                step = self.process.steps.get(name)
                if step is None:
                    yield f"{key}.steps", f"không có bước «{name}»"
                elif step.deadline is None:
                    yield f"{key}.steps", f"bước «{name}» không có thời hạn để nhắc"

    def _who(self, key: str, who: Who) -> Iterator[tuple[str, str]]:
        if who.party and who.party not in self.process.parties:
            yield f"{key}.party", f"không có bên tham gia «{who.party}»"
        yield from _unknown(f"{key}.roles", "vai trò", who.roles, self.known.roles)
        if not (who.party or who.roles or who.system):
            yield key, "phải nói bên tham gia, vai trò hoặc system = true"

    def _papers(self) -> Iterator[tuple[str, str]]:
        for paper in self.process.papers.values():
            for step in paper.steps:
                if step not in self.process.steps:
                    yield f"papers/{paper.name}.steps", f"không có bước «{step}»"
            for name in unfilled(paper, self.example) if self.example else []:
                yield f"papers/{paper.name}.text", f"không điền được «{name}»; xem các tên có trong {EXAMPLE_FILE}"

    def _demands(self) -> Iterator[tuple[str, str]]:
        """What the software cannot work without."""
        have = {f"step:{name}" for name in self.process.steps} | {f"form:{name}" for name in self.process.forms}
        have |= {f"provision:{name}" for name in self.process.provisions}
        have |= {f"paper:{name}" for name in self.process.papers} | {f"sheet:{name}" for name in self.process.sheets}
        for name in sorted(set(self.known.demands.get(self.process.id, ())) - have):
            yield name.replace(":", "."), "phần mềm cần mà phiên bản này không có"

    def _bases(self) -> Iterator[tuple[str, str]]:
        until = self.folder.until
        for key, basis in self._all_bases():
            if basis.instrument == HOUSE:
                continue
            instrument = self.law.get(basis.instrument)
            if instrument is None:
                yield key, f"không có văn bản law/{basis.instrument}.toml"
            elif instrument.in_force_to and instrument.in_force_to < self.process.version:
                yield key, f"{instrument} không có hiệu lực ngày {self.process.version:%d/%m/%Y}"
            elif until and instrument.in_force_from >= until:
                begins = f"{instrument.in_force_from:%d/%m/%Y}"
                yield key, f"{instrument} chỉ có hiệu lực từ {begins}, khi đã có phiên bản sau"
            elif not basis.article:
                yield key, "thiếu điều (article)"

    def _all_bases(self) -> Iterator[tuple[str, Basis]]:
        for step in self.process.steps.values():
            yield f"steps.{step.name}.basis", step.basis
            if step.deadline:
                yield f"steps.{step.name}.deadline.basis", step.deadline.basis
        for move in self.process.moves.values():
            yield f"moves.{move.name}.basis", move.basis
        for reminder in self.process.reminders:
            yield f"reminder.{reminder.name}.basis", reminder.basis
        for provision in self.process.provisions.values():
            yield f"provisions.{provision.name}.basis", provision.basis
        for sheet in self.process.sheets.values():
            yield f"criteria/{sheet.name}.basis", sheet.basis
        for paper in self.process.papers.values():
            yield f"papers/{paper.name}.basis", paper.basis

    def _ways(self) -> Iterator[tuple[str, str]]:
        """One start, an end, every step reachable, and from every step a way to an end."""
        steps, moves = self.process.steps, self.process.moves.values()
        if self.process.start not in steps:
            yield "start", f"không có bước «{self.process.start}»"
            return
        ends = {name for name, step in steps.items() if step.terminal}
        if not ends:
            yield "steps", "không có bước kết thúc (terminal)"
        ways = [(source, move.target) for move in moves if move.target for source in move.sources]
        for name in steps.keys() - _reach({self.process.start}, ways):
            yield f"steps.{name}", f"không có đường nào từ bước đầu «{self.process.start}» tới đây"
        for name in steps.keys() - _reach(ends, [(target, source) for source, target in ways]):
            yield f"steps.{name}", "từ đây không có đường nào tới bước kết thúc"


def _reach(found: set[str], ways: list[tuple[str, str]]) -> set[str]:
    reached, grown = set(found), True
    while grown:
        more = {target for source, target in ways if source in reached} - reached
        reached |= more
        grown = bool(more)
    return reached


def _unknown(key: str, kind: str, names: tuple[str, ...], known: Collection[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        if name not in known:
            yield key, f"không có {kind} «{name}»"


def _words(shelf: Path, law: Mapping[str, Instrument]) -> Iterator[Problem]:
    found, problems = read_words(shelf)
    yield from problems
    for group, words in found.items():
        for name, word in words.items():
            key = f"{group}.{name}"
            if word.basis.instrument not in (HOUSE, *law):
                yield Problem(WORDS_FILE, f"{key}.basis", f"không có văn bản law/{word.basis.instrument}.toml")
            for way in ("full", "partial"):
                if word.facts.get(way, "head") not in DECIDES:
                    yield Problem(WORDS_FILE, f"{key}.{way}", f"phải là một trong: {', '.join(DECIDES)}")


def _calendars(shelf: Path) -> Iterator[Problem]:
    for path in sorted((shelf / "calendar").glob("*.toml")):
        file = f"calendar/{path.name}"
        try:
            told = tomllib.loads(path.read_text(encoding="utf-8"))
            for kind in ("off", "working"):
                for row in told.get(kind, []):
                    if f"{row['on'].year}.toml" != path.name:
                        yield Problem(file, kind, f"ngày {row['on']} không thuộc năm của tệp")
        except tomllib.TOMLDecodeError as error:
            yield Problem(file, "", f"không đọc được TOML: {error}")
        except (KeyError, AttributeError, TypeError):
            yield Problem(file, "", "mỗi [[off]] và [[working]] cần một ngày: on = 2026-01-02")
