# ruff: noqa: E501  (sentences are read whole)
"""Reports of sittings, hearings of voters and papers given out, as provinces tell them."""

from datetime import date

import pytest

from khue.language.extract import Extraction, extract
from khue.language.source import SourceText


def press(words: str) -> Extraction:
    return extract(SourceText(words, (), "txt"), date(2025, 3, 9))


def given(words: str) -> list[tuple[list[str], str]]:
    return [([a.name for a in one.assignees if a.role == "lead"], one.text) for one in press(words).directives]


@pytest.mark.parametrize(
    ("words", "leads", "work"),
    [
        ("Chủ tịch UBND tỉnh Lò Văn Sáng yêu cầu giám đốc, thủ trưởng các sở, ngành trực ban suốt kỳ nghỉ.", ["giám đốc, thủ trưởng các sở, ngành"], "yêu cầu giám đốc, thủ trưởng các sở, ngành trực ban suốt kỳ nghỉ"),
        ("Đồng chí Tạ Thị Mơ – PCT UBND tỉnh đã chỉ đạo, giao các sở rà soát lại hồ sơ nợ đọng.", ["các sở"], "giao các sở rà soát lại hồ sơ nợ đọng"),
        ("Với tinh thần đồng hành, hỗ trợ hợp tác xã, Phó Chủ tịch UBND tỉnh Tạ Thị Mơ đã chỉ đạo, giao các sở rà soát lại hồ sơ nợ đọng.", ["các sở"], "giao các sở rà soát lại hồ sơ nợ đọng"),
        ("UBND tỉnh Lào Cai vừa có văn bản yêu cầu các xã kiểm kê lại rừng quế.", ["các xã"], "yêu cầu các xã kiểm kê lại rừng quế"),
        ("UBND tỉnh Lào Cai vừa ban hành văn bản đề nghị Sở Y tế rà soát tủ thuốc của các bản.", ["Sở Y tế Lào Cai"], "đề nghị Sở Y tế rà soát tủ thuốc của các bản"),
        ("Phó Chủ tịch UBND tỉnh Tạ Thị Mơ khen ngành Y tế vượt khó và yêu cầu ngành tiếp tục luân phiên bác sĩ.", ["Ngành Y tế"], "yêu cầu ngành tiếp tục luân phiên bác sĩ"),
        ("Phó Chủ tịch UBND tỉnh Tạ Thị Mơ yêu cầu, các sở nêu cao trách nhiệm trong xử lý kiến nghị cho hợp tác xã.", ["các sở"], "yêu cầu, các sở nêu cao trách nhiệm trong xử lý kiến nghị cho hợp tác xã"),
        ("“Các xã phải dự trữ đủ gạo cho mùa mưa” - đó là chỉ đạo của Bí thư Tỉnh ủy Lò Văn Sáng tại hội nghị.", ["Các xã"], "Các xã phải dự trữ đủ gạo cho mùa mưa"),
    ],
)  # fmt: skip
def test_an_order_however_it_is_told(words: str, leads: list[str], work: str) -> None:
    assert given(words) == [(leads, work)]


def test_who_took_part_is_given_no_work() -> None:
    words = "Chủ tịch UBND tỉnh Lò Văn Sáng chủ trì. Tham dự cuộc họp có lãnh đạo các sở: Tài chính; Xây dựng; Công ty khai thác công trình thủy lợi Sông Mã."
    assert given(words) == []


def test_a_paper_with_a_number_is_cited_not_made() -> None:
    words = "UBND tỉnh Lào Cai yêu cầu các xã phổ biến Kết luận số 50-KL/TW ngày 30/5/2019; Nghị quyết số 46/NQ-CP ngày 29/3/2013 nhằm nâng cao nhận thức."
    assert len(given(words)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "Đến nay, tỉnh đã có 9 kiến nghị được giải quyết; 7 kiến nghị dự kiến hoàn thành trong tháng này.",
        "Các thành viên Tổ công tác đã giải trình cụ thể từng kiến nghị.",
        "Cử tri gửi nhiều ý kiến, kiến nghị, tập trung vào đường sá và chợ.",
        "Rất mong các cơ quan, đơn vị quan tâm phối hợp./.",
        "Riêng kiến nghị cơ chế thuê dịch vụ, quan điểm của Chính phủ là chuyển sang thuê.",
    ],
)  # fmt: skip
def test_requests_counted_or_named_are_not_voiced(words: str) -> None:
    opening = "Chủ tịch UBND tỉnh Lò Văn Sáng chủ trì cuộc họp với doanh nghiệp.\n\n"
    assert press(opening + words).petitions == ()


