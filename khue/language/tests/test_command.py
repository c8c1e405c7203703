import json
from pathlib import Path

import pytest

from khue.language.command import main

TEXT = "Chủ tịch UBND tỉnh yêu cầu Sở Y tế rà soát quy trình trong tháng này.\n"


def test_one_json_object_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path in paths:
        path.write_text(TEXT, "utf-8")
    assert main(["--on", "2024-05-02", "--with-text", *map(str, paths)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["source"] for line in lines] == ["a.txt", "b.txt"]
    assert lines[0]["text"] == TEXT
    assert lines[0]["directives"][0]["due"] == {"text": "trong tháng này", "from": "2024-05-01", "to": "2024-05-31"}
    assert set(lines[0]) == {"source", "document", "citations", "directives", "petitions", "places", "warnings", "text"}


def test_a_text_without_a_date_says_which_option_gives_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    assert main([str(path)]) == 0
    assert "Dùng --on" in json.loads(capsys.readouterr().out)["warnings"][0]


def test_a_missing_file_is_refused_in_plain_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.txt")]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "none.txt" in told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize("arguments", [[], ["--on", "30/6", "a.txt"], ["--nothing"]])
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "Cách dùng" in capsys.readouterr().err
