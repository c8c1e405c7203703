"""Orders that no rule hears, found by learned weights; whom they charge is read by the grammar."""

import json
from pathlib import Path

import pytest

from khue.language.directives.model import Directive
from khue.language.directives.unheard import LIKELY
from khue.language.extract import extract, reader_of
from khue.language.source import SourceText
from khue.language.structure import read
from khue.language.training import examples, main

HEAD = "Chiều 12/5, Chủ tịch UBND tỉnh Lê Văn Nam chủ trì cuộc họp về phòng, chống thiên tai. "
ORDER = "Chủ tịch UBND tỉnh yêu cầu Sở Xây dựng rà soát các công trình xuống cấp. "
UNHEARD = "Đặc biệt là công tác thông tin, tuyên truyền tiếp tục được quan tâm thực hiện"


def directives(words: str) -> tuple[Directive, ...]:
    return extract(SourceText(words, (), "txt")).directives


def test_what_no_rule_hears_is_found_and_goes_to_those_charged_before() -> None:
    given = directives(f"{HEAD}{ORDER}{UNHEARD}.")
    assert [one.text for one in given][1:] == [UNHEARD]
    assert [who.name for who in given[1].assignees] == ["Sở Xây dựng"]
    page = read(SourceText(f"{HEAD}{ORDER}{UNHEARD}.", (), "txt"))
    reader, body = reader_of(page)
    reader.follow(body)
    assert UNHEARD not in [one.text for one in reader.directives]
    assert given[1].confidence >= LIKELY


@pytest.mark.parametrize(
    "words",
    [
        "Công tác thông tin, tuyên truyền có tiếp tục được quan tâm thực hiện không?",
        "Các sở, ban, ngành tỉnh, UBND các xã.",
        "Lãnh đạo các huyện cũng đưa ra nhiều giải pháp về đất đai.",
        "Tỉnh đã giải ngân 65% vốn, cao hơn cùng kỳ năm trước.",
    ],
)
def test_questions_bare_names_and_what_was_done_are_no_orders(words: str) -> None:
    assert len(directives(f"{HEAD}{ORDER}{words}")) == 1


def test_what_the_rules_read_is_left_alone() -> None:
    reader, body = reader_of(read(SourceText(f"{HEAD}{ORDER}{UNHEARD}.", (), "txt")))
    reader.follow(body)
    first = reader.directives[0]
    judged = reader.unheard.judged(reader.sentences, reader.given)
    assert all(
        not (span[0] < first.end and first.start < span[1])
        for span, _ in reader.unheard.orders(judged, reader.directives)
    )


def test_no_name_of_a_person_is_a_sign() -> None:
    reader, body = reader_of(read(SourceText(f"{HEAD}{ORDER}", (), "txt")))
    reader.follow(body)
    signs = {sign for clause in reader.unheard.clauses(reader.sentences, reader.given) for sign in clause.signs}
    assert not [sign for sign in signs if {"lê", "văn", "nam"} & set(sign.partition(":")[2].split())]


def test_a_folder_is_learned_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = f"{HEAD}{ORDER}{UNHEARD}."
    told = {
        "directives": [
            {"start": words.index(part), "end": words.index(part) + len(part)} for part in (ORDER.strip(), UNHEARD)
        ]
    }
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(words, "utf-8")
        (tmp_path / f"{number}.json").write_text(json.dumps(told), "utf-8")
    assert sum(found for _, found in examples(tmp_path, "unheard")) == 8
    main("unheard", [str(tmp_path)])
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("word:truyền\t") for line in lines)
    assert lines == sorted(lines)
