"""The ranking itself, on invented needs and titles: how good it is, that it explains itself, and what it survives."""

import json
import logging
import math
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from khue.language.text import fold
from khue.matching.rank import command
from khue.matching.rank.command import main
from khue.matching.ranking.corpus import NEAR_IN_MEANING, Corpus, restorer, sought
from khue.matching.ranking.counting import Counted, Wanted, counted
from khue.matching.ranking.deciding import weights
from khue.matching.ranking.meaning import SETTING, Meaning, WrongModel, meaning
from khue.matching.ranking.reading import understand
from khue.matching.ranking.record import Band, Item, Purpose
from khue.matching.ranking.thesaurus import load, thesaurus
from khue.matching.ranking.title import Part, parse
from khue.matching.ranking.words import read

INVENTED: dict[str, Any] = tomllib.loads((Path(__file__).parent / "invented.toml").read_text(encoding="utf-8"))
TITLES = list(dict.fromkeys([*(t for need in INVENTED["need"] for t in need["relevant"]), *INVENTED["others"]]))


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus([Item(str(place), title) for place, title in enumerate(TITLES)])


def test_helps_with_needs_told_in_plain_words(corpus: Corpus) -> None:
    assert _mean(corpus, str) > 0.82


def test_helps_nearly_as_well_without_accents(corpus: Corpus) -> None:
    assert _mean(corpus, fold) > _mean(corpus, str) - 0.03


@pytest.mark.parametrize("typed", [str, fold])
def test_candidates_are_counted_all_at_once_as_one_by_one(typed: Any) -> None:
    need, some = weights()["need"], TITLES[:40]
    titles = [understand(title) for title in some]
    summaries = [understand(title if place % 3 else "") for place, title in enumerate(reversed(some))]
    said = INVENTED["need"][0]["text"] + " Tại Hà Nội, " + TITLES[0]
    asked = [term for term, _weight in sought(typed(said), Purpose.NEED, (len, restorer(some)))]
    found = Wanted.of(asked).counted(titles, summaries, need)
    columns = {*found.terms}
    for row, of_record in enumerate(zip(titles, summaries, strict=True)):
        counts, length = counted(*of_record, need)
        assert found.lengths[row] == pytest.approx(length)
        wanted = {term: often for term, often in counts.items() if often and term in columns}
        assert dict(_some(found, row)) == pytest.approx(wanted)


def _some(found: Counted, row: int) -> Iterator[tuple[str, float]]:
    return ((term, often) for term, often in zip(found.terms, found.often[row], strict=True) if often)


def _mean(corpus: Corpus, typed: Any) -> float:
    needs = INVENTED["need"]
    return sum(_gain(corpus.rank(typed(need["text"]), Purpose.NEED, 10), need["relevant"]) for need in needs) / len(
        needs
    )


def _gain(ranked: list[Any], relevant: dict[str, int]) -> float:
    found = [relevant.get(TITLES[one.position], 0) for one in ranked]
    ideal = sorted(relevant.values(), reverse=True)[:10]
    return _discounted(found) / _discounted(ideal)


