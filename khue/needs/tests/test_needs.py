"""Writing, sending and answering needs."""

from collections.abc import Iterator
from datetime import date
from unicodedata import normalize

import pytest
from django.core.files.base import ContentFile

from khue.core.clock import at
from khue.core.refusals import Refused
from khue.directory.models import Unit
from khue.documents.tests.city import person
from khue.files.models import File
from khue.flow.actions import move
from khue.flow.desk import waiting_for
from khue.journal.timeline import timeline
from khue.language.text import headline
from khue.matching.models import Entry, Feedback
from khue.matching.search import similar
from khue.matching.sources import ByKeys
from khue.needs.actions import intake, writing
from khue.needs.actions.writing import Words
from khue.needs.models import Need
from khue.needs.need_standing import records
from khue.needs.rules.elsewhere import asked_elsewhere
from khue.needs.rules.need_records import is_merged
from khue.needs.rules.needs import found_by, visible_to
from khue.needs.rules.set_aside import find
from khue.needs.tests.city import DAY, PHONES, SALT, City, sent
from khue.notices.models import Notice

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000"
    "000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with at(DAY):
        yield


def refused(code: str, what: object, *args: object, **kwargs: object) -> str:
    """The sentence of a refusal with this code."""
    assert callable(what)
    with pytest.raises(Refused) as caught:
        what(*args, **kwargs)
    assert caught.value.refusal.code == code
    return caught.value.refusal.sentence


def test_a_draft_knows_what_is_known_and_is_used_again(city: City) -> None:
    draft = writing.begin(by=city.ward)
    assert (draft.unit, draft.author_name, draft.contact) == (city.lang, "Phạm Ngọc Mai", city.ward.email)
    assert list(draft.places.all()) == [city.lang.place]
    assert writing.begin(by=city.ward).pk == draft.pk
    writing.save(draft, Words(problem="Đang viết"), by=city.ward)
    assert writing.begin(by=city.ward).pk != draft.pk
    refused("need.may-not-write", writing.begin, by=city.auditor)
    refused("need.not-for-this-unit", writing.begin, by=city.ward, unit=city.dong)


def test_a_draft_is_kept_as_it_is_and_sent_only_when_whole(city: City) -> None:
    draft = writing.begin(by=city.ward)
    writing.save(draft, Words(problem="Ngắn"), by=city.ward, places=[])
    sentence = refused("need.incomplete", writing.send, draft, by=city.ward)
    assert "phường" in sentence
    assert "ai chịu thiệt" in sentence
    refused("need.not-yours", writing.save, draft, Words(problem="Của tôi"), by=city.other)
    assert Need.objects.get(pk=draft.pk).problem == "Ngắn"
    both = [place.pk for place in (city.lang.place, city.dong.place) if place is not None]
    apart = Words(problem=normalize("NFD", SALT), affected="600 hộ")
    draft = writing.save(draft, apart, by=city.ward, places=both)
    assert draft.problem == SALT, "however its letters were put together"
    done = writing.send(draft, by=city.ward)
    assert done.title == "Nước tưới vùng rau ven sông bị nhiễm mặn vào mùa khô"
    assert done.code == "VĐ-2026-0001"
    assert done.livelihood, "salt water touches how people live"
    assert done.field == "agricultural"
    refused("need.sent", writing.send, done, by=city.ward)
    refused("need.sent", writing.save, done, Words(problem="Khác"), by=city.ward)


def test_numbers_follow_each_other_and_begin_anew_each_year(city: City) -> None:
    assert [sent(city.ward).number, sent(city.other, PHONES).number] == [1, 2]
    with at(date(2027, 1, 4)):
        assert sent(city.ward, PHONES).code == "VĐ-2027-0001"


def test_a_title_is_the_first_sentence_cut_between_words() -> None:
    assert headline("Thiếu nước. Dân khổ.") == "Thiếu nước"
    long = headline("một hai ba " * 40)
    assert len(long) <= 141
    assert long.endswith("…")


def test_photos_belong_to_the_draft_until_it_is_sent(city: City) -> None:
    draft = writing.begin(by=city.ward, words=Words(problem=SALT, affected="600 hộ"))
    photos = writing.add_photos(draft, [ContentFile(PIXEL, "ruong.png"), ContentFile(PIXEL, "b.png")], by=city.ward)
    writing.remove_photo(draft, photos[1], by=city.ward)
    writing.send(draft, by=city.ward)
    assert File.objects.filter(dossier_kind="need", removed_at=None).count() == 1
    refused("need.sent", writing.remove_photo, draft, photos[0], by=city.ward)
    with pytest.raises(Refused):
        writing.add_photos(writing.begin(by=city.ward), [ContentFile(b"MZ\x90", "a.exe")], by=city.ward)


