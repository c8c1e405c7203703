# ruff: noqa: E501  (sentences are read whole)
import pytest

from khue.language.offices import Offices
from khue.language.source import SourceText
from khue.language.spelling import cased, tidy
from khue.language.structure import read


def listed(words: str, start: int = 0) -> list[str]:
    page = read(SourceText(words, (), "txt"))
    return Offices(page).listed(start, len(words))[0]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Sở KH&CN TP Hà Nội Nguyễn Hồng Sơn", ["Sở Khoa học và Công nghệ Hà Nội"]),
        ("đồng chí Bí thư, Chủ tịch UBND các tỉnh, thành phố: Sơn La, Hoà Bình và Huế chỉ đạo", ["Chủ tịch UBND tỉnh Sơn La", "Chủ tịch UBND tỉnh Hòa Bình", "Chủ tịch UBND thành phố Huế"]),
        ("Bộ trưởng, Thủ trưởng cơ quan ngang bộ, cơ quan thuộc Chính phủ; Chủ tịch UBND các tỉnh rà soát", ["Bộ trưởng, Thủ trưởng cơ quan ngang bộ, cơ quan thuộc Chính phủ", "Chủ tịch UBND các tỉnh"]),
        ("các bộ ngành, địa phương tập trung", ["các bộ ngành, địa phương"]),
        ("UBND các tỉnh Lào Cai, Yên Bái rà soát", ["UBND tỉnh Lào Cai", "UBND tỉnh Yên Bái"]),
        ("Bộ trưởng Công an, Bộ trưởng Bộ Y tế chỉ đạo", ["Bộ trưởng Bộ Công an", "Bộ trưởng Bộ Y tế"]),
        ("Sở Tài chính, Nội vụ, Khoa học và Công nghệ chủ trì", ["Sở Tài chính", "Sở Nội vụ", "Sở Khoa học và Công nghệ"]),
        ("các Sở: Tài chính, Tư pháp; Công an tỉnh rà soát", ["Sở Tài chính", "Sở Tư pháp", "Công an tỉnh"]),
        ("các sở, ban, ngành; UBND các quận, huyện, thị xã tập trung", ["các sở, ban, ngành", "UBND các quận, huyện, thị xã"]),
        ("UBND các xã, phường, thị trấn trên địa bàn tỉnh rà soát", ["UBND các xã, phường, thị trấn trên địa bàn tỉnh"]),
        ("Ban Quản lý Khu công nghệ cao Hòa Lạc xây dựng", ["Ban Quản lý Khu công nghệ cao Hòa Lạc"]),
        ("Ban Quản lý dự án đầu tư xây dựng công trình giao thông tỉnh khẩn trương", ["Ban Quản lý dự án đầu tư xây dựng công trình giao thông tỉnh"]),
        ("Liên hiệp các Hội KH&KT tỉnh tiếp tục", ["Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh"]),
        ("LĐLĐ Thành phố phát động", ["Liên đoàn Lao động Thành phố"]),
        ("đồng chí Nguyễn Văn A, Phó Chủ tịch UBND tỉnh chỉ đạo", ["Nguyễn Văn A, Phó Chủ tịch UBND tỉnh"]),
        ("Sở Tài nguyên - môi trường và Sở GD-ĐT lập", ["Sở Tài nguyên và Môi trường", "Sở Giáo dục và Đào tạo"]),
        ("Bộ VH,TT&DL, Bộ Công an phối hợp", ["Bộ Văn hóa, Thể thao và Du lịch", "Bộ Công an"]),
        ("UBND quận 11 nhanh chóng", ["UBND quận 11"]),
        ("cơ quan tham mưu hoàn chỉnh", ["cơ quan tham mưu"]),
        ("UBND các địa phương bị thiệt hại do mưa lũ, nhất là các tỉnh: Ninh Bình, Hoà Bình, Yên Bái tiếp tục huy động", ["UBND các địa phương"]),
        ("UBND các xã có rừng giáp biên giới thường xuyên cập nhật", ["UBND các xã"]),
        ("Các cơ quan quản lý nhà nước, tổ chức, cá nhân liên quan có trách nhiệm", ["Các cơ quan quản lý nhà nước, tổ chức, cá nhân liên quan"]),
        ("các văn phòng tỉnh uỷ, thành uỷ cụ thể hoá", ["các văn phòng tỉnh ủy, thành ủy"]),
        ("bộ Công an có biện pháp", ["Bộ Công an"]),
        ("cán bộ, lãnh đạo địa phương chịu trách nhiệm", ["cán bộ, lãnh đạo địa phương"]),
        ("100% sở ngành, quận huyện tiếp nhận ý kiến", ["sở ngành, quận huyện"]),
        ("hàng loạt cơ quan như Bộ Quốc phòng, Công an, Y tế vào cuộc", ["Bộ Quốc phòng", "Bộ Công an", "Bộ Y tế"]),
        ("đoàn kiểm tra liên ngành của tỉnh phải có đề xuất", ["đoàn kiểm tra liên ngành của tỉnh"]),
        ("các đơn vị thực hiện nghiêm quy định về trực ban", ["các đơn vị"]),
        ("các đơn vị nghiên cứu, đề xuất giống mới", ["các đơn vị"]),
        ("các đơn vị nghiên cứu khẩn trương báo cáo", ["các đơn vị nghiên cứu"]),
        ("Chi cục Thủy lợi tổ chức kiểm tra đê", ["Chi cục Thủy lợi"]),
        ("Ban Quản lý dự án đầu tư xây dựng các công trình dân dụng tỉnh khẩn trương", ["Ban Quản lý dự án đầu tư xây dựng các công trình dân dụng tỉnh"]),
        ("các bộ, ngành thảo luận dự thảo", ["các bộ, ngành"]),
        ("Hội Nông dân các cấp vận động hội viên góp đất", ["Hội Nông dân các cấp"]),
        ("UBND xã Đồng Quang, huyện Lương Hà, tỉnh Phú Thọ rà soát", ["UBND xã Đồng Quang"]),
        ("UBND huyện Lương Hà, thị xã Đồng Xoài rà soát", ["UBND huyện Lương Hà", "thị xã Đồng Xoài"]),
        ("các phòng GD&ĐT, các trường rà soát", ["các Phòng Giáo dục và Đào tạo", "các trường"]),
        ("các bộ: Tài chính, Y tế phối hợp", ["Bộ Tài chính", "Bộ Y tế"]),
        ("người đứng đầu cấp ủy, chính quyền các địa phương chịu trách nhiệm", ["người đứng đầu cấp ủy, chính quyền các địa phương"]),
        ("Các bộ, cơ quan trung ương và địa phương rà soát", ["Các bộ, cơ quan trung ương và địa phương"]),
        ("các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ, các đoàn thể chính trị - xã hội rà soát", ["các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", "các đoàn thể chính trị - xã hội"]),
        ("Công an, Hải quan, Quản lý thị trường tỉnh Phú Thọ rà soát", ["Công an tỉnh Phú Thọ", "Hải quan tỉnh Phú Thọ", "Quản lý thị trường tỉnh Phú Thọ"]),
        ("Trưởng ban quản lý Khu kinh tế Cửa Tùng rà soát", ["Trưởng ban quản lý Khu kinh tế Cửa Tùng"]),
        ("chủ phương tiện và người điều khiển phương tiện chấp hành", ["chủ phương tiện và người điều khiển phương tiện"]),
        ("các Bộ: Tài chính, Kế hoạch và Đầu tư, Y tế rà soát", ["Bộ Tài chính", "Bộ Kế hoạch và Đầu tư", "Bộ Y tế"]),
        ("lãnh đạo các xã và các phòng chuyên môn rà soát", ["lãnh đạo các xã", "các phòng chuyên môn"]),
        ("các đồng chí Giám đốc Sở Y tế, Sở Tài chính rà soát", ["Giám đốc Sở Y tế", "Sở Tài chính"]),
        ("chính quyền cấp huyện, cấp xã rà soát", ["chính quyền cấp huyện, cấp xã"]),
        ("Cục Giám sát quản lý về hải quan rà soát", ["Cục Giám sát quản lý về hải quan"]),
        ("Ủy ban Quản lý vốn Nhà nước tại DN rà soát", ["Ủy ban Quản lý vốn Nhà nước tại doanh nghiệp"]),
        ("Công ty Dịch vụ Hàng không Sông Lô rà soát", ["Công ty Dịch vụ Hàng không Sông Lô"]),
        ("các cục hải quan tỉnh, thành phố rà soát", ["các cục hải quan tỉnh, thành phố"]),
        ("các đơn vị thực hiện kiểm tra sổ sách", ["các đơn vị"]),
        ("các công ty du lịch hủy các chuyến", ["các công ty du lịch"]),
        ("Cục Thuế Phú Thọ ngày 15/1/2021", ["Cục Thuế Phú Thọ"]),
        ("cả hệ thống chính trị vào cuộc", ["cả hệ thống chính trị"]),
        ("tình hình thực hiện", []),
    ],
)  # fmt: skip
def test_names_are_read_in_full(words: str, names: list[str]) -> None:
    assert listed(words) == names


