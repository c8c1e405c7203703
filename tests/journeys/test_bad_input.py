"""What people drop in that is no good: each is refused on the page in plain Vietnamese, and nothing half-done stays."""

import io
import shutil
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from khue.documents.actions.series import open_series
from khue.documents.models import Directive, Document, Extraction, NumberSeries, Reading
from khue.files.models import File, Version
from khue.journal.models import Entry
from khue.language.reading.tests.compound import compound
from khue.language.reading.tests.docx_builder import of_paragraphs, with_parts
from khue.language.reading.tests.pdf_writer import Sheet, pdf
from khue.language.reading.tests.test_safety import LAUGHS, locked
from khue.language.reading.tests.test_speed import LIMIT, PAGES, SENTENCE
from tests.town import Town, notice, signed_in, word

Work = Callable[[], int]
WORD = of_paragraphs("Giao Sở Khoa học và Công nghệ chủ trì.")


def drop(town: Town, data: bytes, name: str) -> str:
    """Drop a file into the city's register; what the page says."""
    given = {"unit": town.city.pk, "arrived_on": "2026-03-09", "file": ContentFile(data, name)}
    answer = signed_in(town.city_clerk).post(reverse("documents:register-incoming"), given, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def _archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("van-ban.txt", "Giao Sở Tài chính")
    return buffer.getvalue()


REFUSED = {
    "khoa.pdf": (lambda: locked("chu", "mat-khau"), ("được đặt mật khẩu", "lưu một bản không mật khẩu")),
    "rong.docx": (lambda: b"", ("rỗng", "Hãy lấy lại tệp gốc")),
    "cut.docx": (lambda: WORD[: len(WORD) // 2], ("bị hỏng hoặc bị cắt cụt", "sao chép lại tệp gốc")),
    "cut.pdf": (lambda: locked("chu", "")[:200], ("bị hỏng hoặc bị cắt cụt", "sao chép lại tệp gốc")),
    "doi-ten.pdf": (lambda: WORD, ("không khớp nội dung", "đổi đuôi tên tệp thành .docx")),
    "bom.docx": (
        lambda: with_parts(WORD, {"word/document.xml": b" " * (30 * 1024 * 1024)}),
        ("nén bất thường", "Hãy lưu lại văn bản"),
    ),
    "thuc-the.docx": (lambda: with_parts(WORD, {"word/document.xml": LAUGHS}), ("thực thể XML", "Hãy lưu lại")),
    "macro.docx": (lambda: with_parts(WORD, {"word/vbaProject.bin": b"x"}), ("macro", "lưu lại thành tệp không có")),
    "goi.zip": (_archive, ("loại tệp không nhận ở đây", "Hãy gửi tệp văn bản")),
    "cong-cu.exe": (lambda: b"MZ\x90\x00" + b"\x00" * 200, ("loại tệp không nhận ở đây", "Hãy gửi tệp văn bản")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_sound_document_leaves_nothing_behind(town: Town, tmp_path: Path, name: str) -> None:
    make, said = REFUSED[name]
    page = drop(town, make(), name)
    assert f"«{name}»" in page
    for words in said:
        assert words in page
    assert not Document.objects.exists()
    assert not File.objects.exists()
    assert not Entry.objects.filter(verb__startswith="document.").exists()
    assert not NumberSeries.objects.filter(last__gt=0).exists(), "the arrival number was given back"
    assert not [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


def test_good_files_beside_a_bad_one_are_registered(town: Town) -> None:
    files = [word("Một văn bản", name="tot.docx"), ContentFile(b"", "rong.docx")]
    given = {"unit": town.city.pk, "arrived_on": "2026-03-09", "file": files}
    page = signed_in(town.city_clerk).post(reverse("documents:register-incoming"), given).content.decode()
    assert "rong.docx" in page
    assert Document.objects.get().arrival_number == 1


def test_a_scan_without_the_program_that_reads_it_says_how_to_install_it(
    town: Town, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "tesseract" else which(name))
    sheet = Sheet()
    sheet.show(200, 280, bytes(range(256)) * 218 + bytes(192))
    drop(town, pdf(sheet), "quet.pdf")
    work()
    document = Document.objects.get()
    assert document.reading == Reading.FAILED
    for address in (document.get_absolute_url(), reverse("documents:extraction", args=[document.pk])):
        page = signed_in(town.city_clerk).get(address).content.decode()
        assert "sudo apt install tesseract-ocr tesseract-ocr-vie" in page
        assert "brew install tesseract tesseract-lang" in page
        assert "gửi tệp Word gốc" in page


def test_an_old_word_file_without_the_program_that_reads_it_says_how_to_install_it(
    town: Town, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name in {"soffice", "libreoffice"} else which(name))
    drop(town, compound({"WordDocument": bytes(5000), "1Table": bytes(5000)}), "cu.doc")
    work()
    document = Document.objects.get()
    assert document.reading == Reading.FAILED
    for address in (document.get_absolute_url(), reverse("documents:extraction", args=[document.pk])):
        page = signed_in(town.city_clerk).get(address).content.decode()
        assert "sudo apt install libreoffice-writer-nogui" in page
        assert "brew install --cask libreoffice" in page


def test_a_file_of_a_kind_that_has_no_text_says_so_and_a_better_one_takes_its_place(town: Town, work: Work) -> None:
    drop(town, b"{\\rtf1 Giao S\\u7903? T\\u224?i ch\\u237?nh.}", "cu.rtf")
    work()
    document = Document.objects.get()
    clerk = signed_in(town.city_clerk)
    for address in (document.get_absolute_url(), reverse("documents:extraction", args=[document.pk])):
        page = clerk.get(address).content.decode()
        assert "«cu.rtf» là tệp RTF, không đọc được thành văn bản" in page
        assert "Đang đọc" not in page
    attach = reverse("documents:attach", args=[document.pk])
    assert attach in clerk.get(document.get_absolute_url()).content.decode()
    clerk.post(attach, {"file": notice("Giao Sở Tài chính rà soát các dự án trước ngày 30/6/2026.")})
    work()
    assert "Giao Sở Tài chính" in clerk.get(reverse("documents:extraction", args=[document.pk])).content.decode()
    page = clerk.get(document.get_absolute_url()).content.decode()
    assert "không đọc được" not in page
    assert attach not in page


def test_a_text_without_a_date_counts_from_the_day_it_came(town: Town, work: Work) -> None:
    told = "Chủ tịch UBND Thành phố yêu cầu Sở Tài chính rà soát các dự án trong tháng này."
    drop(town, word("TIN HỌP", told).read(), "tin.docx")
    work()
    address = reverse("documents:extraction", args=[Document.objects.get().pk])
    page = signed_in(town.city_officer).get(address).content.decode()
    assert Extraction.objects.get().proposals.get().due_on == date(2026, 3, 31)
    assert "--on" not in page


def test_five_hundred_pages_show_how_far_they_are_and_are_read_in_time(
    town: Town, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = []
    for _ in range(PAGES):
        sheet = Sheet()
        for row in range(30):
            sheet.write(85, 80 + 18 * row, SENTENCE)
        sheets.append(sheet)
    drop(town, pdf(*sheets), "dai.pdf")
    document, version = Document.objects.get(), Version.objects.get()
    clerk = signed_in(town.city_clerk)
    seen: list[str] = []
    update = type(Version.objects.all()).update

    def watched(rows: object, **values: object) -> int:
        """What the page shows each time the reader has written down how far it is."""
        count = update(rows, **values)  # type: ignore[arg-type]
        if "read_done" in values:
            seen.append(clerk.get(reverse("files:reading-state", args=[version.pk])).content.decode())
        return count

    monkeypatch.setattr(type(Version.objects.all()), "update", watched)
    started = time.perf_counter()
    work()
    assert time.perf_counter() - started < LIMIT
    document.refresh_from_db()
    assert document.reading == Reading.DONE
    assert seen
    for page in seen:
        assert "<progress" in page


def test_a_document_without_directives_says_so_and_offers_marking_by_hand(town: Town, work: Work) -> None:
    text = notice()
    drop(town, text.read(), "khong-co-viec.docx")
    work()
    officer = signed_in(town.city_officer)
    document = Document.objects.get()
    page = officer.get(reverse("documents:extraction", args=[document.pk])).content.decode()
    assert "Không tìm thấy" in page
    assert "bôi đen đoạn giao việc" in page
    assert "disabled" in page, "nothing can be assigned"
    answer = officer.post(reverse("documents:assign", args=[document.pk]), follow=True)
    assert "Chưa chọn nhiệm vụ nào" in answer.content.decode()
    assert not Directive.objects.exists()


def _proposed(town: Town, work: Work, sentence: str) -> tuple[Document, int]:
    drop(town, notice(sentence).read(), "thong-bao.docx")
    work()
    document = Document.objects.get()
    signed_in(town.city_officer).get(reverse("documents:extraction", args=[document.pk]))
    return document, Extraction.objects.get().proposals.get().pk


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Giao Sở Phép thuật rà soát các dự án trước ngày 30/6/2026.", "không có trong danh bạ"),
        ("Giao Sở Tài chính rà soát các dự án trước ngày 30/6/2025.", "đã qua"),
    ],
)
def test_what_cannot_be_assigned_yet_says_why(town: Town, work: Work, sentence: str, said: str) -> None:
    document, proposal = _proposed(town, work, sentence)
    officer = signed_in(town.city_officer)
    assert said in officer.get(reverse("documents:extraction", args=[document.pk])).content.decode()
    answer = officer.post(reverse("documents:proposal-act", args=[document.pk, proposal, "accept"]), {"version": 0})
    assert said in answer.content.decode()
    assert Extraction.objects.get().proposals.get().state == "proposed"
    officer.post(reverse("documents:assign", args=[document.pk]))
    assert not Directive.objects.exists()


def test_a_number_used_already_is_refused_with_the_document_that_has_it(town: Town) -> None:
    clerk = signed_in(town.clerk)
    open_series(
        unit=town.science, by=town.clerk, family="state", issuer_code="SKHCN", begins_on=date(2026, 1, 1)
    )  # fmt: skip
    paper = {
        "unit": town.science.pk, "type": "KH", "family": "state", "subject": "Kế hoạch năm", "issued_on": "2026-03-09",
        "urgency": 0, "language": "Tiếng Việt",
    }  # fmt: skip
    clerk.post(reverse("documents:register-outgoing"), paper, follow=True)
    assert Document.objects.count() == 1
    page = clerk.post(reverse("documents:register-outgoing"), {**paper, "number": 1}).content.decode()
    assert "Kế hoạch năm" in page, "what was typed is kept"
    assert "01/KH-SKHCN" in page
    assert Document.objects.count() == 1
    assert NumberSeries.objects.get(direction="out").last == 1


def test_a_day_that_is_still_to_come_is_refused_with_what_was_typed(town: Town) -> None:
    typed = {"unit": town.city.pk, "arrived_on": date(2026, 3, 20), "subject": "Đã gõ rất lâu"}
    page = signed_in(town.city_clerk).post(reverse("documents:register-incoming"), typed).content.decode()
    assert "Đã gõ rất lâu" in page
    assert not Document.objects.exists()
