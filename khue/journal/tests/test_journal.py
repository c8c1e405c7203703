"""The journal: only ever longer, chained, told in sentences; every tampering is found."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy

from khue.core import clock
from khue.core.actors import CALENDAR, IMPORTER
from khue.core.refusals import Refused
from khue.journal import sentences
from khue.journal.actions import record
from khue.journal.chain import ENDS, Break, compare, digest_of, ends_told, verify
from khue.journal.models import End, Entry
from khue.journal.timeline import timeline

pytestmark = pytest.mark.django_db


def write(dossier: str = "t:1", count: int = 3) -> list[Entry]:
    return [record(dossier, "test.done", by=CALENDAR, number=number) for number in range(1, count + 1)]


@pytest.mark.parametrize(
    "tamper",
    [
        lambda: Entry.objects.update(verb="x"),
        lambda: Entry.objects.all().delete(),
        lambda: connection.cursor().execute("TRUNCATE journal_entry"),
    ],
    ids=["update", "delete", "truncate"],
)
def test_the_database_lets_nobody_rewrite_it(tamper: Callable[[], object]) -> None:
    write()
    with pytest.raises(DatabaseError, match=r"[Cc]annot"), transaction.atomic():
        tamper()
    assert Entry.objects.count() == 3


def test_entries_of_a_dossier_are_numbered_and_chained() -> None:
    first, second, _ = write()
    write("t:2", 1)
    assert [first.sequence, second.sequence] == [1, 2]
    assert (first.previous, second.previous) == ("", first.digest)
    assert verify().entries == 4
    assert (verify().dossiers, verify().broken) == (2, None)


def test_digests_hold_after_a_round_trip_through_the_database() -> None:
    with clock.at(date(2025, 6, 1)):
        record(
            "t:3", "test.facts", by=IMPORTER, text="Đã “xong”\x00", day=date(2025, 1, 31), flag=True, none=None,
            money=10**17, rate=0.1, dear=Decimal("1.50"), nested={"b": [1, {"a": ["x"]}]}, when=clock.now(),
        )  # fmt: skip
    entry = Entry.objects.get(dossier="t:3")
    assert entry.digest == digest_of(entry)
    assert entry.at == datetime(2025, 6, 1, 2, tzinfo=UTC)
    assert (entry.facts["day"], entry.facts["rate"], entry.facts["dear"]) == ("2025-01-31", "0.1", "1.50")


def test_what_cannot_be_kept_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        record("t:4", "test.done", by=CALENDAR, thing=object())


def break_it(sql: str) -> Break | None:
    write("t:0", 1)
    write()
    write("t:9", 2)
    with pgtrigger.ignore("journal.Entry:append_only"):
        connection.cursor().execute(sql)
    return verify().broken


@pytest.mark.parametrize(
    ("sql", "sequence", "what"),
    [
        ("UPDATE journal_entry SET facts = '{\"number\": 7}' WHERE dossier = 't:1' AND sequence = 2", 2, "changed"),
        ("UPDATE journal_entry SET actor_name = 'X' WHERE dossier = 't:1' AND sequence = 3", 3, "changed"),
        ("UPDATE journal_entry SET at = at - interval '1 day' WHERE dossier = 't:1' AND sequence = 1", 1, "changed"),
        ("DELETE FROM journal_entry WHERE dossier = 't:1' AND sequence = 2", 2, "missing"),
        ("DELETE FROM journal_entry WHERE dossier = 't:1' AND sequence = 1", 1, "missing"),
        ("UPDATE journal_entry SET previous = repeat('0', 64) WHERE dossier = 't:1' AND sequence = 2", 2, "cut"),
        ("UPDATE journal_entry SET digest = repeat('0', 64) WHERE dossier = 't:1' AND sequence = 2", 2, "changed"),
    ],
)
def test_tampering_is_found_where_it_was_done(sql: str, sequence: int, what: str) -> None:
    assert break_it(sql) == Break("t:1", sequence, what)


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("dossier = 't:1' AND sequence = 3", Break("t:1", 3, "missing", 3)),
        ("dossier = 't:1' AND sequence > 1", Break("t:1", 2, "gone", 3)),
        ("dossier = 't:1'", Break("t:1", 1, "gone", 3)),
        ("dossier = 't:0'", Break("t:0", 1, "missing", 1)),
    ],
    ids=["last", "end", "dossier", "only one"],
)
def test_a_removed_end_is_found_and_stays_found_when_the_chain_goes_on(where: str, found: Break) -> None:
    assert break_it(f"DELETE FROM journal_entry WHERE {where}") == found  # noqa: S608
    write(found.dossier, 2)
    assert verify().broken == Break(found.dossier, found.sequence, "missing")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal_end SET sequence = 2 WHERE dossier = 't:1'",
        "DELETE FROM journal_end WHERE dossier = 't:1'",
        "INSERT INTO journal_end VALUES ('t:7', 1, 'x')",
        "TRUNCATE journal_end",
    ],
)
def test_the_database_lets_nobody_say_how_a_chain_ends(sql: str) -> None:
    write()
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    with pgtrigger.ignore("journal.End:by_entries_alone", "journal.End:never_emptied"), connection.cursor() as cursor:
        cursor.execute(sql)
    assert verify().broken is not None


@pytest.mark.parametrize(("sequence", "previous"), [(3, ""), (5, ""), (4, "0" * 64)])
def test_the_database_takes_only_the_next_entry_of_a_chain(sequence: int, previous: str) -> None:
    last = write()[-1]
    with pgtrigger.ignore("journal.Entry:append_only"):
        Entry.objects.filter(pk=last.pk).delete()
    entry = Entry(dossier="t:1", sequence=sequence, previous=previous, at=clock.now(), actor_name="X", verb="x")
    with pytest.raises(DatabaseError, match="does not follow"), transaction.atomic():
        entry.save()


def test_chains_may_grow_but_not_change_since_they_were_told_elsewhere(tmp_path: Path) -> None:
    write(count=3)
    write("t:2", 2)
    write("t:3", 1)
    with connection.cursor() as cursor:
        (tmp_path / ENDS).write_text("".join(ends_told(cursor.connection)))
    write(count=1)
    assert compare(tmp_path / ENDS) == ()
    with pgtrigger.ignore("journal.Entry:append_only", "journal.End:by_entries_alone"):
        Entry.objects.exclude(dossier="t:2").delete()
        End.objects.exclude(dossier="t:2").delete()
        Entry.objects.filter(dossier="t:2", sequence=2).update(digest="0" * 64)
        End.objects.update(digest="0" * 64)
    write("t:3", 2)
    assert compare(tmp_path / ENDS) == (
        Break("t:1", 1, "gone", 3),
        Break("t:2", 2, "replaced"),
        Break("t:3", 1, "replaced"),
    )
    (tmp_path / ENDS).write_text("x")
    with pytest.raises(Refused, match=ENDS), transaction.atomic():
        compare(tmp_path / ENDS)


def test_an_entry_rewritten_with_a_fitting_digest_breaks_the_next() -> None:
    _, second, _ = write()
    second.facts = {"number": 7}
    with pgtrigger.ignore("journal.Entry:append_only"):
        Entry.objects.filter(pk=second.pk).update(facts=second.facts, digest=digest_of(second))
    assert verify().broken == Break("t:1", 3, "cut")


def test_the_command_says_whole_or_names_every_broken_chain() -> None:
    write()
    out = StringIO()
    with translation.override("vi"):
        call_command("journal", "verify", stdout=out)
        assert out.getvalue().strip() == "Nhật ký nguyên vẹn: 3 mục của 1 hồ sơ."
        write("t:0", 2)
        write("t:9", 1)
        with pgtrigger.ignore("journal.Entry:append_only"):
            Entry.objects.filter(sequence=2).update(verb="x")
        with pytest.raises(Refused) as caught:
            call_command("journal", "verify")
    assert str(caught.value) == (
        "Nhật ký bị đứt ở hồ sơ t:0, mục số 2: nội dung bị sửa sau khi ghi.\n"
        "Nhật ký bị đứt ở hồ sơ t:1, mục số 2: nội dung bị sửa sau khi ghi.\n"
        "Hãy đối chiếu với bản sao lưu."
    )


def test_a_long_chain_is_walked_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khue.journal.chain.BATCH", 2)
    write(count=7)
    assert verify().entries == 7


def test_a_timeline_tells_sentences_newest_first() -> None:
    sentences.register({"test.told": gettext_lazy("%(actor)s: %(verb)s")})
    with clock.at(date(2025, 3, 1)):
        record("t:5", "test.unknown", by=CALENDAR)
    with clock.at(date(2025, 3, 2)):
        record("t:5", "test.told", by=CALENDAR, verb_told="x", comment="Ghi chú", due="2025-03-31")
    newest, oldest = timeline("t:5")
    assert (newest.sentence, newest.note) == ("Lịch nhắc việc: ", "Ghi chú"), "a fact that is not there stays out"
    assert oldest.sentence == "Lịch nhắc việc: test.unknown"
    assert len(timeline("t:5", limit=1)) == 1


def test_dates_in_sentences_are_written_as_people_do() -> None:
    sentences.register({"test.due": gettext_lazy("due %(due)s at %(at)s for %(number)s")})
    with translation.override("en"):
        record(
            "t:6",
            "test.due",
            by=CALENDAR,
            due=date(2025, 3, 31),
            at=datetime(2025, 3, 1, 9, tzinfo=UTC),
            number="2025-x",
        )
        assert timeline("t:6")[0].sentence == "due 31/03/2025 at 01/03/2025 09:00 for 2025-x"


def test_a_verb_has_one_sentence() -> None:
    sentences.register({"test.once": "a"})
    sentences.register({"test.once": "a"})
    with pytest.raises(ValueError, match=r"test\.once"):
        sentences.register({"test.once": "b"})