def _discounted(grades: list[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


@pytest.mark.parametrize("pair", INVENTED["pair"], ids=lambda pair: pair["b"][:40])
def test_tells_the_same_from_another_in_the_same_frame(pair: dict[str, Any]) -> None:
    items = [Item(str(place), title) for place, title in enumerate([*TITLES, *(p["b"] for p in INVENTED["pair"])])]
    place = next(item.id for item in items if item.title == pair["b"])
    found = {items[one.position].id: one for one in Corpus(items).rank(pair["a"], Purpose.DUPLICATE, len(items))}
    assert (found[place].band is Band.SAME) == (pair["label"] == 2), found[place]


def test_the_thesaurus_was_not_made_from_the_tests() -> None:
    needs = [" ".join(read(need["text"]).bare) for need in INVENTED["need"]]
    sayings = [" ".join(read(words).bare) for concept in thesaurus().concepts for words in concept.plain]
    long = [saying for saying in sayings if saying.count(" ") >= 3]
    assert not [saying for saying in long if any(saying in need for need in needs)]
    assert len(thesaurus().concepts) >= 400


def test_a_wrong_thesaurus_is_told_by_file_and_name(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[[concept]]\nname = "lúa"\nsame = "thóc"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.toml.*lúa"):
        load(tmp_path)
    (tmp_path / "a.toml").write_text('[[concept]]\nname = "lúa"\n[[concept]]\nname = "Lúa"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="đã có"):
        load(tmp_path)


def test_another_file_may_say_more_of_a_concept(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[[more]]\nname = "Lúa"\nplain = ["thửa ruộng"]\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.toml.*Lúa"):
        load(tmp_path)
    (tmp_path / "b.toml").write_text('[[concept]]\nname = "lúa"\nplain = ["cấy gặt"]\n', encoding="utf-8")
    assert [concept.plain for concept in load(tmp_path).concepts] == [("cấy gặt", "thửa ruộng")]


def test_two_words_for_one_wish_count_once() -> None:
    titles = ["Bảo tồn nguồn gen giống lúa nếp", "Nâng cao chất lượng giống gà ta"]
    found = Corpus([Item(str(place), title) for place, title in enumerate(titles)]).rank(
        "gà ta bị lai tạp, sắp mất giống, cần giữ giống gà", Purpose.NEED, 2
    )
    assert found[0].position == 1


def test_kinds_are_concepts_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        '[[concept]]\nname = "dịch bệnh"\nsame = ["dịch", "sốt rét"]\nkinds = ["muỗi", "cúm"]\n'
        '[[concept]]\nname = "sốt rét"\n[[concept]]\nname = "muối"\n',
        encoding="utf-8",
    )
    made = load(tmp_path)
    names = [concept.name for concept in made.concepts]
    assert sorted(names) == sorted(["dịch bệnh", "sốt rét", "muối", "muỗi", "cúm"])
    disease, salt = names.index("dịch bệnh"), names.index("muối")
    assert made.near[disease].keys() >= {names.index("sốt rét"), names.index("muỗi"), names.index("cúm")}
    assert salt not in made.near[disease]
    assert set(made.named(read("phòng bệnh sốt rét"))) == {names.index("sốt rét")}


def test_a_word_of_every_sentence_is_no_technology(corpus: Corpus) -> None:
    assert not any("trí tuệ" in reason for one in corpus.rank("bán cho ai", Purpose.NEED, 5) for reason in one.why)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("phan mêm quan ly thu vien", "phần mềm quản lý thư viện"),
        ("nuôi onng mậtt", "nuôi ong mật"),
        ("nươc mắn ít muối", "nước mắm ít muối"),
        ("dan ong chet hang loat", "đàn ong chết hàng loạt"),
    ],
)
def test_misspelt_and_bare_words_find_what_was_meant(corpus: Corpus, typed: str, meant: str) -> None:
    assert corpus.rank(typed, Purpose.NEED, 1)[0].position == corpus.rank(meant, Purpose.NEED, 1)[0].position


def test_the_same_work_told_in_other_words() -> None:
    told = "Biện pháp phòng trừ tổng hợp bệnh khô vằn hại ngô tại huyện Bảo Yên, tỉnh Lào Cai"
    others = [
        "Nghiên cứu quản lý bệnh khô vằn trên cây bắp ở Bảo Yên",
        "Biện pháp phòng trừ tổng hợp bệnh khô vằn hại ngô tại huyện Cư Jút, tỉnh Đắk Nông",
        "Biện pháp phòng trừ tổng hợp bệnh khô vằn hại lúa tại huyện Bảo Yên, tỉnh Lào Cai",
        "Biện pháp phòng trừ tổng hợp sâu đục thân hại ngô tại huyện Bảo Yên, tỉnh Lào Cai",
    ]
    corpus = Corpus([Item(str(place), title) for place, title in enumerate([*TITLES, *others])])
    bands = {one.position - len(TITLES): one.band for one in corpus.rank(told, Purpose.DUPLICATE, 20)}
    assert [bands[place] is Band.SAME for place in range(4)] == [True, False, False, False], bands


def test_one_place_in_two_spellings() -> None:
    assert parse(read("Trồng ca cao tại tỉnh Đắc Lắc")).places == parse(read("Trồng ca cao ở Đăklăk")).places
    assert parse(read("Chống xói lở ở tỉnh Bạc Liêu, Cà Mau")).places == {"bac lieu", "ca mau"}
    assert parse(read("Trồng sen tại Trường Chính trị")).places == frozenset()


def test_says_why(corpus: Corpus) -> None:
    best = corpus.rank("heo bị dịch tả", Purpose.NEED, 1)[0]
    assert any("heo" in reason and "lợn" in reason for reason in best.why), best.why
    items = [Item("1", "Nghiên cứu trồng nấm sò trên rơm tại tỉnh Nam Định")]
    reasons = Corpus(items).rank("Trồng nấm sò trên bã mía tại Hà Nam", Purpose.DUPLICATE, 1)[0].why
    assert any(reason.startswith("cùng đối tượng: trồng nấm sò") for reason in reasons)
    assert "khác nơi: Hà Nam / Nam Định" in reasons
    assert any("bã mía" in reason for reason in reasons)


@pytest.mark.parametrize(
    ("title", "not_meant"),
    [
        ("Ứng dụng công nghệ thông minh trong tiêu thụ", ("nghệ", "hồ tiêu", "thông")),
        ("Nhu cầu của người dân tỉnh Bến Tre, Lạng Sơn", ("cầu", "tre", "sơn")),
        ("Bảo tồn hang động tại Mẫu Sơn", ("sơn",)),
    ],
)
def test_a_part_of_another_word_names_nothing(title: str, not_meant: tuple[str, ...]) -> None:
    named = {thesaurus().concepts[number].name for number in understand(title).concepts}
    assert named.isdisjoint(not_meant), named
    assert "nghệ" in {thesaurus().concepts[n].name for n in understand("Trồng nghệ, tiêu và tre lấy măng").concepts}


def test_what_is_on_another_thing_helps_less() -> None:
    items = [Item("1", "Bảo tồn nguồn gen giống lúa nếp"), Item("2", "Bảo tồn nguồn gen giống vịt bầu")]
    for text in ("giữ giống vịt quê", "giu giong vit que"):
        best, other = Corpus(items).rank(text, Purpose.NEED, 2)
        assert (best.position, other.position) == (1, 0)
        assert best.score > 1.2 * other.score
    akin, apart = ("Giữ giống gà quê", "Giữ giống lúa quê")
    found = Corpus([Item("1", apart), Item("2", akin)]).rank("giữ giống vịt quê", Purpose.NEED, 2)
    assert [one.position for one in found] == [1, 0]


def test_abbreviations_are_spelt_out() -> None:
    assert read("Ứng dụng KH&CN, ĐMST").marked == read("ứng dụng khoa học công nghệ đổi mới sáng tạo").marked
    assert read("ĐMST").marked == read("đmst").marked == ("đổi", "mới", "sáng", "tạo")
    assert read("BẢO HỘ SHTT Ở AN GIANG").marked == read("bảo hộ sở hữu trí tuệ ở an giang").marked
    assert read("chuong trinh ocop va shtt").bare[-4:] == ("so", "huu", "tri", "tue")


def test_spellings_and_unicode_forms_are_one() -> None:
    assert read("kĩ thuật nuôi cá quí, Uỷ ban").marked == read("kỹ thuật nuôi cá quý, Ủy ban").marked
    assert read("ho\u0300a").marked == read("hòa").marked == read("hoà").marked


def test_parts_of_a_title() -> None:
    said = read(
        "Nghiên cứu chế tạo máy bóc vỏ sen bằng khí nén phục vụ xuất khẩu tại huyện Kim Bảng, tỉnh Hà Nam năm 2020"
    )
    title = parse(said)
    parts = dict(zip(said.marked, title.parts, strict=True))
    assert parts["nghiên"] is Part.FRAME
    assert parts["sen"] is Part.OBJECT
    assert parts["nén"] is Part.TECHNOLOGY
    assert parts["khẩu"] is Part.AIM
    assert parts["2020"] is Part.TIME
    assert title.places == {"kim bang", "ha nam"}


@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "🙂🙂",
        "và của các",
        "nước",
        "nghiên cứu ứng dụng",
        "日本語",
        "water pollution",
        "ả" * 20_000,
        "cà phê " * 3000,
    ],
)
def test_odd_texts(corpus: Corpus, text: str, purpose: Purpose) -> None:
    ranked = corpus.rank(text, purpose, 5)
    assert len(ranked) <= 5
    assert all(0 <= one.score <= 1 for one in ranked)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_small_and_empty_corpora(purpose: Purpose) -> None:
    assert Corpus([]).rank("nước thải", purpose, 5) == []
    assert len(Corpus([Item("1", "Xử lý nước thải"), Item("2", "")]).rank("nước thải", purpose, 5)) == 1


