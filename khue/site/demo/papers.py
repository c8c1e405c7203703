"""The documents of the demo city, of the kinds that reach a department, written out as real Word files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from khue.office.word import (
    Block,
    Heading,
    Item,
    OfficialPaper,
    Paragraph,
    Signature,
    Table,
    official,
)
from khue.site.demo.content import Written

CITY = "Ủy ban nhân dân thành phố Hà Nội"
LEADER = "Vũ Minh Khuê"


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as it would arrive."""

    name: str
    data: bytes


def notice(number: int, day: date, given: Sequence[Written]) -> Paper:
    """A notice of a leader's conclusions at the monthly meeting: one numbered task after another."""
    blocks: list[Block] = [
        Paragraph(
            f"Ngày {day:%d/%m/%Y}, đồng chí {LEADER}, Phó Chủ tịch Ủy ban nhân dân Thành phố chủ trì họp giao ban về "
            "khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số. Sau khi nghe báo cáo của các sở, ngành và ý kiến "
            "của các đại biểu dự họp, đồng chí Phó Chủ tịch kết luận như sau:"
        ),
        Paragraph(
            "Thời gian qua các đơn vị đã có nhiều cố gắng, tuy nhiên một số việc còn chậm. Để bảo đảm tiến độ, yêu cầu "
            "các đơn vị tập trung thực hiện các nhiệm vụ sau:"
        ),
        *(Item(f"{place}.", task.sentence + ".") for place, task in enumerate(given, 1)),
        Paragraph("Ủy ban nhân dân Thành phố thông báo để các đơn vị biết, thực hiện"),
    ]
    paper = OfficialPaper(
        layout="state",
        body=CITY,
        number=f"{number:02d}",
        sign="TB-UBND",
        place="Hà Nội",
        issued_on=day,
        type_name="Thông báo",
        subject="Kết luận của Phó Chủ tịch Ủy ban nhân dân Thành phố tại cuộc họp giao ban về khoa học, công nghệ, "
        "đổi mới sáng tạo và chuyển đổi số",
        blocks=blocks,
        signature=Signature("Phó Chánh Văn phòng", "Đinh Công Sơn", "Chánh Văn phòng", "deputy"),
        recipients=["Các sở, ban, ngành liên quan", "Lưu: VT, KSTTHC"],
        archive_units="KGVX",
    )
    return Paper(f"TB-{number}-UBND.docx", official(paper))


def instruction(number: int, day: date, given: Sequence[Written]) -> Paper:
    """A directive of the chairman: a heading for each unit, its tasks below it."""
    blocks: list[Block] = [
        Paragraph(
            "Thực hiện Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị, Ủy ban nhân dân Thành phố "
            "yêu cầu Thủ trưởng các sở, ban, ngành và Chủ tịch Ủy ban nhân dân các xã, phường thực hiện nghiêm các "
            "nội dung sau:"
        )
    ]
    leads = list(dict.fromkeys(task.lead for task in given))
    for place, lead in enumerate(leads, 1):
        blocks.append(Heading(f"{place}. {lead}"))
        own = [task for task in given if task.lead == lead]
        for mark, task in zip("abcdeg", own, strict=False):
            support = f"Phối hợp với {' và '.join(task.support)} " if task.support else ""
            text = task.task.text if support else task.task.text[0].upper() + task.task.text[1:]
            blocks.append(Item(f"{mark})", f"{support}{text}. Thời hạn: trước ngày {task.due:%d/%m/%Y}."))
    blocks.append(Paragraph("Yêu cầu các đơn vị nghiêm túc thực hiện Chỉ thị này"))
    paper = OfficialPaper(
        layout="state",
        body=CITY,
        number=f"{number:02d}",
        sign="CT-UBND",
        place="Hà Nội",
        issued_on=day,
        type_name="Chỉ thị",
        subject="Về việc đẩy mạnh ứng dụng khoa học, công nghệ và chuyển đổi số phục vụ người dân, doanh nghiệp",
        blocks=blocks,
        signature=Signature("Phó Chủ tịch", LEADER, "Chủ tịch", "deputy"),
        recipients=["Các sở, ban, ngành", "UBND các xã, phường"],
        archive_units="KGVX",
    )
    return Paper(f"CT-{number}-UBND.docx", official(paper))