def test_bare_office_is_the_one_introduced_last() -> None:
    words = "Làm việc với Sở Khoa học và Công nghệ Hà Nội. Sở Tài chính dự. Sở Khoa học và Công nghệ báo cáo. Sở cần rà soát."
    assert listed(words, words.index("Sở cần")) == ["Sở Khoa học và Công nghệ Hà Nội"]


def test_names_are_tidied_and_cased() -> None:
    assert tidy(" Trung tâm  Ứng dụng KH&CN,") == "Trung tâm Ứng dụng Khoa học và Công nghệ"
    assert tidy("Giám đốc Sở NN & PTNT") == "Giám đốc Sở Nông nghiệp và Phát triển nông thôn"
    assert cased("SỞ KHOA HỌC VÀ CÔNG NGHỆ") == "Sở Khoa học và Công nghệ"
    assert cased("ỦY BAN NHÂN DÂN TỈNH PHÚ THỌ") == "Ủy ban nhân dân tỉnh Phú Thọ"


def test_a_post_after_dong_chi_is_no_name_and_staff_stand_for_their_body() -> None:
    page = read(
        SourceText("Đồng chí Bí thư Tỉnh ủy Bến Tre chỉ đạo; cán bộ, công nhân viên của tập đoàn phát huy", (), "txt")
    )
    offices = Offices(page)
    assert offices.listed(0, 39)[0] == ["Đồng chí Bí thư Tỉnh ủy Bến Tre"]
    assert offices.listed(41, len(page.text))[0] == ["tập đoàn"]


def test_a_short_name_given_in_brackets_stands_for_the_name_in_full() -> None:
    words = "Tổng công ty Đầu tư phát triển đường cao tốc Việt Nam (VEC) báo cáo. Bộ Giao thông vận tải yêu cầu VEC rút kinh nghiệm."
    offices = Offices(read(SourceText(words, (), "txt")))
    at = words.index("VEC rút")
    assert offices.listed(at, len(words)) == (["Tổng công ty Đầu tư phát triển đường cao tốc Việt Nam"], at + 3)
    assert offices.listed(words.index("VEC)"), len(words))[0] == [
        "Tổng công ty Đầu tư phát triển đường cao tốc Việt Nam"
    ]
