# ruff: noqa: E501  (sentences are read whole)
"""Requests and troubles as papers tell them: who asks whom, what goes on with a request, and what only looks like one."""

import pytest

from khue.language.extract import Extraction, extract
from khue.language.source import SourceText


def extracted(words: str) -> Extraction:
    return extract(SourceText(words, (), "txt"))


def read(words: str) -> list[tuple[str, str, str | None]]:
    return [(one.kind, one.text, one.voiced_by[0] if one.voiced_by else None) for one in extracted(words).petitions]


def texts(words: str) -> list[str]:
    return [one.text for one in extracted(words).petitions]


def test_a_post_between_dashes_ends_at_the_dash() -> None:
    words = "Tại buổi làm việc, ông Lê Văn Hải - chủ tịch UBND tỉnh Bến Tre - đã đề nghị Quốc hội bố trí 300 tỉ đồng cho dự án cống ngăn mặn."
    ((kind, _, who),) = read(words)
    assert (kind, who) == ("request", "chủ tịch UBND tỉnh Bến Tre Lê Văn Hải")
    assert extracted(words).directives == ()


@pytest.mark.parametrize("asked", ["các đại biểu Quốc hội", "Chính phủ", "tổ đại biểu HĐND tỉnh"])
def test_those_who_sit_above_are_asked_not_ordered(asked: str) -> None:
    words = f"Bà Đỗ Thị Sen, Trưởng phòng Giáo dục huyện Lạc Sơn, đề nghị {asked} có ý kiến để sửa chính sách cho giáo viên cắm bản."
    assert [kind for kind, _, _ in read(words)] == ["request"]
    assert extracted(words).directives == ()


@pytest.mark.parametrize(
    "asks",
    [
        "Các cử tri cũng mong chính quyền TP. Huế sớm mở lại chợ cũ",
        "Bà Sen cũng đề xuất được nhận thêm hai kỹ thuật viên cho trạm",
        "Hợp tác xã Đông Hòa đề nghị từ năm 2026 được thuê đất dài hạn hơn",
    ],
)
def test_asking_in_other_words(asks: str) -> None:
    words = f"Bà Đỗ Thị Sen, Giám đốc Công ty Gốm Hồng Hà, phát biểu tại hội nghị. {asks}."
    assert [kind for kind, _, _ in read(words)] == ["request"]


def test_a_request_goes_on_after_its_ground() -> None:
    words = (
        "Hợp tác xã Đông Hòa kiến nghị UBND huyện cho nối đường vào vùng rau. Lý do là xe tải không vào được. "
        "Đồng thời, cho phép hợp tác xã dựng nhà sơ chế trên đất công."
    )
    assert [kind for kind, _, _ in read(words)] == ["request", "request"]


def test_the_same_people_ask_on_without_a_word_of_asking() -> None:
    words = "Nhiều đại biểu đề xuất Bộ Khoa học và Công nghệ sớm hướng dẫn khoán chi. Bộ cũng cần sửa quy định về quỹ của tỉnh."
    assert [kind for kind, _, _ in read(words)] == ["request", "request"]


def test_a_list_goes_on_in_the_next_sentence() -> None:
    words = (
        "Các doanh nghiệp nêu nhiều vướng mắc như: thủ tục kiểm định kéo dài; phí lưu bãi quá cao. "
        "Cùng với đó là các nội dung: quy định ghi nhãn giống vật nuôi; thời gian xét hồ sơ thuốc thú y."
    )
    assert texts(words)[-2:] == ["quy định ghi nhãn giống vật nuôi", "thời gian xét hồ sơ thuốc thú y"]


@pytest.mark.parametrize(
    "words",
    [
        "Chi cục Thú y đã giải đáp nhiều vướng mắc của trang trại như: hồ sơ nhập giống thiếu giấy; chậm cấp mã số.",
        "Sáng 5/6, đoàn kiểm tra làm việc tại xã Yên Hòa về các quy định đang gây khó khăn cho trại nuôi.",
        "Giám đốc Công ty Gốm Hồng Hà Đỗ Thị Sen kiến nghị nâng cấp đường vào xưởng - Ảnh: Minh Quân.",
        "Dù còn khó khăn về nhân lực, bà Đỗ Thị Sen vẫn giữ được xưởng.",
    ],
)
def test_what_only_looks_like_a_petition(words: str) -> None:
    assert texts(words) == []


def test_a_place_is_no_lady() -> None:
    words = "Cục Hải quan Bà Rịa - Vũng Tàu cho biết, doanh nghiệp còn thiếu kho ngoại quan."
    assert all(who != "Rịa" for _, _, who in read(words))


