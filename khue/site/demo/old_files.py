"""Case files of earlier times: one whose retention is over, one that is kept for good, one that people judge."""

from datetime import date

from django.core.files.base import ContentFile

from khue.documents.actions.casefiles import file_documents, open_case_file
from khue.documents.actions.incoming import attach_main, correct
from khue.documents.actions.past_register import enter_past
from khue.documents.models import Document
from khue.files.reading import read_version
from khue.site.demo import papers
from khue.site.demo.town import Town

ARRIVED, ENDED = date(2018, 1, 9), date(2018, 12, 31)
FILES = (
    ("07.KGVX", "Báo cáo định kỳ về ứng dụng công nghệ thông tin năm 2018", "5 năm"),
    ("08.KGVX", "Quy chế hoạt động của Hội đồng khoa học Thành phố nhiệm kỳ 2014 - 2018", "Đến khi hết hiệu lực"),
    ("09.KGVX", "Kế hoạch phát triển khoa học và công nghệ năm 2018", "Vĩnh viễn"),
)


def bring_in(town: Town) -> None:
    """The files as the clerk of the city brings them in; the first holds a document that was scanned."""
    clerk, city = town.people["theodoi"], town.units["ubnd-tp"]
    files = [
        open_case_file(
            unit=city, by=clerk, year=ENDED.year, notation=notation, title=title, retention=retention,
            started_on=date(ENDED.year, 1, 2), ended_on=ENDED,
        )
        for notation, title, retention in FILES
    ]  # fmt: skip
    paper = papers.notice(2, date(2018, 1, 8), [])
    document = Document(
        unit=city, arrived_on=ARRIVED, arrival_number=1, sign="02/TB-UBND", issued_on=date(2018, 1, 8),
        issuer_name="Ủy ban nhân dân Thành phố", subject="Kết luận tại cuộc họp giao ban về công nghệ thông tin",
    )  # fmt: skip
    enter_past([document], by=clerk)
    document = attach_main(document, ContentFile(paper.data, paper.name), by=clerk)
    assert document.main_file is not None  # noqa: S101 - it was attached just now
    read_version(document.main_file.current)
    document.refresh_from_db()
    correct(document, by=clerk, changed={name: getattr(document, name) for name in document.read_fields})
    file_documents(files[0], [document], by=clerk)