def test_who_sees_what(city: City) -> None:
    draft = writing.begin(by=city.ward, words=Words(problem=PHONES))
    need = sent(city.ward)
    assert set(visible_to(city.ward)) == {draft, need}
    for sees in (city.colleague, city.officer, city.head, city.leader, city.auditor):
        assert set(visible_to(sees)) == {need}, sees
    for blind in (city.other, city.expert):
        assert not visible_to(blind).exists(), blind
    assert not find(city.officer, "nhiem man", 5), "what was sent is the index's to find"
    assert [hit.url for hit in find(city.ward, "cao tuoi", 5)] == [draft.get_absolute_url()]
    assert not find(city.officer, "cao tuoi", 5)
    assert [match.pk for match in similar(city.officer, "ruộng rau nhiễm mặn", kinds=["need"])] == [need.pk]
    assert not similar(city.other, "ruộng rau nhiễm mặn", kinds=["need"])


def test_asked_back_and_replied(city: City) -> None:
    need = sent(city.ward)
    assert [row.case.dossier for row in waiting_for(city.officer)] == [need.dossier]
    need = intake.ask_back(need, "Từ năm nào?", by=city.officer)
    assert need.state == "asked-back"
    assert Notice.objects.filter(user=city.ward, dossier=need.dossier).exists()
    refused("flow.not-yours", intake.reply, need, "Không biết", by=city.other)
    need = intake.reply(need, "Từ 2024.", by=city.ward)
    question = need.questions.get()
    assert (question.text, question.answer, question.answered_by) == ("Từ năm nào?", "Từ 2024.", city.ward)
    assert need.state == "in-review"


def test_every_answer_has_reasons_its_author_reads(city: City) -> None:
    doctor = person("Ngô Thị Thu", "officer", city.health)
    need = intake.take_up(sent(city.ward), by=city.officer)
    assert not visible_to(doctor).exists()
    refused("flow.comment-missing", intake.answer, need, "declined", " ", by=city.officer)
    refused("need.solved-by-what", intake.answer, need, "solved", "Có rồi.", by=city.officer)
    refused("need.passed-to-whom", intake.answer, need, "passed", "Chuyển.", by=city.officer)
    refused("flow.not-yours", intake.answer, need, "declined", "Tự trả lời.", by=city.ward)
    refused("need.passed-to-itself", intake.answer, need, "passed", "Về Sở.", by=city.officer, passed_to=city.science)
    refused("need.solved-by-itself", intake.answer, need, "solved", "Có.", by=city.officer, solved_by=need.dossier)
    done = intake.answer(need, "passed", "Thuộc ngành y tế.", by=city.officer, passed_to=city.health)
    answer = done.answers.get()
    assert (answer.kind, answer.passed_to, answer.reasons) == ("passed", city.health, "Thuộc ngành y tế.")
    assert (done.state, done.closed_on) == ("answered", DAY)
    assert visible_to(doctor).get() == done, "the authority reads what was passed to it"
    assert Notice.objects.filter(user=doctor, key__contains="passed").exists()
    assert f"unit:{city.health.pk}" in (Entry.objects.get(kind="need", record=done.pk).keys or ())
    assert Notice.objects.filter(user=city.ward, dossier=need.dossier, body="Thuộc ngành y tế.").exists()
    refused("flow.closed", intake.answer, done, "declined", "Nữa.", by=city.officer)


def test_merging_keeps_both_and_tells_both_authors(city: City) -> None:
    first, second = sent(city.ward), sent(city.other, SALT + " Cũng ở đây.")
    refused("need.merge-itself", intake.merge, first, first, "Trùng.", by=city.officer)
    second = intake.merge(second, first, "Cùng một vấn đề.", by=city.officer)
    assert (second.state, second.merged_into, second.author) == ("merged", first, city.other)
    assert second.answers.get().kind == "merged"
    assert Feedback.objects.get(pk_a=first.pk, pk_b=second.pk).verdict == "same", "matching learns from it"
    assert set(visible_to(city.other)) == {first, second}, "who was merged follows the one that goes on"
    seen = found_by(city.other)
    assert isinstance(seen, ByKeys)
    opened = {one.pk for one in records(None) if not seen.keys.isdisjoint(one.keys)}
    assert opened == {first.pk, second.pk}
    assert f"user:{city.other.pk}" in (Entry.objects.get(kind="need", record=first.pk).keys or ()), "search was told"
    assert any(second.code in str(entry.sentence) for entry in timeline(first.dossier))
    assert Notice.objects.filter(user=city.ward, dossier=first.dossier, key__contains="took-up").exists()
    assert Notice.objects.filter(user=city.other, dossier=second.dossier).exists()
    refused("need.merge-closed", intake.merge, first, second, "Vòng tròn.", by=city.officer)
    intake.answer(first, "declined", "Chưa bố trí được.", by=city.officer)
    assert Notice.objects.filter(user=city.other, key__contains="answered-with").exists()


