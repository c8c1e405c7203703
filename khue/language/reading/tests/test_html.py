"""Web pages: the article is read, what surrounds it is not."""

from unicodedata import normalize

import pytest

from khue.language.reading import Unreadable, read_bytes
from khue.language.reading.tests.sight import assert_sound, cells, line_of, texts
from khue.language.source import SourceText

PRESS = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Báo Thử</title><style>p {}</style></head>
<body class="detail has-sidebar">
<header class="site-header"><a href="/">Trang chủ</a><nav><ul><li><a>Chính trị</a></li></ul></nav></header>
<div class="breadcrumb"><a>Trang chủ</a> » <a>Chính trị</a></div>
<div class="main-col">
  <h1>Chủ tịch Thành phố làm việc với Sở Khoa học và Công nghệ</h1><span class="time">16/4/2019 10:05</span>
  <div class="share">Chia sẻ <a>Mạng xã hội</a></div>
  <article>
    <p>Chủ tịch yêu cầu Sở khẩn trương tham mưu kế hoạch trong tháng 4 này.</p><script>var x = "Không đọc";</script>
    <h2>Nhiệm vụ trọng tâm</h2>
    <p>Các quận, huyện báo cáo trước ngày 30/6.</p>
    <div class="related-news"><h3>Tin liên quan</h3><ul><li><a>Bài nọ</a></li></ul></div>
  </article>
  <p><strong>Tin khác:</strong></p><ul><li><a>Một bài khác rất dài dòng</a></li><li><a>Bài nữa</a></li></ul>
</div>
<div class="sidebar"><h3>Đọc nhiều</h3><a>Bài nóng</a></div>
<footer>Bản quyền thuộc Báo Thử</footer></body></html>"""


def read(markup: str | bytes) -> SourceText:
    source = read_bytes(markup if isinstance(markup, bytes) else markup.encode(), "trang.html")
    assert_sound(source)
    return source


def body(markup: str) -> SourceText:
    return read(f"<html><body>{markup}</body></html>")


def test_a_press_page_gives_its_article_alone() -> None:
    source = read(PRESS)
    assert texts(source) == [
        "Chủ tịch Thành phố làm việc với Sở Khoa học và Công nghệ",
        "16/4/2019 10:05",
        "Chủ tịch yêu cầu Sở khẩn trương tham mưu kế hoạch trong tháng 4 này.",
        "Nhiệm vụ trọng tâm",
        "Các quận, huyện báo cáo trước ngày 30/6.",
    ]
    assert [(line.style, line.depth) for line in source.lines if line.style == "heading"] == [
        ("heading", 1),
        ("heading", 2),
    ]


def test_a_frame_named_after_its_side_bar_is_not_dropped() -> None:
    text = "Giao Văn phòng theo dõi, đôn đốc và báo cáo hằng quý."
    assert texts(body(f'<div class="with-sidebar menu"><p>{text}</p></div>')) == [text]


def test_lists_have_their_numbers() -> None:
    found = texts(
        body(
            '<ol><li>Một</li><li value="5">Năm<ul><li>Con</li><li>- Đã có gạch</li></ul></li><li>Sáu</li></ol>'
            '<ol type="a" start="3"><li>c</li></ol><ol type="I"><li>La Mã</li></ol><ol><li>1) Đã có số</li></ol>'
        )
    )
    assert found == [
        "1. Một", "5. Năm", "• Con", "- Đã có gạch", "6. Sáu", "c. c", "I. La Mã", "1) Đã có số",
    ]  # fmt: skip


def test_nesting_is_kept_as_depth() -> None:
    source = body("<ol><li>Cha<ul><li>Con</li></ul></li></ol>")
    assert [line.depth for line in source.lines] == [1, 2]


def test_a_table_with_merged_cells() -> None:
    source = body(
        "<table><tr><th rowspan=2>TT</th><th colspan=2>Nhiệm vụ</th></tr><tr><td>Tên</td><td>Hạn</td></tr>"
        "<tr><td>1</td><td><p>Xây dựng</p><p>Ban hành</p></td><td>30/6</td></tr></table>"
    )
    assert cells(source) == {
        (0, 0): "TT", (0, 1): "Nhiệm vụ", (1, 1): "Tên", (1, 2): "Hạn",
        (2, 0): "1", (2, 1): "Xây dựng / Ban hành", (2, 2): "30/6",
    }  # fmt: skip


def test_a_table_that_only_lays_out_the_page_is_no_table() -> None:
    source = body("<table><tr><td><p>Ngoài</p><table><tr><td>a</td><td>b</td></tr></table></td><td>x</td></tr></table>")
    assert line_of(source, "Ngoài").style == "body"
    assert cells(source) == {(0, 0): "a", (0, 1): "b"}


def test_breaks_inside_and_between_sentences() -> None:
    assert texts(body("<p>Điều 1.<br>Giao Sở chủ trì,<br>phối hợp thực hiện.</p>Chữ trần")) == [
        "Điều 1.", "Giao Sở chủ trì, phối hợp thực hiện.", "Chữ trần",
    ]  # fmt: skip


def test_invisible_characters_are_gone() -> None:
    assert texts(body("<p>\ufeffSở\u200b Tài\xa0chính\u00ad </p>")) == ["Sở Tài chính"]


def test_entities_and_spaces() -> None:
    assert texts(body("<p>Khoa&nbsp;h&#7885;c  &amp;\n c&ocirc;ng nghệ</p>")) == ["Khoa học & công nghệ"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1258"])
def test_encodings(encoding: str) -> None:
    text = "Sở Khoa học và Công nghệ chủ trì, phối hợp thực hiện kế hoạch"
    typed = _cp1258(text) if encoding == "cp1258" else text
    assert texts(read(f"<html><body><p>{typed}</p></body></html>".encode(encoding))) == [text]


def test_an_xml_declaration_does_no_harm() -> None:
    assert texts(read('<?xml version="1.0" encoding="utf-8"?><html><body><p>Nội dung</p></body></html>')) == [
        "Nội dung"
    ]


def test_a_page_nested_a_thousand_deep_is_read_without_a_crash() -> None:
    deep = "<div>" * 1000 + "Đáy" + "</div>" * 1000
    assert "Đầu" in body(f"<p>Đầu</p>{deep}").text


@pytest.mark.parametrize("bad", ["\x01", "&#1;", "&#xFFFF;", "&#xD800;", "&#0;"])
def test_characters_that_no_text_may_hold(bad: str) -> None:
    assert "Giữ lại" in body(f"<p>Đầu</p><nav>Bỏ</nav>{bad}Giữ lại{bad}").text
    assert "Giữ lại" in body(f"<div>{bad}a<nav>Bỏ</nav>Giữ lại</div>").text


def test_a_page_without_text() -> None:
    with pytest.raises(Unreadable) as refused:
        body("<script>1</script>")
    assert refused.value.code == "no-text"


def _cp1258(text: str) -> str:
    """Windows-1258 writes the tone as a mark of its own after a letter that has its shape already."""
    out = ""
    for letter in text:
        parts = normalize("NFD", letter)
        tone = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
        out += normalize("NFC", "".join(mark for mark in parts if mark not in tone)) + tone
    return out