def plan(number: int, day: date, given: Sequence[Written]) -> Paper:
    """A plan whose tasks stand in a table with lead, support and deadline."""
    rows = [
        [
            str(place),
            task.task.text[0].upper() + task.task.text[1:],
            task.lead,
            "; ".join(task.support),
            f"{task.due:%d/%m/%Y}",
            task.task.product,
        ]
        for place, task in enumerate(given, 1)
    ]
    header = ["STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm"]
    paper = OfficialPaper(
        layout="state",
        body=CITY,
        number=f"{number}",
        sign="KH-UBND",
        place="Hà Nội",
        issued_on=day,
        type_name="Kế hoạch",
        subject=f"Phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số năm {day.year}",
        blocks=[
            Paragraph("Căn cứ Luật Khoa học, công nghệ và đổi mới sáng tạo ngày 27 tháng 6 năm 2025;", basis=True),
            Paragraph("Căn cứ Chương trình số 07-CTr/TU ngày 17 tháng 3 năm 2021 của Thành ủy Hà Nội.", basis=True),
            Heading("I. MỤC ĐÍCH, YÊU CẦU"),
            Paragraph("Xác định rõ nhiệm vụ, đơn vị chủ trì, thời hạn và sản phẩm để theo dõi, đánh giá."),
            Heading("II. NHIỆM VỤ"),
            Table(header, rows, align="clllcl", widths=[1, 6, 4, 4, 3, 3], caption="Danh mục nhiệm vụ"),
            Heading("III. TỔ CHỨC THỰC HIỆN"),
            Paragraph("Các đơn vị được phân công có trách nhiệm tổ chức thực hiện Kế hoạch này"),
        ],
        signature=Signature("Phó Chủ tịch", LEADER, "Chủ tịch", "deputy"),
        recipients=["Các sở, ban, ngành", "UBND các xã, phường"],
        archive_units="KGVX",
    )
    return Paper(f"KH-{number}-UBND.docx", official(paper))


def party_notice(number: int, day: date, given: Sequence[Written]) -> Paper:
    """A notice of the Party committee's standing board."""
    blocks: list[Block] = [
        Paragraph(
            "Ban Thường vụ Thành ủy họp, nghe báo cáo tình hình thực hiện Chương trình số 07-CTr/TU. Sau khi thảo "
            "luận, Ban Thường vụ Thành ủy kết luận và giao nhiệm vụ như sau:"
        ),
        *(Item("-", f"Giao {task.sentence}.") for task in given),
        Paragraph("Giao Văn phòng Thành ủy theo dõi, đôn đốc việc thực hiện Thông báo này"),
    ]
    paper = OfficialPaper(
        layout="party",
        body="Thành ủy Hà Nội",
        parent_body="Đảng bộ thành phố Hà Nội",
        number=str(number),
        sign="TB/TU",
        place="Hà Nội",
        issued_on=day,
        type_name="Thông báo",
        subject="Kết luận của Ban Thường vụ Thành ủy về phát triển khoa học, công nghệ và đổi mới sáng tạo",
        blocks=blocks,
        signature=Signature("Phó Bí thư", "Lý Thành Trung", "Ban Thường vụ", "collective"),
        recipients=["Ban cán sự đảng UBND Thành phố", "Các sở, ngành liên quan"],
    )
    return Paper(f"TB-{number}-TU.docx", official(paper))