def test_what_was_merged_goes_along_and_is_never_left_without_an_answer(city: City) -> None:
    first, second, third = sent(city.other), sent(city.ward, SALT + " Ở đây nữa."), sent(city.ward, SALT + " Cả xã.")
    intake.merge(first, second, "Cùng một vấn đề.", by=city.officer)
    sentence = refused("need.carries-others", intake.withdraw, second, "Thôi.", by=city.ward)
    assert first.code in sentence
    intake.merge(second, third, "Gộp tiếp.", by=city.officer)
    first.refresh_from_db()
    assert first.merged_into == third, "its author follows the one that is answered"
    assert set(visible_to(city.other)) == {first, third}
    assert Notice.objects.filter(user=city.other, key=f"need:{first.pk}:along:{third.pk}").exists()
    assert any(second.code in str(entry.sentence) for entry in timeline(first.dossier))
    assert is_merged(first.pk, second.pk), "what was said of the pair is not taken back"
    intake.answer(third, "declined", "Chưa bố trí được.", by=city.officer)
    assert Notice.objects.filter(user=city.other, key__contains="answered-with").exists()


def test_a_draft_with_a_photo_or_a_word_is_not_used_for_another_need(city: City) -> None:
    empty = writing.begin(by=city.ward)
    assert writing.begin(by=city.ward) == empty
    writing.add_photos(empty, [ContentFile(PIXEL, "ruong.png")], by=city.ward)
    said = writing.begin(by=city.ward)
    assert said != empty
    writing.save(said, Words(affected="600 hộ"), by=city.ward)
    assert writing.begin(by=city.ward) not in {empty, said}


def test_while_one_writes_bodies_are_told_who_else_asked(city: City) -> None:
    draft = writing.begin(by=city.ward)
    there = sent(city.other)
    told = asked_elsewhere(city.ward, "nuoc tuoi rau bi nhiem man mua kho", writing=draft)
    assert [(one.need, bool(one.why)) for one in told] == [(there, True)]
    assert not asked_elsewhere(city.ward, "sửa chữa cầu đường nông thôn", writing=draft)
    assert not asked_elsewhere(city.officer, SALT, writing=draft), "who sees all finds it among what could help"
    Unit.objects.filter(pk=city.dong.pk).update(kind="enterprise")
    assert not asked_elsewhere(city.ward, SALT, writing=draft), "what an enterprise wrote is its own"


def test_moves_of_the_engine_keep_the_columns_too(city: City) -> None:
    need = sent(city.ward)
    assert need.case is not None
    move(need.case, "answer", by=city.officer, comment="Không thuộc.", data={"kind": "declined"})
    need.refresh_from_db()
    assert (need.state, need.answers.count()) == ("answered", 1)
    with pytest.raises(Refused):
        move(sent(city.ward, PHONES).case, "merge", by=city.officer, comment="x", data={"into": "need:999999"})  # type: ignore[arg-type]


def test_withdrawn_needs_are_not_found_any_more(city: City) -> None:
    need = intake.withdraw(sent(city.ward), "Đã tự giải quyết.", by=city.ward)
    assert need.state == "withdrawn"
    assert not similar(city.officer, SALT, kinds=["need"])


def test_bulk_is_all_or_none(city: City) -> None:
    needs = [sent(city.ward), sent(city.other, PHONES)]
    assert len(intake.take_up_many(needs, by=city.officer)) == 2
    closed = intake.answer(needs[0], "declined", "Chưa.", by=city.officer)
    refused("flow.closed", intake.answer_many, [needs[1], closed], "declined", "Chưa.", by=city.officer)
    assert Need.objects.get(pk=needs[1].pk).state == "in-review"


def test_an_officer_corrects_how_it_is_classed(city: City) -> None:
    need = intake.mark(sent(city.ward, PHONES), by=city.officer, urgency="urgent", livelihood=True, field="digital")
    assert (need.urgency, need.livelihood, need.field) == ("urgent", True, "digital")
    refused("need.not-yours-to-class", intake.mark, need, by=city.ward, urgency="normal")
    refused("need.field-unknown", intake.mark, need, by=city.officer, field="magic")