def toy(texts: list[str]) -> list[list[float]]:
    """A model that knows one thing: a thunderbolt and a flash in the sky are the same."""
    return [[1.0, 0.0] if "sét" in text or "chớp" in text else [0.0, 1.0] for text in texts]


@pytest.fixture
def sentences(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    meaning.cache_clear()
    yield monkeypatch
    meaning.cache_clear()


def test_a_site_may_plug_in_a_model_of_sentences(sentences: pytest.MonkeyPatch) -> None:
    items = [Item("1", "Cột thu sét giá rẻ"), Item("2", "Trồng nấm sò trên rơm")]
    assert Corpus(items).rank("trời chớp", Purpose.NEED, 5) == []
    meaning.cache_clear()
    sentences.setenv(SETTING, f"{__name__}:toy")
    found = Corpus(items).rank("trời chớp", Purpose.NEED, 5)
    assert [one.position for one in found] == [0]
    assert found[0].why == [NEAR_IN_MEANING]
    by_words = Corpus(items).rank("trồng nấm", Purpose.NEED, 5)
    assert (by_words[0].position, NEAR_IN_MEANING in by_words[0].why) == (1, False)


def test_a_wrong_model_is_told(
    tmp_path: Path, sentences: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sentences.setenv(SETTING, "khong.co:gi")
    wanted = _files(tmp_path, '{"id": "a", "title": "Trồng sen"}', '{"id": "q", "text": "sen"}')
    assert main([*wanted, "--for", "need"]) == 1
    assert "khong.co:gi" in capsys.readouterr().err
    with pytest.raises(WrongModel, match="một hàng"):
        Meaning(lambda _texts: np.zeros(3)).alike("a", ["b"])


def _files(folder: Path, corpus: str, queries: str) -> list[str]:
    (folder / "c.jsonl").write_text(corpus, encoding="utf-8")
    (folder / "q.jsonl").write_text(queries, encoding="utf-8")
    return ["--corpus", str(folder / "c.jsonl"), "--queries", str(folder / "q.jsonl")]


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = '{"id": "a", "title": "Xử lý nước thải làng nghề"}\n\n{"id": 7, "title": "Trồng sen", "year": null}\n'
    wanted = _files(tmp_path, corpus, '{"id": "q", "text": "nuoc thai"}\n')
    assert main([*wanted, "--for", "need", "--top", "1"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["query"] == "q"
    assert [one["id"] for one in answer["results"]] == ["a"]
    assert answer["results"][0].keys() == {"id", "score", "band", "why"}


@pytest.mark.parametrize("purpose", list(Purpose))
def test_command_answers_from_a_great_corpus_as_from_a_small_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, purpose: Purpose
) -> None:
    rows = "\n\n".join(json.dumps({"id": place, "title": title, "host": "Sở"}) for place, title in enumerate(TITLES))
    wanted = [*_files(tmp_path, rows, json.dumps({"id": "q", "text": TITLES[0]})), "--for", purpose]
    assert main([*wanted, "--top", "1"]) == 0
    small = json.loads(capsys.readouterr().out)["results"]
    monkeypatch.setattr(command, "MANY", 5)
    log, closed = logging.NullHandler(), list[bool]()
    monkeypatch.setattr(log, "close", lambda: closed.append(True))
    assert main([*wanted, "--top", "1"]) == 0
    assert not closed, "whoever calls it keeps its log"
    great = json.loads(capsys.readouterr().out)["results"]
    assert [(one["id"], one["band"]) for one in great] == [(one["id"], one["band"]) for one in small]
    assert great[0]["score"] == pytest.approx(small[0]["score"], abs=0.1)
    (tmp_path / "c.jsonl").write_text(rows + "\n{", encoding="utf-8")
    assert main(wanted) == 1
    assert f"dòng {2 * len(TITLES)}: không phải JSON" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("corpus", "says"),
    [("{", "dòng 1: không phải JSON"), ("[]", "phải là một đối tượng"), ('{"id": "a"}', "thiếu “title”")],
)
def test_command_says_which_line_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], corpus: str, says: str
) -> None:
    assert main([*_files(tmp_path, corpus, '{"id": "q", "text": "a"}'), "--for", "need"]) == 1
    assert says in capsys.readouterr().err


def test_command_used_wrongly(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--for", "all"]) == 2
    assert "Cách dùng" in capsys.readouterr().err