def test_a_unit_in_a_lead_in_gets_the_tasks_below() -> None:
    words = (
        "Chủ tịch UBND huyện Lạc Sơn Trần Văn Nam làm việc với xã Yên Hòa. Chủ tịch UBND huyện Trần Văn Nam nhấn mạnh một số nhiệm vụ trọng tâm xã cần thực hiện:\n\n"
        "Một là, đẩy mạnh trồng rừng gỗ lớn.\n\nHai là, rà soát hồ sơ đất đai của các hộ."
    )
    assert {one.assignees[0].name for one in extracted(words).directives} == {"xã Yên Hòa"}


def test_a_body_named_in_full_before_is_meant_by_its_kind() -> None:
    words = "Bí thư Thành ủy Hà Nội Trần Văn Nam thăm Viện Giống cây trồng Phú Thọ. Bí thư Thành ủy Trần Văn Nam yêu cầu Viện xây dựng quy trình chọn giống."
    assert [a.name for one in extracted(words).directives for a in one.assignees] == ["Viện Giống cây trồng Phú Thọ"]


def test_care_is_no_duty() -> None:
    assert (
        extracted("Chủ tịch UBND tỉnh Trần Văn Nam ân cần thăm hỏi các hộ dân vùng sạt lở tại bản Nà Pắc.").directives
        == ()
    )


@pytest.mark.parametrize(
    "words",
    [
        "Giải đáp vướng mắc của trang trại, đại diện Chi cục Thú y cho biết, chi cục còn thiếu kiểm dịch viên nên cấp giấy chậm.",
        "Tại buổi gặp, đại diện Chi cục Thú y ghi nhận các kiến nghị của trang trại. Chi cục hiện thiếu kiểm dịch viên.",
        "Trang trại mong gì ở ngành thú y?",
        "Ông Lê Văn Hải nêu bức xúc về con đường hỏng - Ảnh MINH QUÂN.",
    ],
)
def test_who_answers_asks_nothing(words: str) -> None:
    assert texts(words) == []


@pytest.mark.parametrize(
    "asks",
    [
        "Các DN mong muốn cơ quan thú y mở thêm quầy cấp giấy",
        "Khối trường nghề cũng muốn thành phố có cơ chế vay vốn riêng",
        "GTS cũng đề xuất Chính phủ xem xét giảm thuế thức ăn thủy sản",
    ],
)
def test_asking_by_short_names(asks: str) -> None:
    words = f"Bà Đỗ Thị Sen, Giám đốc Công ty Giống thủy sản GTS, phát biểu tại hội nghị. {asks}."
    assert [kind for kind, _, _ in read(words)] == ["request"]


def test_matters_named_after_like_are_one_order() -> None:
    words = (
        "Chủ tịch UBND tỉnh Trần Văn Nam đề nghị các huyện tiếp tục thảo luận nhiều vấn đề lớn như xây dựng thể chế; "
        "phát triển du lịch; xây dựng nông thôn mới."
    )
    ((start, end),) = [(one.start, one.end) for one in extracted(words).directives]
    assert words[start:end].endswith("xây dựng nông thôn mới")


@pytest.mark.parametrize(
    "told",
    [
        "Tăng trưởng kinh tế của huyện ước đạt 8%.",
        "Tất nhiên có trách nhiệm của cơ sở.",
        "Đầu tư cho hồ Cửa Đạt là dự án lớn của tỉnh.",
    ],
)
def test_what_a_leader_tells_is_no_order(told: str) -> None:
    words = f"Chủ tịch UBND tỉnh Trần Văn Nam yêu cầu các huyện rà soát quy hoạch thủy lợi. {told}"
    assert len(extracted(words).directives) == 1


def test_a_verb_of_telling_before_the_request_is_no_difficulty() -> None:
    words = "Tại buổi tiếp xúc, cử tri xã Tân Bình đã phản ánh, kiến nghị trạm bơm đầu thôn không có nước tưới cho dân."
    assert texts(words) == ["kiến nghị trạm bơm đầu thôn không có nước tưới cho dân"]


def test_who_hears_a_request_may_give_an_order_in_the_same_sentence() -> None:
    found = extracted(
        "Tại buổi làm việc, sau khi nghe Chủ tịch UBND xã Hòa Bắc Lê Văn Tư kiến nghị sớm sửa chữa tuyến kênh đã hư hỏng nhiều năm, "
        "Bí thư Thành ủy Trần Văn Bình yêu cầu Sở Tài chính báo cáo tiến độ bố trí vốn."
    )
    assert [one.text for one in found.petitions] == ["kiến nghị sớm sửa chữa tuyến kênh đã hư hỏng nhiều năm"]
    assert [one.text for one in found.directives] == ["yêu cầu Sở Tài chính báo cáo tiến độ bố trí vốn"]


