# ruff: noqa: E501  (patterns and word lists are read as tables)
"""The words of trouble and of asking: how difficulties and requests are told, and what only looks like them."""

import re

from khue.language.words import MAKES_NOUN

TROUBLE = "khó khăn|vướng mắc|hạn chế|bất cập|tồn tại|trở ngại|thách thức|điểm nghẽn|rào cản|nút thắt"
"""The names of troubles in general."""
PLEA = "kiến nghị|đề nghị|đề xuất"
"""The common words of asking, verbs and nouns alike."""
DIFFICULTY = re.compile(rf"{TROUBLE}|chưa được tháo gỡ")
SECTION = re.compile(rf"{TROUBLE}|{PLEA}")
"""In a heading: difficulties or requests follow."""
PLAIN = "(?<!không )(?<!chống )thiếu|vướng mắc|bất cập|lúng túng|xuống cấp|lạc hậu|quá tải|ô nhiễm|trở ngại|rào cản|nan giải|gánh chịu|chịu cảnh|ngổn ngang|nhếch nhác|ngắt quãng|chập chờn|ì ạch|trì trệ|ách tắc|tắc nghẽn|hao hụt|bất tiện|phân tán|rời rạc|mai một|hụt hẫng|vất vả|chật hẹp|chật chội|bỡ ngỡ|bị ảnh hưởng|hư hỏng|ngập|quay lưng|bấp bênh|gây khó|loay hoay|khiến|dôi dư|mâu thuẫn|kẹt xe|điểm nghẽn|(?<!bớt )(?<!giảm )áp lực|vẫn (?:theo|phải)|ùn tắc|lầy lội|sình lầy|cô lập|bập bõm|mất sóng|khó đi|ngang nhiên|tràn lan|bất an|trái phép|nhức nhối|(?:làm|khiến|gây) [^,;.]{0,30}(?:lo lắng|bức xúc|băn khoăn|lo ngại|hoang mang)"
"""Words that tell a trouble wherever they stand."""
NEGATIVE = re.compile(
    rf"(?<!\w)(?<!giảm )(?<!giảm thiểu )(?<!khắc phục )(?<!xử lý )(?<!tránh )(?<!ngăn ngừa )(?:{PLAIN}|chưa(?!\s+(?:từng|bao giờ|kể|nói)|\s*[”\"?.]*$)|thiếu hụt|(?<!để )(?<!nhằm )(?<!phần )(?<!phòng, )hạn chế|(?<!hộ )(?<!gia đình )(?<!hoàn cảnh )(?<!vùng )(?<!địa bàn )khó khăn|chồng chéo|không đủ|không có|không đáp ứng|không tiếp cận|chậm|thấp|(?<!chủ )(?<!thiết )(?<!trọng )(?<!tất )yếu|manh mún|nhỏ lẻ|khan hiếm|hạn hẹp|khó(?! khăn)|mỏng|thưa|kém|lãng phí|tụt hậu|thua thiệt|mất|còn ít|ít|(?<!thu hồi )(?<!thu )(?<!xử lý )nợ|không còn(?!\s+(?:nằm|là|chỉ)(?!\w))|không thể|không được|quá cao|chỉ (?:có|đủ|được)|ảnh hưởng (?:lớn|nhiều|ít nhiều|trực tiếp|nặng|nghiêm trọng|rất|(?:tới|đến)(?! (?:hơn |gần |khoảng )?\d)|không nhỏ|xấu|tiến độ|chất lượng|kết quả|đời sống|cuộc sống|sản xuất)|quá hạn|thua lỗ|ép giá|không kịp|không lành mạnh|không khoa học|không dám|không biết|không (?:có )?hiệu quả|không cần|không ai|lấn chiếm|sạt lở|tồn đọng|thất thoát|bất hợp lý|tốn kém|đứt gãy|nặng nề|sụt giảm|giảm sâu|giảm mạnh|đình trệ|bỏ trống|bỏ hoang|dở dang|dư thừa|sơ sài|thô sơ|chung chung|không (?:hiểu|nắm|mặn mà|muốn|quan tâm)|ngại|tai nạn|không (?:hoàn chỉnh|bảo đảm|đảm bảo)|quá nhiều|quá lớn|rườm rà|kéo dài|phức tạp|gián đoạn|không phù hợp|phiền hà|bức xúc|không (?:hợp lý|thích hợp|công bằng|khả thi|nhất quán|thống nhất)|bất công|phi lý|vô lý|trái (?:với )?(?:quy định|pháp luật|luật|pháp lệnh)|tăng cao|không ổn định|không đồng bộ|gây (?:ảnh hưởng|thiệt hại)|lỗi|hỏng|trục trặc|vướng|e ngại|(?:đã|quá|rất|đều|khá|thiết bị|máy móc) cũ|quá ít|rủi ro|(?<!không )làm (?:phát sinh|gia tăng)(?: thêm)? (?:chi phí|thủ tục)|còn thủ công|dàn trải|bị động|chênh lệch|không đều)(?!\w)"
)
GRUMBLES = re.compile(
    rf"{NEGATIVE.pattern}|(?<!\w)(?:không(?!\s+(?:ngừng|chỉ|những|riêng))|phải (?:mượn|thuê|nhờ|chờ|tự|bỏ|ghép|đi|làm|xin|quay|chịu|mua)|mới (?:được|có|chỉ|đạt)|mỗi năm [^,.;]{{0,20}}tăng|tốn|đắt|lo|sợ|mất|bị)(?!\w)"
)
"""Troubles as people tell them in their own words."""
OPENS = re.compile(
    rf"(?:còn(?: có)?|gặp(?: phải)?|có|nêu|những|một số|nhiều|các|không ít)\s+(?:[^,.;:]{{0,30}}\s)?(?:{TROUBLE})"
    r"|(?:khó khăn|vướng mắc|bất cập|điểm nghẽn|trở ngại|điểm khó|cái khó|nút thắt|rào cản)\s+(?:lớn nhất|chính|chủ yếu|nhất|hiện nay)"
    r"|(?:khó khăn|vướng mắc)\s+(?:của|trong|khi)\s[^;:.]{3,130}?(?=\s(?:đó )?là\s)"
)
STILL_NOT = re.compile(
    r"\s*(?:tuy nhiên|song|nhưng|tuy vậy)\s*,?\s[^.;]{0,80}?(?<!\w)(?:vẫn|còn|hiện)(?: còn)? (?:chưa|thiếu|chậm|hạn chế|lúng túng|yếu)(?!\w)"
)
"""A turn of a report to what is wanting: "Tuy nhiên, nhiều xã vẫn chưa …"."""
STILL_HARD = frozenset({"còn khó khăn", "còn gặp khó khăn"})
CONTENT = re.compile(r"(?<!\w)(?:do|như|vì|bởi|khi|nhất là|đặc biệt|trong đó|cụ thể|về|trong|là|liên quan)(?!\w)|:")
BUT = re.compile(r"\s*(?:tuy nhiên|song|nhưng|tuy vậy|mặc dù|khó khăn)(?!\w)")
COMPLAINS = re.compile(
    r"(?<!\w)(?:nêu (?:ra )?(?:những |các |một số |nhiều )?(?:nội dung|vấn đề|điểm|việc) cần (?:được )?(?:tháo gỡ|giải quyết)(?: trong [^,;:]{3,50}?)? (?=như\s)|(?<!tiếp nhận )(?<!ý kiến )(?<!kiến nghị, )(?<!những )(?<!các )(?:phản ánh|trăn trở|băn khoăn|lo ngại|bức xúc|than phiền|(?<!gây )(?<!hoang mang, )(?<!hoang mang )lo lắng|đặt (?:ra )?vấn đề)(?!\s+(?:của|đã|được|từ))|cho rằng khó khăn|nêu (?:thắc mắc|bức xúc|băn khoăn)(?=\s(?:một số|nhiều|các|những|vì sao|tại sao))|nêu (?:ra |lên )?(?:nhiều|một số|các|những) (?:vấn đề|bất cập|khó khăn)[^,;:]{0,40}\s(?:như|là)(?: là)?(?=\s)|(?:nêu|chỉ) (?:ra )?(?:thực trạng|tình trạng))(?:\s+(?:rằng|về|việc))?[,:]?\s*"
)
ASKS = re.compile(
    r"(?<!\w)(?:kiến nghị|đề nghị|đề xuất|mong muốn|(?:kính |rất |mong )?mong|(?<!không )(?<!mong )muốn(?=\s(?:được|thành phố|tỉnh|nhà nước|chính phủ|bộ|sở|ubnd)(?!\w))|xin|yêu cầu)(?!\w)(?:\s*,\s*(?:kiến nghị|đề nghị|đề xuất))*"
)
ABOUT = re.compile(
    r"(?:về|với|đối với|trước|liên quan đến|xét)\s+(?:các\s+|những\s+|nội dung\s+|việc\s+)?(?P<asks>đề xuất|kiến nghị|đề nghị)\s+(?!thuộc|không thuộc|chính đáng|liên quan|nêu|trên)"
)
WHOSE = re.compile(rf"\s*(?:,\s*(?:{PLEA})\s*)?(?:nêu )?(?:trên\s*)?(?:của|từ)\s[^,;:]{{0,60}}")
"""Whose requests were answered, not which: "kiến nghị của xã"."""
ANSWER = re.compile(
    r",\s*(?=theo|đồng chí|ông|bà|phó|chủ tịch|giám đốc|bí thư|trưởng|thứ trưởng|bộ trưởng|giao|yêu cầu|đề nghị|ubnd|sở|bộ|thống nhất|đồng ý)|:|;"
)
NOUN = re.compile(
    rf"(?:{MAKES_NOUN}|nhiều|một số|cần|phải|chủ động|tích cực|kịp thời|rà soát,|rà soát|(?<!nhiều )(?<!các )(?<!một số )ý kiến|ý kiến,|nguyện vọng,|tâm tư,|tham mưu,|nghiên cứu|nghiên cứu,|định hướng|chưa|xem xét,?|(?<!có )(?<!ra )(?<!gửi )(?<!ký )công văn|tổng hợp(?:,| và|, báo cáo,?| để)|(?<!ban )(?<!quận )(?<!phường )(?<!số )(?<!đạo )(?<!tổ )(?<!đội )(?<!ấp )(?<!thôn )(?<!cụm )(?<!khối )(?<!khu )(?<!phố )(?<!thứ )(?<!sáng )(?<!chiều )(?<!ngày )(?<!tháng )(?<!năm )(?<![\d/.-])\d{{1,3}}|(?:giải quyết|xử lý|còn|có|nhận)(?: được)?\s\d+/\d+)\s+$"
)
PASSES_ON = re.compile(
    r"[\s“\"]*(?:(?:đồng thời|bên cạnh đó|ngoài ra|cùng với đó)\s*,?\s*)?(?:sớm\s+)?(?:chỉ đạo|giao)\s"
)
"""Those above who were asked are asked to give an order to others."""
ORDERED = re.compile(
    r"(?<!\w)(?<!đã )(?:giao|yêu cầu|chỉ đạo)\s+(?:các|sở|ubnd|ban|phòng|công an|văn phòng|đơn vị)(?!\w)"
)
"""Before a word of asking this makes it part of an order: "giao các sở trả lời kiến nghị"."""
NOUN_AFTER = re.compile(
    r"\s+(?:các )?vấn đề (?:này|trên)|\s+gì(?!\w)|\s+khởi tố(?!\w)|\s*,?\s+tập trung\s+(?:vào|ở|chủ yếu)(?!\w)|\s*,\s*phản ánh|\s+(?:tiếp tục\s+)?(?:được\s+)?(?:ghi nhận|lắng nghe|tiếp thu)(?!\w)|\s*[;.)]|\s*$|\s+(?:cử tri|đặt hàng|thuộc|không thuộc|chính đáng|thiết thực|hợp lý|chủ yếu|của|này|trên|nêu|đó|từ|tại|đã|được|liên quan|gửi|vượt|nhằm|chính đáng)(?!\w)(?!(?<=\stừ)\s+(?:năm|ngày|tháng|quý)(?!\w))"
)
AGAIN = re.compile(r"(?<!\w)(?:cũng|còn|tiếp tục|mạnh dạn|vẫn|đồng thời|chính thức)\s+$")
"""Before a word of asking: it is a verb, whatever comes after it."""
AT_HEAD = re.compile(
    r"[\s“\"]*(?:(?:cụ thể|trong đó|ngoài ra|đồng thời|bên cạnh đó|theo đó|trước hết|tiếp đó|cùng với đó)(?:\s*,|\s+(?:là|như))?\s+)?"
)
"""All that may stand before a word of asking at the head of a sentence of the one who spoke before."""
HANDED_IN = re.compile(r"(?:gửi|có)\s(?:[^,;:.]{0,60}\s)?(?:đơn|văn bản|công văn|tờ trình|thư)\s[^,;:.]*về việc\s+$")
"""Before a word of asking: a paper is handed in that asks."""
HOPED = re.compile(
    r"\s(?:(?:[^,;.]|(?<=tp)\.){2,70}?\s)?(?:sớm|sẽ|được|hỗ trợ|quan tâm|tạo điều kiện|xem xét|giúp|chỉ đạo|có (?:cơ chế|chính sách|giải pháp|thêm))(?!\w)"
)
"""After "mong": something is hoped of somebody."""
GOOD = re.compile(
    r"sẽ (?:sớm )?được (?:tháo gỡ|giải quyết|khắc phục)|(?:mặc dù|dù|tuy)\s+(?:vẫn\s+|còn\s+)?(?:gặp\s+|có\s+)?(?:rất\s+)?(?:nhiều|không ít|những|một số)\s+(?:khó khăn|thách thức)(?!\s+(?:do|vì|về|như|trong))|vẫn (?:giữ vững|duy trì|đạt|hoàn thành)|(?:mặc dù|dù|tuy)\s[^,;]{3,60},\s[^,;]{0,60}\s(?<!nhưng )(?<!song )vẫn(?!\s+(?:còn|chưa|gặp|thiếu|phải|là|tồn tại|khó|vướng|nhiều|bị|không)(?!\w))|giải đáp|(?<!sớm )(?<!cần )(?<!chưa )(?<!cần sớm )(?:đã|được)\s+(?:giải quyết|tháo gỡ|khắc phục)|(?:nhưng|song|tuy nhiên)[^.;]{0,60}(?:đã|vẫn)\s+(?:gặt hái|đạt|hoàn thành|vươn|có nhiều|nỗ lực)|không còn (?:khó khăn|vướng mắc)|được kiểm soát|(?:ghi nhận|lắng nghe|nắm bắt|tìm hiểu|nghe)\s+(?:(?:những|các|một số|nhiều|ý kiến|phản ánh|kiến nghị|về|,)\s+)*(?:khó khăn|vướng mắc)|vượt qua|cần khắc phục|khắc phục (?:khó khăn|hạn chế)|đã thông qua|thảo luận|tháo gỡ khó khăn|(?<!cần )(?<!sớm )(?<!cần được )(?<!sớm được )(?<!chưa được )(?<!chờ )(?:tháo gỡ|giải quyết(?!\s+(?:thủ tục|hồ sơ|công việc|việc làm|chế độ|chính sách)))"
)
TURNS = re.compile(r",\s+(?=[^,;:“”\"]{8,90}?\s(?P<order>yêu cầu|giao|chỉ đạo|đề nghị)\s)")
"""Where another subject may follow, who orders."""
UNMENDED = re.compile(r"(?<!\w)(?:chưa(?=\s\w)|không(?! chỉ| ngừng)|khó|chậm)(?!\w)[^,;:.]*$")
"""Before a word of mending: nothing is mended."""
DONE = re.compile(
    r"(?<!\w)(?:đã|vừa)\s+(?:ban hành|đầu tư|triển khai|tổ chức|hoàn thành|phê duyệt|xây dựng|bố trí|cấp|thực hiện|chỉ đạo|thành lập|đạt|có \d)(?!\w)"
)
"""What was done: without a word of trouble or of asking it is neither."""
PRAISES = re.compile(r"(?<!\w)(?:đánh giá cao|biểu dương|cảm ơn|chúc mừng|sẽ nỗ lực|cam kết sẽ)(?!\w)")
"""Praise, thanks and promises ask for nothing."""
GOES_ON = re.compile(
    r"[\s“\"]*(?:cùng với đó|ngoài ra|bên cạnh đó|đồng thời|tiếp đó)(?:\s*,)?(?:\s+(?:là|còn có|có))?\s+(?:(?:các|những|một số|nhiều)\s+)?(?:nội dung|vấn đề|kiến nghị|đề xuất|khó khăn|ý kiến|vướng mắc)[^:;.]{0,60}$"
)
"""Before a colon: the list told before goes on."""
NEWSPAPER = re.compile(r"(?<!\w)như\s+(?:[^,.;]{2,60}?\s)?(?:đã\s+)?(?:thông tin|đưa tin|phản ánh)(?!\w)")
"""The paper recalls what it wrote before: nobody speaks."""
DATED = re.compile(r"[\s“\"]*(?:(?:sáng|chiều|tối|trưa)\s+(?:nay|qua|ngày|\d)|ngày\s+\d)")
"""The reporter tells what took place when."""
_RAISED = r"(?:khó khăn|vướng mắc|kiến nghị|đề xuất|thắc mắc|câu hỏi|ý kiến|phản ánh|bức xúc|chất vấn)"
_SOME = r"(?:(?:những|các|nhiều|một số|các nội dung|về|đối với|,|và)\s*)*"
ANSWERED = re.compile(
    rf"(?<!\w)(?:giải đáp|trả lời|hướng dẫn|giải quyết|tháo gỡ|làm rõ)\s+{_SOME}(?:câu hỏi |ý kiến |thắc mắc )?{_RAISED}"
)
"""Before a list: these were answered, and are asked no more."""
ANSWERS = re.compile(
    rf"(?<!\w)(?<!chưa )(?<!được )(?:ghi nhận|tiếp thu|giải đáp|trả lời|giải trình|phúc đáp|phản hồi|giải thích thêm|thông tin lại|chia sẻ với|đồng tình với)\s+{_SOME}(?:{_RAISED}|việc này|vấn đề (?:này|trên)|cử tri)(?!\w)"
)
"""Who does this answers others, and goes on answering."""
LINK = re.compile(
    r"[\s“\"]*(?:(?:tuy nhiên|bên cạnh đó|bên cạnh những[^,]{0,60}|ngoài ra|đồng thời|mặt khác|đặc biệt|trong đó|cụ thể|nhưng|song)\s*,\s*|theo\s+[^,:]{0,100}[,:]\s*(?:(?:phó|chủ tịch|giám đốc|bí thư|trưởng)\s[^,]{0,80},\s*)?|(?:[^,;:]{0,80}(?:cho biết|phản ánh|chia sẻ|nêu|cho hay|cho rằng))[,:]?\s*(?:rằng\s+)?)*"
)
SPOKEN = re.compile(
    r"(?<!\w)(?:cho biết|chia sẻ|phản ánh|cho hay|cho rằng|nêu rõ|báo cáo|giãi bày|nói(?!\s+(?:chung|riêng))|khẳng định|nhấn mạnh|lý giải|phân tích|bộc bạch|than thở|chỉ ra|dẫn ra|nhận định|tâm sự|nêu ví dụ|dẫn chứng|lập luận|đặt câu hỏi|thừa nhận|than phiền|góp ý|(?<!gây )(?<!hoang mang, )(?<!hoang mang )lo lắng|(?<!gây )lo ngại|băn khoăn|bày tỏ)(?:\s+(?:thêm|rằng|hiện nay))*\s*[,:]?\s*"
)
HAZARD = re.compile(
    r"nguy cơ (?:rất |khá )?cao (?:về |xảy ra )?(?:sạt lở|lũ|ngập|cháy|trượt)|(?:loại hình |hiện tượng )?thiên tai (?:đặc biệt |rất )?nguy hiểm"
)
"""A warning of nature, no trouble that someone voices."""
THIS = re.compile(
    r"[\s“\"]*(?:(?:chính|và|tất cả)\s+)?(?:đó|đây) là (?:những )?(?:thông tin|ý kiến|chia sẻ|phản ánh) |[\s“\"]*(?:(?:chính|và|tất cả)\s+)?(?:điều|việc|những lý do|tình trạng) (?:này|đó|trên)\s(?:đã |cũng |sẽ |còn |vẫn )*(?:gây|ảnh hưởng|làm|khiến|dẫn đến|cho thấy)"
)
"""What comes of the trouble told before is no other one."""
STORM = re.compile(
    r"(?<!\w)(?:mưa|bão|lũ|áp thấp)(?:\s[^,;:.]{0,40})?\s(?:còn |vẫn |sẽ |tiếp tục |đang )*(?:có )?diễn biến (?:rất |hết sức |còn )?(?:phức tạp|khó lường|bất thường)"
)
"""A forecast, no trouble that someone voices."""
MOOD = re.compile(
    r"[\s“\"]*(?:chưa|không) (?:hài lòng|thỏa mãn|thoả mãn|đồng tình|đồng ý|bằng lòng)(?: với [^,;:]{3,60})?,"
)
"""How who asks feels about an answer, before the asking; no difficulty of its own."""
NAMELY = re.compile(
    r"(?:(?:,|;)?\s*(?:như|cụ thể(?: là| như)?|trong đó|đó là|nhất là)\s*,|(?:(?:,|;)?\s*(?:như|cụ thể(?: là| như)?|trong đó|đó là|nhất là))?\s*:)\s*|\s+(?:như|là|đó là)\s*:?\s+"
)
HEAD = re.compile(rf"(?:{PLEA})(?!\s+đặt hàng)|mong muốn|{TROUBLE}")
JOINED = re.compile(r"(?:[,;]|(?<!\w)(?:đồng thời|và|cũng|cũng như|nên|vì vậy|do đó|do vậy|từ đó))\s*,?\s*$")
OWN_START = re.compile(
    r"(?:đồng thời,?\s+)?(?:có|cho phép|cho|tăng|giảm|miễn|nâng|bổ sung|sớm|cần|nên|chính sách|cơ chế|được|bỏ|gỡ bỏ|bãi bỏ|giữ nguyên|hoãn|lùi|giãn|gia hạn)\s"
)
ALLOWS = re.compile(r"(?:cho phép|cho|giao cho|giao|phân cấp|bố trí|được)\s")
"""At the head of a sentence this goes on with what was asked."""
GOES_ON_WITH = re.compile(rf"(?:{ALLOWS.pattern}|{OWN_START.pattern})")
"""The same after "theo đó,", "bên cạnh đó,"."""
MORE = re.compile(r"(?:cụ thể|theo đó|trước mắt|cùng với đó|bên cạnh đó|ngoài ra|đồng thời|đặc biệt)\s*(?:,|là|thì)\s*")
POLICY = re.compile(r"có (?:cơ chế|chính sách|giải pháp|phương án|lộ trình)(?!\w)")
"""After "đặc biệt," this goes on with what was asked."""
NAMES_ONLY = re.compile(
    r"(?:kiến nghị|đề nghị|đề xuất|mong muốn)\s[^,;:]{2,80}?\s(?:về|trong)\s(?:những|các|hàng loạt các)\s(?:bất cập|khó khăn|vướng mắc|vấn đề|nội dung)(?: dân sinh| bức xúc)?\s(?:này|trên|nêu trên|khác)|(?:rất |kính )?mong (?:các cơ quan|các đơn vị|quý)[^;:]{0,40} (?:quan tâm|phối hợp|hợp tác)|với\s[^,;:]{2,60}?\svề\s+(?:những|các|một số|nhiều)\s+(?:khó khăn|vướng mắc)[^,;:]{0,120}|(?:(?:đã\s+)?(?:kiến nghị|đề nghị|đề xuất)\s+(?:(?:tháo gỡ|giải quyết)\s+)?)?(?:(?:những|các|một số|nhiều|nhóm)\s+)?(?:(?:khó khăn|vướng mắc|hạn chế|bất cập|tồn tại|nội dung|vấn đề|kiến nghị|đề xuất|giải pháp(?:\s+(?:đột phá|cụ thể|tháo gỡ|phù hợp|thiết thực|tốt nhất|hữu hiệu|khả thi|hiệu quả|đồng bộ))*(?:\s(?:nhằm|để|theo hướng|đẩy nhanh|nâng cao|thúc đẩy|giải quyết|khắc phục)\s[^;:]{0,140})?)(?:\s*,\s*|\s+và\s+)?)+(?:\s+(?:trong|của|về|liên quan)\s(?!tình trạng|thực trạng|việc)[^,;:]{0,60})?"
)
"""Says that there are troubles or requests, not which."""
LACKS = re.compile(
    rf"(?<!\w)(?:còn|quá|rất|khá|vẫn|hiện|hơi)(?:\s+(?:rất|khá|quá|bị|gặp|nhiều))?\s+{NEGATIVE.pattern}|(?<!\w)(?:{PLAIN}|chưa(?!\s+(?:từng|bao giờ|kể|nói))|nguyên nhân|(?:còn|đang|hiện|rất|đều|quá|khá|hơi) (?:thiếu|khó|thấp|ít|yếu|chậm|vướng|hạn chế|nhiều bất cập|xa|nhỏ)|khó khăn|khó tiếp cận|tình trạng|chỉ (?:có|đủ)|rất không|ảnh hưởng (?:lớn|ít nhiều|trực tiếp|nặng|nghiêm trọng|đến|tới|tiến độ|chất lượng|kết quả|đời sống|cuộc sống|sản xuất)|không (?:hiểu|nắm|mặn mà|muốn|quan tâm|có|đủ|thể|đáp ứng|phù hợp|hợp lý|thích hợp|công bằng|đồng bộ|ổn định|kịp|cần|dám|hiệu quả|khả thi|lành mạnh|biết|tương xứng|bảo đảm|đảm bảo)|mất (?:nhiều|rất))(?!\w)"
)
MATTERS = re.compile(
    r"(?:cử tri|doanh nghiệp|hợp tác xã|htx|người dân|nông dân|đại biểu|câu hỏi|kiến nghị)[^:]{0,260}(?:vấn đề|nội dung|ý kiến)(?:\s+(?:cụ thể|chính|chủ yếu|bức xúc|quan trọng|nổi cộm|(?:(?:nhân dân|người dân|cử tri)\s+)?(?:đang\s+)?quan tâm(?:\s+hiện nay)?))?(?:\s*,)?(?:\s+(?:như sau|như|sau|gồm))?\s*$"
)
NAMELY_LIST = re.compile(r"\s*(?:cụ thể|trong đó|gồm|như)(?:\s+(?:là|như sau))?\s*$")
NEEDS = re.compile(
    r"(?:(?:tuy nhiên|bên cạnh đó|ngoài ra|đồng thời|do đó|vì vậy|do vậy|trong thời gian tới)\s*,\s*)*(?:cần|nên)(?:\s+(?:phải|có|sớm))?\s+"
)
SHOULD = re.compile(r"(?:các |những )?[^,;:“”\"]{5,70}?\s(?:cần|phải)\s(?!thiết|có thêm)")
"""A part of a list of requests with who or what should be otherwise."""
IN_CASE = re.compile(
    r"(?<!\w)(?:nếu|trường hợp)\s(?:[^,;]{0,20}\s)?(?:còn|có|gặp|phát sinh|xảy ra)\s[^,;]{0,30}?(?:khó khăn|vướng mắc|bất cập)"
)
"""Troubles that might come are not told of."""
VAGUE = re.compile(r"nêu (?:lên |ra )?(?:(?:một số|các|nhiều|những)\s[^;:.]*)?(?:khó khăn|vướng mắc|kiến nghị|bất cập)")
"""Says that troubles were named, not which."""
WHETHER = re.compile(r"(?<!\w)(?:xem|liệu|làm rõ|kiểm tra|xác định)\s[^.;]*\shay (?:không|chưa)(?!\w)")
"""What is not known yet is no trouble told."""
AIDED = re.compile(
    r"(?<!\w)(?:giúp|cho phép|để|nhằm)\s[^,;.]{0,60}?(?<!\w)(?:phản ánh|đánh giá|lắng nghe|báo cáo|phát hiện|nắm bắt|khắc phục|tháo gỡ|giải quyết)(?!\w)"
)
"""Troubles after these words are what others are helped to tell or to mend."""
DENIED = re.compile(
    r"(?<!\w)(?:không (?:phải (?:là )?|hề )?(?:có )?(?:tình trạng|hiện tượng|chuyện)|hoàn toàn không có|không xảy ra|không có (?:hồ sơ|trường hợp|vụ việc|đơn thư)(?: nào)?(?: bị)? (?:quá hạn|trễ hạn|chậm|tồn đọng)|là không có(?! cơ sở| căn cứ| khả năng))(?!\w)"
)
"""Says that something is not so."""
PREVENTS = re.compile(r"(?<!\w)(?:để không|không để|tránh|ngăn ngừa|phòng ngừa|ngăn chặn)(?!\w)")
"""Troubles after these words are what shall not come about."""
TURNED = re.compile(r"(?<!\w)(?:mà|nhưng|song|tuy nhiên)(?!\w)")
SINCE = re.compile(r"[\s“\"]*(?:bởi|vì|do|lý do|nguyên nhân)(?!\w)")
"""The ground of what was asked."""
STATE = re.compile(
    r"các bộ|bộ, ngành|nhà nước|trung ương|cấp trên|cấp có thẩm quyền|cơ quan có thẩm quyền|quốc hội|đại biểu hđnd|tổ đại biểu|đoàn đại biểu|chính phủ|thủ tướng"
)
HIGHEST = re.compile(r"(?:chính phủ|thủ tướng|quốc hội|ủy ban thường vụ quốc hội)(?!\w)")
SUCH_AS = re.compile(r"(?<!\w)như\s*:?\s+|:\s+")
SHARED = re.compile(
    r"(?:chia sẻ|ghi nhận|thấu hiểu|cảm thông)\s[^;:.]{0,30}(?:khó khăn|vướng mắc|bất cập)[^;:.]{0,30}?\scủa\s+(?=[^;:.]{2,80}(?:như|:))"
)
"""Who listens repeats the troubles of others: "chia sẻ với những khó khăn của xã như …"."""
HAS = re.compile(r"\s*(?:hiện\s+|cũng\s+|vẫn\s+|đang\s+)*(?:còn|gặp|chưa|thiếu|có|không)\s")
BLANK = re.compile(r"\s+")
ACCORDING = re.compile(
    r"[\s“\"]*(?:(?:tuy nhiên|bên cạnh đó|ngoài ra|đồng thời|cũng|còn)\s*,?\s*)?theo\s+(?!đó|quy định|kế hoạch|nghị|luật|thông tư|quyết định|chương trình)"
)
"""Says whose words follow: "Theo ông A, …"."""
RESPONDS = re.compile(
    r"[\s“\"]*(?:(?:sau khi|trên cơ sở|qua|thay mặt[^,]{0,60},?)\s+)?(?:(?:tiếp thu|ghi nhận|trả lời|giải trình|giải đáp|trước|phúc đáp|lắng nghe)\s*,?\s*)+(?:(?:các|những|một số|nhiều|về|đối với)\s+)*(?:ý kiến|kiến nghị|đề xuất|phản ánh|thắc mắc|câu hỏi|vấn đề|chất vấn|vướng mắc|đại biểu|cử tri)(?!\w)"
)
"""Someone answers what was asked: nothing more is asked."""
PENDING = re.compile(r"[^;]*?(?<!\w)(?:nhưng|song|tuy nhiên)\s[^.;]{0,40}(?:chưa (?:được|có|nhận)|không được)")
"""A request made before and not met is a difficulty."""
TOLD_OFF = re.compile(r"(?<!\w)bị\s[^,;:.]{0,70}$")
"""Before a verb of asking: something was asked of someone, as a measure."""
ON_CONDITION = re.compile(r"[\s“\"]*(?:trong trường hợp|trường hợp|nếu|giả sử)\s")
"""Before a request: when it holds, no trouble told."""
TOPIC = re.compile(r"[\s“\"]*(?:trong|về|với|đối với|liên quan(?: đến)?|cùng)\s[^,;:]{3,70},")
"""What is spoken of, before who speaks."""
BEFORE = re.compile(r"(?<!\w)(?:đã|đang|từng|nhiều lần|liên tục|cũng đã)\s+(?:nhiều lần\s+|có văn bản\s+)?$")
"""Before a verb of asking: this was asked earlier."""
CROWD = re.compile(
    r"cử tri|người dân|bà con|hộ dân|doanh nghiệp|công ty|hợp tác xã|htx|hãng tàu|hiệp hội|nông dân|tiểu thương"
)
"""People and firms, who ask the offices of the state."""
QUESTION = re.compile(
    r"(?<!\w)(?:thắc mắc|hỏi|đặt câu hỏi)\s(?:[^,;:.]{0,20}\s)?(?:về|việc|rằng|liệu|có)\s|(?<!\w)(?:hay không|được không|thì sao|(?:cần|phải) làm gì(?! được))(?=\s*(?:[,;?.…]|để\s|$))"
)
"""Someone wants to know: an answer is asked for, nothing else."""
PEOPLE = re.compile(
    r"(?<!\w)(?P<who>(?:(?:nhiều|một số|các) )?(?:cử tri|người dân|bà con|nhân dân|hộ dân)(?: [^,;:.]{0,40}?)?)\s+(?:cũng |đã |còn |tiếp tục )*$"
)
"""People, right before a word of asking: whoever tells it, they ask."""
OFFICE = re.compile(
    r"(?<!\w)(?:sở|cục|chi cục|bộ|thứ trưởng|ubnd|ủy ban nhân dân|hđnd|phòng|tổng cục|thành ủy|tỉnh ủy|bí thư|chủ tịch)(?!\w)"
)
LOWLY = re.compile(
    r"hiệu trưởng|(?<!môi )(?<!thị )trường(?!\w)|bệnh viện|viện trưởng|hợp tác xã|htx|công ty|hiệp hội|chuyên gia|nông dân"
)
"""Those who give no orders, whatever their rank."""
