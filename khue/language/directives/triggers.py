# ruff: noqa: E501  (patterns and word lists are read as tables)
"""The words that give, ask for or announce work, and those that only tell what was done."""

import re
from dataclasses import dataclass

from khue.language.structure import Page
from khue.language.words import MAKES_NOUN

HARD = "yêu cầu|(?<!bàn\\s)(?<!chuyển\\s)(?<!đoàn\\s)giao(?!\\s+(?:dịch|thông|lưu|đất|thương|kết|nộp|tiếp|hàng|thoa|diện|mùa|thừa|kế\\s+hoạch|dự\\s+toán|vốn|chỉ\\s+tiêu|rừng|mặt|khoán|tự\\s+chủ|quyền|phó|hữu|tại|theo)(?!\\w))(?:\\s+(?:nhiệm\\s+vụ|trách\\s+nhiệm))?(?:\\s+cho)?|chỉ\\s+đạo|chỉ\\s+thị(?=\\s+(?:các|bộ|sở|ubnd|cho)\\s)|lưu\\s+ý|quán\\s+triệt|phân\\s+công|nhắc\\s+nhở|kêu\\s+gọi|chỉ\\s+định"
SOFT = "đề\\s+nghị|đề\\s+xuất|kiến\\s+nghị|mong\\s+muốn|mong|khuyến\\s+nghị|gợi\\s+ý"
TRIGGER = re.compile(rf"(?<!\w)(?:(?P<hard>{HARD})|(?P<soft>{SOFT}))(?!\w)")
_NOUN_BEFORE = re.compile(
    rf"(?:{MAKES_NOUN}|đáp ứng|nhiệm vụ|sự|công tác|ban|một số|kịp|đạt|bảo đảm|đảm bảo|phù hợp|phù hợp với|có|của|(?<!có )ý kiến|tinh thần|bị|khi|nhu cầu"
    r"|thẩm quyền|vượt|bằng|nhiều|hai|ba|(?<![\d/.-])\d{1,3}|mục đích,|quan điểm|trình|phương án|nguyện vọng|là|cùng|trực tiếp|bàn|lãnh đạo,|lãnh đạo|chuyển|đánh giá cao|hoan nghênh|nhất trí với|đồng ý với|phát biểu|kết luận|kết luận,|bế mạc|biên bản|tổ chức"
    r"|(?:hội nghị|cuộc họp|hội thảo|phiên họp|buổi họp)(?:\s+(?:trực tuyến|trực tiếp|toàn quốc|toàn tỉnh|chuyên đề))?)\s+$"
)
_NOUN_AFTER = re.compile(
    r"\s+(?:của|nêu trên|trên|này|đó|cao|cấp bách|cần đạt|đặt ra|bắt buộc|thực tiễn|nhiệm vụ trọng tâm|đề ra|tại|lại|phát triển|kỹ thuật|đặt hàng|xét tặng|khen thưởng|về(?!\s+việc))(?!\w)"
)
_MORNING = re.compile(r"\s+ban(?!\s+(?:quản|chỉ|tổ|thường|cán|giám))(?!\w)")
""" "giao ban" is a meeting; "giao Ban Tuyên giáo" gives work."""
_TASKED = re.compile(
    r"(?<!\w)(?:nhiệm vụ|công việc|chỉ tiêu|phần việc)(?:,\s[^,;:.]{3,30}){0,3}\s(?:mà\s+)?(?:chính phủ(?:, thủ tướng(?: chính phủ)?)?|thủ tướng(?: chính phủ)?|ubnd tỉnh|ubnd thành phố|tỉnh|thành phố|trung ương)\s+$"
)
"""Before "giao": tasks given before, of which something is told: "các nhiệm vụ Thủ tướng giao địa phương"."""
_TOLD = re.compile(r"(?<!\w)(?:đã|từng|đang|chưa|không)\s+(?:có\s+)?$")
_WAS_GIVEN = re.compile(r"(?<!\w)(?:vừa|đã)\s+được\s[^;:.]{3,90}\svà\s+$")
"""Before "giao": what was decided and given at once is told: "dự án vừa được phê duyệt và **giao** …"."""
_CHAIN = re.compile(r"\s*(?:,|và|,\s*đồng thời|đồng thời|,\s*và)?\s*")
SAYS = re.compile(
    r"(?<!\w)(?:(?:định hướng|gợi mở)[^,;:.“”]{0,80}[,:]\s*|đề cập\s+(?:tới|đến)\s+(?:vấn đề\s+|việc\s+)?|(?:nhấn mạnh|khẳng định|cho rằng|nêu rõ|chỉ rõ|lưu ý|nêu quan điểm|tin tưởng)(?:\s+(?:rằng|thêm|việc|yêu cầu|một số (?:nội dung|nhiệm vụ|vấn đề)))?(?:\s*[,:]\s*[“\"]?|\s+)"
    r"|(?:chỉ đạo|kết luận|phát biểu|quán triệt|bày tỏ)(?:\s+rằng)?\s*[:“\"][“\"\s]*|(?:chỉ đạo|kết luận|quán triệt),\s+(?=(?:các|những|sở|ubnd|nhà thầu|chủ đầu tư|đơn vị|địa phương|trong|thời gian|cần|phải|từ|trước mắt)(?!\w))"
    r"|theo\s+(?:đồng chí|ông|bà|phó|chủ tịch|giám đốc|bí thư|bộ trưởng|thứ trưởng|lãnh đạo|người đứng đầu)(?:\s[^;:.]{2,90}?)?,\s+(?=(?:thời gian|trong|để|muốn|trước|các|những|sở|ubnd|bộ|ngành|địa phương|đơn vị|cần|phải|việc|cùng|bên cạnh|mỗi|từng|đối với|về)(?!\w)))"
)
PAST = re.compile(
    r"\s*(?:đánh giá\s*(?:,|rằng|cao|việc|đây|[^,;:]{3,60}?\slà\s|[^;:.]{3,140}?\s(?:thành công|tương đối tốt|đạt kết quả|có nhiều (?:tiến bộ|chuyển biến)))|cho ý kiến,|đã|đang|được|vừa|là|có(?!\s+(?:trách nhiệm|nhiệm vụ|kế hoạch|giải pháp|phương án|rà soát|biện pháp|văn bản|ý kiến|báo cáo|hướng dẫn|chính sách))|cho biết|cho rằng|bày tỏ|báo cáo (?:kết quả|tình hình|tóm tắt)(?=.{0,30}cho biết)|nêu(?!\s+cao)|chia sẻ|vẫn|còn(?!\s+(?:phải|cần|có\s+trách\s+nhiệm))|chưa|tập trung\s+(?:chủ yếu\s+)?(?:ở|tại|đông|nhiều)|tham dự|dự|chủ trì\s+(?:buổi|cuộc|hội nghị|phiên))(?!\w)"
)
MODAL = re.compile(
    r"(?<!\w)(?<!không\s)(?<!ân\s)(?:sẽ\s+(?=phải\s))?(?:cần(?!\s+(?:sự|thiết|có\s+sự|nhiều))(?:\s+phải)?|phải|có\s+trách\s+nhiệm(?!\s+của)|chịu\s+trách\s+nhiệm|có\s+nhiệm\s+vụ)(?!\w)"
)
TIMED_MODAL = re.compile(
    r"\s+(?:(?:trong|vào|từ|ngay|đến|trước)\s[^,;.:]{2,35}?|(?:khi|trong quá trình)\s[^;.:]{2,110}?)\s(?:cần|phải)(?!\w)"
)
"""What must be done at a time or on an occasion: "Doanh nghiệp **khi nhập khẩu phải** khai báo"."""
PRAISE = re.compile(
    r"\s*(?:đánh giá cao|ghi nhận|biểu dương những|biểu dương các|hoan nghênh|cảm ơn|cơ bản (?:thống nhất|nhất trí|đồng ý)|thống nhất (?:với|về|chủ trương|nội dung|đánh giá)|đồng ý|nhất trí|tán thành|chúc mừng|đồng tình|đề cao những|kết quả|đánh giá (?:về |kết quả )|đánh giá chung)"
)
CONNECT = re.compile(
    r"(?:[\s“\"«]|\(?\d{1,2}[.)]\s|\(?[ivx]{1,4}\)\s|[a-zđ]\)\s|[-+•]\s"
    r"|(?:tuy nhiên|bên cạnh đó|ngoài ra|đồng thời|cùng với đó|song song với đó|song song đó|trong đó|theo đó|do đó|vì vậy|do vậy|cụ thể|đặc biệt|mặt khác|từ đó|nhất là|trước hết|trước mắt|thứ nhất|thứ hai|thứ ba|thứ tư|thứ năm|một là|hai là|ba là|bốn là|năm là|sáu là|bảy là|cuối cùng|về phía|riêng|riêng đối với|đối với|với|tiếp đó|tiếp theo|song song|nhân dịp này|qua đó|để làm được điều đó|trên tinh thần đó|đi liền với đó|để đạt được mục tiêu trên|cũng theo|cùng đó|bên cạnh việc đó|và)(?:\s*[,:]\s*|\s+(?=sở|ubnd|các\s|bộ|ban\s|công an|văn phòng|ủy ban))|và\s)+"
)
ADVERB = re.compile(
    r"\s*(?:từ\s+(?:ngày|nay)\s[^;:\n]{0,70}?(?=,\s)|(?:trong\s+)?(?:thời\s+gian|giai\s+đoạn)\s+(?:tới|tiếp theo|sắp tới|này|sau)(?:\s+đây)?(?:,\s+nhất là\s[^,;.:\n]{3,40}(?=,))?|trong\s+(?:vòng|năm|tháng|quý|tuần|quá trình|phạm vi|nhiệm kỳ|những|6 tháng|giai đoạn)[^,;.:\n]{0,70}(?=,)|trong\s+thời\s+gian\s[^,;.:\n]{0,60}(?=,)|(?:\d{1,2}|sáu|ba) tháng (?:đầu|cuối) năm(?:\s+20\d\d)?(?=,)|từ nay (?:đến|tới)[^,;.:\n]{0,40}(?=,)|trước\s+(?:mắt|hết|tiên)|về\s+lâu(?:\s+về)?\s+dài|trước\s+(?:tình hình|diễn biến|thực trạng|yêu cầu|nguy cơ)\s[^,;.:\n]{0,100}(?=,)"
    r"|(?:bước sang\s+)?năm\s+20\d\d(?=,)|(?:ngay\s+)?sau\s+[^,;.:\n]{0,70}(?=,)|để\s+[^;.:\n]{0,160}?(?=,\s)|(?:triển khai|thực hiện)\s+(?:nhiệm vụ|kế hoạch|phương hướng|công tác)\s[^,;.:\n]{0,60}?(?:năm|quý|tháng|thời gian)\s[^,;.:\n]{0,20}(?=,)|nhằm\s+[^;.:\n]{0,160}?(?=,\s)|căn\s+cứ\s+[^;.:\n]{0,120}?(?=,\s)|trên\s+cơ\s+sở\s+[^;.:\n]{0,140}?(?=,\s)|theo\s+(?:chức\s+năng|thẩm quyền|nhiệm vụ|lĩnh vực|phạm vi)(?:(?:\s*,\s*|\s+và\s+|\s+)(?:chức năng|nhiệm vụ|thẩm quyền|quyền hạn|được giao|được phân công|của mình|quản lý|phụ trách|của ngành|ngành|lĩnh vực))*|nếu\s+[^;.:,\n]{0,110}?\sthì(?=\s)|nếu\s+[^;.:\n]{0,110}?(?=,\s(?:các|đề nghị|yêu cầu|sở|ubnd|đơn vị|cơ quan|thủ trưởng|kịp thời|báo cáo|phản ánh)\s|\s(?:đề nghị|yêu cầu|đề xuất)\s(?!của))|trường hợp\s+[^;.:\n]{0,110}?(?=,\s)|với\s+[^,;.:\n]{0,80}(?=,)|tại\s+[^,;.:\n]{0,80}(?=,)|về\s+[^;.:\n]{0,110}?(?=,\s)|nhiệm kỳ\s\d{4}\s?-\s?\d{4}(?=,)|(?:những|các)\s+(?:việc|nội dung|vấn đề|nhiệm vụ|trường hợp)\s[^,;.:\n]{0,60}?\sthì(?=\s)|bên cạnh\s[^;.:\n]{0,80}?(?=,\s)|đối\s+với\s+(?:[^;.:\n]|(?<=\d)\.(?=\d)){0,110}?(?=,\s)|theo\s+(?:mức độ|tinh thần|lộ trình|kế hoạch|phân công|quy định|yêu cầu|định hướng)\s(?:[^;.:\n]|\.\.\.){0,160}?(?=,\s(?:các|sở|ubnd|bộ|đơn vị)\s)|định\s+kỳ[^,;.:\n]{0,30}(?=,)|(?:(?:xong\s+)?trước|đến\s+hết|hết|đến|vào|ngay\s+trong)\s+(?:ngày|tháng|quý|năm|\d)[^,;:\n]{0,50}?(?=,\s|\s(?:các|sở|ubnd|hội|đơn vị)\s)|(?:chậm|muộn)\s+nhất\s[^,;:\n]{0,50}(?=,)|(?:hằng|hàng|mỗi)\s+(?:năm|quý|tháng|tuần)(?=\s+(?:sở|hội|các|ubnd|đơn vị)\s)|hằng\s+\w+(?=,)|hàng\s+\w+(?=,)|thường\s+xuyên(?=,)|bằng\s+[^,;.:\n]{0,60}(?=,)|khi\s+[^,;.:\n]{0,80}(?=,)|(?:sau\s+)?khi\s+[^,;.:\n]{3,60}?\sxong(?=\s+(?:sở|ubnd|các|bộ|ban|công an)\s)|qua\s+[^,;.:\n]{0,60}(?=,))\s*,?\s*"
)
FUTURE = re.compile(
    r"thời gian (?:tới|tiếp theo|sắp tới)|giai đoạn (?:tới|tiếp theo)|trong năm 20\d\d|năm 20\d\d,|bước sang|từ nay đến|những tháng cuối năm|6 tháng cuối năm|(?<!\w)sẽ(?!\w)|quý i{1,3}v?[/ ]|nhiệm kỳ tới"
)
PLANNED = re.compile(r"(?:nhiệm vụ|giải pháp|nội dung|phương hướng|công việc|nhóm nhiệm vụ|nhóm giải pháp|định hướng)")
POLITE = re.compile(
    r"\s*(?:[^.;:\n]{0,80}\s)?(?:trân trọng\s+)?(?:thông báo|xin thông báo|truyền đạt)\s[^.;\n]{0,200}(?:biết|thực hiện|được biết)\s*$|[^.;]{0,60}trân trọng cảm ơn|\s*(?:rất\s+)?mong\s[^.;,]{0,40}(?:,\s[^.;,]{0,20})?(?:quan tâm|phối hợp|hợp tác)[\s./]*$"
)
TOLD_PLAN = re.compile(
    r"(?<!\w)(?:cho thấy|cho biết|cho hay|nêu rõ|thông tin|chia sẻ|cho rằng|nhấn mạnh|góp ý|trao đổi)(?:\s+thêm)?(?:\s*[,:]\s*|\s+(?=(?:trong\s+)?thời gian tới|trong năm|năm 20|từ nay))"
)
GIVEN = re.compile(
    r"\s*(?:còn\s+|cũng\s+)?(?:được|đã được)\s+(?:[^,;.:]{0,60}?\s)??(?:(?:giao(?!\s+thông)|phân công)(?:\s+(?:nhiệm vụ|trách nhiệm|làm))?|(?:chỉ đạo|yêu cầu|đề nghị)(?=\s))(?:\s+phải)?\s+"
)
CARRIES = re.compile(
    r"(?:thực hiện|triển khai|căn cứ)\s+(?:các\s+)?(?:ý kiến|công văn|thông tư|hướng dẫn|đề án|tờ trình|công điện|quyết định|nghị quyết|kế hoạch|chỉ thị|luật|chương trình|thông báo|văn bản|nghị định|kết luận|chỉ đạo)\s+(?:số|của|\d|chỉ đạo)"
)
TURN = re.compile(r"(?<!\w)(?:do vậy|do đó|vì vậy|vì thế|bởi vậy|theo đó|từ đó|nên|nhưng),?\s+")
NOTE = re.compile(r"\([^()]*\)[\s.;]*$")
"""A sentence in brackets is a note."""
MUST_NOT = re.compile(
    r"(?:có\s+(?:đánh giá|giải pháp|phương án|kế hoạch|biện pháp|báo cáo|văn bản)|tuyệt đối\s+không|không\s+được|không\s+để|không\s+có\s+hành\s+vi|nghiêm cấm|\d{1,3}(?:,\d+)?%)\s"
)
"""A clause after a semicolon that is work without beginning with a verb of work."""
ONLY_WHEN = re.compile(
    r"(?:thời (?:gian|hạn)(?: (?:thực hiện|hoàn thành|báo cáo))*|hoàn thành|xong|thực hiện)\s+(?:xong\s+)?(?:là\s+)?(?:trong|trước|vào|chậm nhất|đến|từ)(?=\s|ngày)[^;]{0,60}$"
)
"""A clause that only says by when the work before it is due."""
FINAL = re.compile(
    r"(?:quyết định|nghị quyết|chỉ thị|kế hoạch|thông báo|văn bản)\s+này\s+(?:có hiệu lực|thay thế|gồm|được)\s.*|(?:(?:cần|phải|chịu trách nhiệm|có trách nhiệm|trách nhiệm|căn cứ|theo chức năng,? nhiệm vụ(?: được giao)?|nghiêm túc|nghiêm|nghiêm chỉnh|khẩn trương|tổ chức|triển khai|quán triệt|chấp hành|phổ biến|kịp thời|đồng bộ|hiệu quả|có hiệu quả|và|,)\s*)*"
    r"(?:thi hành|thực hiện)\s+(?:(?:nghiêm túc|nghiêm|đầy đủ|tốt|hiệu quả|có hiệu quả|đúng)\s+)?(?:(?:các )?(?:nội dung|quy định|ý kiến chỉ đạo|yêu cầu)\s+(?:của|tại|trong|nêu tại|nêu trong)?\s*)?"
    r"(?:quyết định|chỉ thị|kế hoạch|nghị quyết|thông báo|công điện|công văn|văn bản|quy định|quy chế|kết luận|chương trình)\s+này[\s./]*$"
)
"""The closing words of every paper, which give no work: "chịu trách nhiệm thi hành Quyết định này"."""
ATTRIBUTE = re.compile(
    r"\s*(?:(?P<lead>(?:cơ quan|đơn vị|đầu mối|người)\s+(?:được\s+)?(?:chủ\s+trì|thực\s+hiện|chịu\s+trách\s+nhiệm|đầu\s+mối|chủ\s+quản|tham\s+mưu)(?:\s*(?:thực\s+hiện|triển\s+khai|tham\s+mưu|,\s*thực\s+hiện))*|chủ\s+trì(?:\s+thực\s+hiện)?|phân\s+công(?:\s+thực\s+hiện)?|trách\s+nhiệm(?:\s+thực\s+hiện)?)"
    r"|(?P<support>(?:(?:cơ quan|đơn vị)\s+)?phối\s+hợp(?:\s+thực\s+hiện)?)"
    r"|(?P<due>(?:thời\s+(?:gian|hạn)|tiến\s+độ)(?:\s+(?:thực\s+hiện|hoàn\s+thành|triển\s+khai|báo\s+cáo|trình|hoàn\s+thiện))*|hoàn\s+thành)"
    r"|(?P<other>sản\s+phẩm(?:\s+\w+){0,3}|kết\s+quả(?:\s+(?:cần\s+đạt|đầu\s+ra|dự\s+kiến|thực\s+hiện))?|kinh\s+phí(?:\s+\w+){0,3}|nguồn\s+(?:vốn|kinh\s+phí)|địa\s+điểm|mục\s+tiêu|đối\s+tượng|quy\s+mô|căn\s+cứ|nơi\s+nhận|ghi\s+chú))\s*:\s*"
)
SECTION_OFF = re.compile(
    r"mục đích|mục tiêu|quan điểm|căn cứ|kết quả|đánh giá|tình hình|thực trạng|hạn chế|tồn tại|nguyên nhân|phạm vi|đối tượng|khái quát|sự cần thiết|giải thích|bối cảnh|bài học|thuận lợi|nơi nhận|định nghĩa|nguyên tắc|chỉ tiêu|thành phần"
)
SECTION_ON = re.compile(
    r"nhiệm vụ|giải pháp|tổ chức thực hiện|phân công|kết luận|yêu cầu|chỉ đạo|phương hướng|trách nhiệm|thời gian tới|nội dung|tổ chức|biện pháp|công việc|triển khai|kế hoạch|chế độ báo cáo|thực hiện|quyết định"
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A verb of ordering or asking in use; `hard` ones order whoever says them."""

    start: int
    end: int
    hard: bool
    word: str
    told: bool = False
    """The order is told as past: "đã yêu cầu"."""


def triggers(page: Page, start: int, end: int) -> list[Trigger]:
    """The verbs of ordering and asking between two offsets, without their uses as nouns ("đáp ứng yêu cầu")."""
    found: list[Trigger] = []
    for match in TRIGGER.finditer(page.low, start, end):
        head = page.low[max(start, match.start() - 28) : match.start()]
        if _NOUN_BEFORE.search(head) or _NOUN_AFTER.match(page.low, match.end(), end):
            continue
        if (
            match.start() > start + 1
            and page.plain[match.start()].isupper()
            and page.plain[match.start() - 2].isalpha()
        ):
            continue
        if match[0].startswith("giao") and _MORNING.match(page.plain, match.end(), end):
            continue
        if match[0].startswith("giao") and _TASKED.search(page.low, max(start, match.start() - 90), match.start()):
            continue
        told = bool(_TOLD.search(head))
        if match[0].startswith("giao") and _WAS_GIVEN.search(page.low, max(start, match.start() - 120), match.start()):
            continue
        if told and not match["hard"]:
            continue
        if found and _CHAIN.fullmatch(page.low, found[-1].end, match.start()):
            found.pop()
        found.append(Trigger(match.start(), match.end(), bool(match["hard"]), match[0], told))
    return found


def past_adverbs(low: str, position: int, end: int) -> int:
    """Skip up to three adverbials of time, aim or ground: "trong thời gian tới, căn cứ chức năng, …"."""
    for _ in range(3):
        found = ADVERB.match(low, position, end)
        if found is None or found.end() == position:
            break
        position = found.end()
    return position


def skip_words(low: str, position: int) -> int:
    """Skip small words between a subject and its modal verb: "Sở **cũng** cần", "**thì** phải"."""
    for word in (
        " ",
        "cũng ",
        "vẫn ",
        "đều ",
        "thì ",
        "cùng ",
        "luôn ",
        "càng ",
        "tiếp tục ",
        "còn ",
        "nhất định ",
        "dứt khoát ",
        "nhất thiết ",
    ):
        if low.startswith(word, position):
            position += len(word)
    return position
