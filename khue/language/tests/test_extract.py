# ruff: noqa: E501  (sentences are read whole)
"""What must hold for every text: exact offsets, one result for all forms of a text, no crash, time in proportion."""

import cProfile
import json
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khue.language.extract import Extraction, extract
from khue.language.measure import load, measure
from khue.language.source import SourceText
from khue.language.text import nfc

CORPUS = Path(__file__).parent / "corpus"
TEXTS = [text for _, text, _ in load(CORPUS)]
WORDS = st.sampled_from(
    ["Sở", "UBND", "tỉnh", "các", "yêu", "cầu", "giao", "đề", "nghị", "chủ", "trì,", "phối", "hợp", "với", "rà", "soát;", "xây", "dựng:", "cần", "phải", "trước", "ngày", "30/6/2025", "hằng", "quý\n", "", "", "", "khó", "khăn", "chưa", "số", "07-CTr/TU", "Hà", "Nội", "đồng", "chí", "Nguyễn", "Văn", "An", "(như", "“nhiệm", "vụ”", '")', ".", "\n", "\n\n", "1.", "a)", "-", "+", "I.", "Điều", "3.", "|", "\t", "và", "…", "./."]
)  # fmt: skip


def read(text: str) -> Extraction:
    return extract(SourceText(text, (), "txt"))


def test_the_invented_corpus_is_read_well() -> None:
    scores = measure(load(CORPUS))
    assert scores.citations.f1 >= 0.98
    assert scores.directives.f1 >= 0.95
    assert scores.leads.share >= 0.95
    assert scores.deadlines.share >= 0.95
    assert scores.petitions.f1 >= 0.9


@pytest.mark.parametrize("text", TEXTS, ids=[str(i) for i in range(len(TEXTS))])
def test_every_offset_cuts_out_its_text(text: str) -> None:
    found = read(text).as_json()
    for kind in ("citations", "directives", "petitions", "places"):
        for one in found[kind]:
            assert text[one["start"] : one["end"]] == one["text"]
    for directive in found["directives"]:
        assert directive["due"] is None or directive["due"]["text"] in text
        assert 0 < directive["confidence"] <= 1


@pytest.mark.parametrize("text", TEXTS, ids=[str(i) for i in range(len(TEXTS))])
def test_unicode_form_and_tone_marks_change_nothing(text: str) -> None:
    composed = read(text).as_json()
    assert read(nfc(unicodedata.normalize("NFD", text))).as_json() == composed
    old = read(text.replace("Ủy", "Uỷ").replace("ủy", "uỷ").replace("hóa", "hoá")).as_json()
    assert [(d["start"], d["end"], d["assignees"]) for d in old["directives"]] == [
        (d["start"], d["end"], d["assignees"]) for d in composed["directives"]
    ]


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_no_text_makes_it_fail(words: str) -> None:
    text = nfc(words)
    found = read(text)
    told = found.as_json()
    kinds = ("directives", "petitions", "citations", "places")
    spans = [(one["start"], one["end"], one["text"]) for kind in kinds for one in told[kind]]
    for start, end, passage in spans:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == passage


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_no_nonsense_makes_it_fail(text: str) -> None:
    json.dumps(read(nfc(text)).as_json())


@pytest.mark.parametrize(
    "unit",
    [
        "Sở Y tế, ",
        "yêu cầu ",
        "trước ngày 3/4 ",
        "12/QĐ-",
        "( ",
        "a; ",
        "phối hợp với ",
        "Hà ",
        "- x\n",
        "\n",
        "nếu có, ",
        "Cử tri xã An kiến nghị ",
        "giao Sở A rà soát, đồng thời ",
    ],
)
def test_time_grows_with_the_length(unit: str) -> None:
    read(TEXTS[0])
    begun = time.process_time()
    read("Chủ tịch UBND tỉnh yêu cầu Sở Y tế rà soát. " + unit * (60_000 // len(unit)))
    assert time.process_time() - begun < 3


def test_a_document_without_directive_says_so() -> None:
    assert "Không tìm thấy nội dung chỉ đạo nào trong văn bản." in read("Hôm nay trời đẹp.").warnings


def test_gold_of_real_documents_where_they_are_here() -> None:
    folder = next(
        (p / "shared/data/directives" for p in Path(__file__).parents if (p / "shared/data/directives").is_dir()), None
    )
    if folder is None:
        pytest.skip("real annotated documents are not on this machine")
    scores = measure(load(folder)).as_json()
    limits = {
        "citations_f1": 0.98,
        "directives_f1": 0.85,
        "lead_right": 0.9,
        "deadline_right": 0.9,
        "petitions_f1": 0.75,
    }
    assert {name: scores[name] >= limit for name, limit in limits.items()} == dict.fromkeys(limits, True)


SAID = (
    "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính báo cáo UBND Thành phố trước ngày 30/6/2025.",
    "Sở Công Thương kiến nghị Thành phố hỗ trợ kinh phí 5 tỷ đồng vì khó khăn.",
    "Căn cứ Quyết định số 12/2024/QĐ-UBND ngày 3/4/2024, các đơn vị khẩn trương rà soát.",
    "Ông Nguyễn Văn A, Giám đốc Sở Nội vụ cho biết đã hoàn thành nhiệm vụ.",
    "Phó Chủ tịch yêu cầu Sở, Ban Quản lý, địa phương, tỉnh, xã báo cáo.",
)


def test_no_sentence_goes_through_all_that_was_read_before() -> None:
    def calls(times: int) -> int:
        profile = cProfile.Profile()
        profile.runcall(read, "\n".join(SAID * times))
        return sum(entry.callcount for entry in profile.getstats())

    read("\n".join(SAID))
    assert calls(120) < 4.2 * calls(30)