def test_a_team_known_by_its_number_asks() -> None:
    (one,) = press("Bên cạnh đó, Ban 197 kiến nghị thành phố bố trí thêm bãi gửi xe ban đêm.").petitions
    assert one.text == "kiến nghị thành phố bố trí thêm bãi gửi xe ban đêm"


@pytest.mark.parametrize(
    ("words", "dues"),
    [
        ("Chủ tịch UBND tỉnh Lò Văn Sáng giao Sở Y tế kiểm kê tủ thuốc các trạm; có văn bản trả lời báo. Thời gian thực hiện hoàn thành trước ngày 20/4/2025.", ["2025-04-20"] * 2),
        ("Chủ tịch UBND tỉnh Lò Văn Sáng giao Sở Y tế kiểm kê tủ thuốc các trạm. Hoàn thành trướcngày 20/4/2025.", ["2025-04-20"]),
        ("Chủ tịch UBND tỉnh Lò Văn Sáng yêu cầu Sở Y tế kiểm kê tủ thuốc các trạm, chậm nhất đến ngày 20.4 phải báo cáo.", ["2025-04-20"]),
        ("Chủ tịch UBND tỉnh Lò Văn Sáng yêu cầu Sở Y tế mua 3.4 triệu viên thuốc.", [None]),
    ],
)  # fmt: skip
def test_a_day_in_a_sentence_of_its_own_and_a_day_with_a_dot(words: str, dues: list[str | None]) -> None:
    found = [one["due"] and one["due"]["to"] for one in press(words).as_json()["directives"]]
    assert found == dues


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ("Văn phòng UBND tỉnh đề nghị Sở Y tế khẩn trương trình phương án luân phiên bác sĩ.", ["Sở Y tế"]),
        ("Chủ tịch UBND tỉnh Lò Văn Sáng yêu cầu các HTX hoàn thiện bộ máy quản trị.", ["các hợp tác xã"]),
        ("Ông Mùa A Páo yêu cầu Đoàn thanh tra cần chủ động phối hợp với các xã.", ["Đoàn thanh tra"]),
        ("Để bản góp ý được thống nhất, chất lượng, bảo đảm tiến độ, UBND tỉnh đề nghị Sở Y tế cho ý kiến bằng văn bản.", ["Sở Y tế"]),
        ("Bộ trưởng Bộ Y tế Mùa A Páo nêu các nhiệm vụ mà Sở Y tế cần triển khai như: Sắp xếp lại các trạm ở vùng cao.", ["Sở Y tế"]),
        ("“Mỗi cán bộ, nhất là người đứng đầu, phải sâu sát cơ sở” - là yêu cầu của Bí thư Tỉnh ủy Lò Văn Sáng tại hội nghị.", ["Mỗi cán bộ"]),
    ],
)  # fmt: skip
def test_who_is_given_work(words: str, leads: list[str]) -> None:
    assert [lead for lead, _ in given(words)] == [leads]


@pytest.mark.parametrize(
    ("words", "trouble", "who"),
    [
        ("Khó khăn của xã Nậm Tin, huyện Nậm Pồ, khi làm đường là nguồn đá và cát phải chở từ nơi quá xa về bản.", "nguồn đá và cát phải chở từ nơi quá xa về bản", []),
        ("Theo chia sẻ của chị Giàng Thị Sua ở bản Huổi Dạo: Nhiều hôm bản bị cô lập vì suối lũ.", "Nhiều hôm bản bị cô lập vì suối lũ", ["chị Giàng Thị Sua"]),
        ("Ông Lò Văn Hặc, Phó Chủ tịch UBND xã Nậm Tin, huyện Nậm Pồ, tỉnh Điện Biên cho biết đường vào bản còn lầy lội, khó đi.", "đường vào bản còn lầy lội, khó đi", ["Phó Chủ tịch UBND xã Nậm Tin Lò Văn Hặc"]),
    ],
)  # fmt: skip
def test_whose_trouble_is_told(words: str, trouble: str, who: list[str]) -> None:
    (one,) = press(words).petitions
    assert (one.text, list(one.voiced_by)) == (trouble, who)