def press_report(day: date, given: Sequence[Written]) -> Paper:
    """A newspaper's page on a working session: tasks reach a unit this way before the paper does."""
    first, *others = given
    told = [
        f"Đồng chí {LEADER} yêu cầu {first.lead} {first.task.text}, hoàn thành trước ngày {first.due:%d/%m/%Y}.",
        *(
            f"Bên cạnh đó, {task.lead} cần {task.task.text} trong tháng {task.due.month}/{task.due.year}."
            for task in others
        ),
    ]
    body = "".join(f"<p>{sentence}</p>" for sentence in told)
    page = (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        "<title>Phó Chủ tịch UBND Thành phố làm việc về khoa học, công nghệ</title></head><body><article>"
        "<h1>Phó Chủ tịch UBND Thành phố làm việc về khoa học, công nghệ</h1>"
        f"<p>{day:%d/%m/%Y}</p>"
        f"<p>Sáng {day.day}-{day.month}, Phó Chủ tịch UBND Thành phố {LEADER} chủ trì buổi làm việc với các sở, ngành "
        "về tình hình thực hiện nhiệm vụ khoa học, công nghệ và chuyển đổi số.</p>"
        "<p>Đại diện các phường, xã cho biết còn khó khăn: thiếu cán bộ chuyên trách, phần mềm một cửa chưa ổn định; "
        "đề nghị Thành phố bố trí kinh phí bồi dưỡng công chức.</p>"
        f"<p>Phát biểu kết luận buổi làm việc:</p>{body}</article></body></html>"
    )
    return Paper(f"bao-{day:%Y-%m-%d}.html", page.encode())


def standing_orders(number: int, day: date) -> Paper:
    """A letter that orders reports which come back: every month from one unit, every quarter from another."""
    monthly = "Hằng tháng, trước ngày 20, Sở Tài chính báo cáo tình hình giải ngân kinh phí khoa học, công nghệ."
    quarterly = (
        "Hằng quý, trước ngày 20 của tháng cuối quý, Sở Khoa học và Công nghệ chủ trì, phối hợp với Sở Tài chính "
        "báo cáo kết quả thực hiện các nhiệm vụ được giao."
    )
    paper = OfficialPaper(
        layout="state",
        body=CITY,
        number=str(number),
        sign="UBND-KGVX",
        place="Hà Nội",
        issued_on=day,
        subject="thực hiện chế độ báo cáo định kỳ về khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số",
        addressees=["Sở Khoa học và Công nghệ", "Sở Tài chính"],
        blocks=[
            Paragraph("Ủy ban nhân dân Thành phố yêu cầu các đơn vị thực hiện chế độ báo cáo định kỳ như sau:"),
            Item("1.", monthly),
            Item("2.", quarterly),
            Paragraph("Ủy ban nhân dân Thành phố thông báo để các đơn vị biết, thực hiện"),
        ],
        signature=Signature("Phó Chủ tịch", LEADER, "Chủ tịch", "deputy"),
        recipients=["Như trên", "Lưu: VT, KGVX"],
        archive_units="KGVX",
    )
    return Paper(f"CV-{number}-UBND-KGVX.docx", official(paper))


def report(number: int, day: date, body: str, difficulties: Sequence[str]) -> Paper:
    """A commune's report, with what it found difficult and asks for at its end."""
    paper = OfficialPaper(
        layout="state",
        body=body,
        number=str(number),
        sign="BC-UBND",
        place="Hà Nội",
        issued_on=day,
        type_name="Báo cáo",
        subject=f"Tình hình thực hiện nhiệm vụ khoa học, công nghệ và chuyển đổi số đến ngày {day:%d/%m/%Y}",
        blocks=[
            Heading("I. KẾT QUẢ THỰC HIỆN"),
            Paragraph("Các nhiệm vụ được giao trong kỳ cơ bản đã thực hiện đúng tiến độ; số liệu gửi trên hệ thống."),
            Heading("II. KHÓ KHĂN, VƯỚNG MẮC, KIẾN NGHỊ"),
            *(Item(f"{place}.", sentence) for place, sentence in enumerate(difficulties, 1)),
        ],
        signature=Signature("Phó Chủ tịch", "Nguyễn Hữu Thắng", "Chủ tịch", "deputy"),
        recipients=["Sở Khoa học và Công nghệ", "Lưu: VT"],
    )
    return Paper(f"BC-{number}-UBND.docx", official(paper))