def test_praise_and_promises_ask_for_nothing() -> None:
    words = "Tại buổi làm việc, bà Lê Thị Mai cho biết đoàn công tác đánh giá cao việc tỉnh hỗ trợ các hộ dân và sẽ nỗ lực để sớm triển khai dự án."
    assert read(words) == []


def test_words_that_only_look_like_speech_or_trouble_cut_nothing_off() -> None:
    who = "Tại buổi làm việc, ông Lê Văn Tư, Chủ tịch UBND xã Hòa Bắc, cho biết xã còn nhiều khó khăn. "
    limited = "Nguồn lực cho đê điều nói chung và chống bão nói riêng còn rất hạn chế"
    assert texts(f"{who}{limited}.")[-1] == limited
    assert texts(f"{who}Mưa lũ còn diễn biến rất phức tạp trên sông Hồng.") == ["xã còn nhiều khó khăn"]
    asked = "Chưa hài lòng, đại biểu Lê Thị Ngân đề nghị ngành nông nghiệp xử lý nghiêm các cơ sở bán phân bón giả."
    assert not any(
        one.startswith("Chưa hài lòng")
        for one in texts(f"Tại phiên chất vấn của HĐND tỉnh, ông Trần Văn Tâm trả lời. {asked}")
    )


def test_a_body_speaks_by_the_short_name_it_was_given() -> None:
    words = (
        "Hiệp hội Chè Đất Tổ (HCĐT) vừa gửi văn bản tới UBND tỉnh. HCĐT cho biết, quy trình kiểm dịch còn rất chậm, "
        "làm phát sinh chi phí cho hộ trồng chè."
    )
    ((kind, _, who),) = read(words)
    assert (kind, who) == ("difficulty", "Hiệp hội Chè Đất Tổ")


def test_a_report_turns_to_what_is_wanting_though_nobody_speaks() -> None:
    words = (
        "Ngày 3/2/2025, UBND tỉnh đã ban hành kế hoạch số hóa sổ hộ tịch. Tuy nhiên, nhiều xã vẫn chưa bố trí người nhập liệu. "
        "Máy quét ở các trạm chưa kết nối được với kho dữ liệu."
    )
    assert [kind for kind, _, _ in read(words)] == ["difficulty", "difficulty"]


@pytest.mark.parametrize(
    "words",
    [
        "Ông Lê Văn Hải, Chủ tịch UBND xã Đông Hòa, cho biết nếu còn vướng mắc thì xã sẽ báo cáo huyện.",
        "Ông Lê Văn Hải, Chủ tịch UBND xã Đông Hòa, tin rằng các vướng mắc sẽ sớm được tháo gỡ.",
        "Ông Lê Văn Hải, Chủ tịch UBND xã Đông Hòa, nêu một số khó khăn, vướng mắc trong công tác thu gom rác.",
        "Công ty Sông Bằng cho biết, dự án đi qua ba xã, ảnh hưởng đến 320 hộ dân.",
        "Công ty Sông Bằng gặp khó khăn. Mặt hàng chủ yếu là chè và gỗ bóc.",
        "Lãnh đạo Chi cục Hải quan Sông Bằng cho biết, đơn vị đã kiến nghị khởi tố 6 vụ.",
    ],
)
def test_troubles_that_are_only_named_or_might_come_are_none(words: str) -> None:
    assert read(words) == []


def test_a_bank_of_the_world_is_asked_not_ordered() -> None:
    words = "Tại buổi làm việc, Chủ tịch UBND tỉnh Lê Văn Nam đề nghị Ngân hàng Thế giới sớm thẩm định khoản vay cho dự án hồ Đồng Mít."
    assert [kind for kind, _, _ in read(words)] == ["request"]
    assert extracted(words).directives == ()


def test_a_city_with_a_dot_speaks_too() -> None:
    words = "Theo đó, UBND TP. Huế kiến nghị Bộ Tài chính cho kéo dài thời gian giải ngân vốn kè sông Hương."
    assert read(words) == [
        ("request", "kiến nghị Bộ Tài chính cho kéo dài thời gian giải ngân vốn kè sông Hương", "UBND Thành phố Huế")
    ]