def test_what_will_be_passed_on_or_was_done_is_not_asked() -> None:
    words = "Ông Lò Văn Hặc phản ánh đường vào bản lầy lội. Đoàn khảo sát sẽ tổng hợp và kiến nghị với cấp trên trong thời gian tới."
    assert len(press(words).petitions) == 1


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ("(ĐBP) - UBND tỉnh vừa ban hành văn bản chỉ đạo các xã dự trữ cỏ khô cho trâu bò.", [["các xã"]]),
        ("Chủ tịch UBND tỉnh Lò Văn Sáng yêu cầu, các xã đang có rét hại phải giữ ấm cho trâu bò.", [["các xã"]]),
        ("Chủ động phòng rét, Chủ tịch UBND tỉnh Lò Văn Sáng đề nghị các sở cấp phát chăn ấm.", [["các sở"]]),
        ("Chủ tịch UBND tỉnh Lò Văn Sáng yêu cầu lực lượng kiểm lâm, quân đội trên địa bàn canh gác rừng pơ mu.", [["lực lượng kiểm lâm", "quân đội trên địa bàn"]]),
        ("Sở Y tế đã tiếp thu, bổ sung và soạn lại dự thảo, kính đề nghị các cơ quan cho ý kiến trước ngày 13/3/2025.", [["các cơ quan"]]),
        ("Sở Y tế yêu cầu các đơn vị tập trung các việc: kiểm kê thuốc; đề xuất danh mục cần mua.", [["các đơn vị"]] * 2),
        ("Chủ tịch UBND tỉnh Lò Văn Sáng đề nghị, hằng năm Hội Nông dân tỉnh nên có hai cuộc gặp nông dân.", [["Hội Nông dân tỉnh"]]),
        ("6 tháng cuối năm, các xã cần nỗ lực hoàn thành chỉ tiêu trồng quế. Đó là yêu cầu của Chủ tịch UBND tỉnh Lò Văn Sáng tại phiên họp.", [["các xã"]]),
        ("Thực hiện chỉ đạo của Tỉnh ủy, Chủ tịch UBND tỉnh vừa ban hành văn bản chỉ đạo các xã kiểm kê rừng quế.", [["các xã"]]),
        ("Chủ tịch UBND tỉnh Lò Văn Sáng lưu ý việc này. Các nhà khoa học tập trung ở thành phố.", []),
        ("Triển khai nhiệm vụ 6 tháng cuối năm 2025, Liên hiệp các Hội KH&KT tiếp tục đổi mới hội thi sáng tạo.", [["Liên hiệp các Hội Khoa học và Kỹ thuật"]]),
        ("Chủ tịch UBND tỉnh Lò Văn Sáng yêu cầu các sở thực hiện các nội dung sau:\nSở Y tế kiểm kê thuốc dự trữ. Hướng dẫn các trạm sơ cứu.\nSở Công Thương bảo đảm nguồn hàng. Kiểm tra giá muối.", [["Sở Y tế"]] * 2 + [["Sở Công Thương"]] * 2),
        ("Chủ tịch UBND tỉnh Lò Văn Sáng yêu cầu Liên hiệp hội tôn vinh trí thức; thể chế hóa hoạt động tư vấn.", [["Liên hiệp hội"]] * 2),
    ],
)  # fmt: skip
def test_whose_work_it_is(words: str, leads: list[list[str]]) -> None:
    assert [lead for lead, _ in given(words)] == leads


def test_an_office_whose_figures_are_told_voices_the_trouble() -> None:
    (one,) = press("Theo Sở Nội vụ tỉnh Lai Châu, hiện tỉnh còn thiếu hơn 900 giáo viên mầm non.").petitions
    assert one.voiced_by == ("Sở Nội vụ Lai Châu",)


def test_offices_that_buy_and_build_are_named_without_the_work() -> None:
    (one,) = press("Trạm trưởng Lê Thị Dua kiến nghị tỉnh cấp thêm máy siêu âm và sửa mái nhà trạm.").petitions
    assert one.text == "kiến nghị tỉnh cấp thêm máy siêu âm và sửa mái nhà trạm"
