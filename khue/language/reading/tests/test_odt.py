"""OpenDocument text: what is printed is what is read."""

from khue.language.reading import read_bytes
from khue.language.reading.tests.odt_builder import odt
from khue.language.reading.tests.sight import assert_sound, cells, texts
from khue.language.source import SourceText

DECIMAL = '<text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1"/>'
LETTER = '<text:list-level-style-number text:level="2" style:num-suffix=")" style:num-format="a"/>'
BOTH = (
    '<text:list-level-style-number text:level="2" text:display-levels="2" style:num-suffix="." style:num-format="1"/>'
)
BULLET = '<text:list-level-style-bullet text:level="1" text:bullet-char="-"/>'


def read(body: str, styles: str = "") -> SourceText:
    source = read_bytes(odt(body, styles), "van-ban.odt")
    assert_sound(source)
    return source


def list_style(levels: str, name: str = "L") -> str:
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'


def items(*contents: str, name: str = "L", extra: str = "") -> str:
    inner = "".join(f"<text:list-item>{content}</text:list-item>" for content in contents)
    return f'<text:list text:style-name="{name}" {extra}>{inner}</text:list>'


def test_headings_and_paragraphs() -> None:
    source = read('<text:h text:outline-level="2">Mục đích</text:h><text:p>Nội dung</text:p>')
    assert [(line.style, line.depth) for line in source.lines] == [("heading", 2), ("body", 0)]


def test_numbers_of_nested_lists() -> None:
    inner = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in "xy")
    inner = f"<text:list>{inner}</text:list>"
    body = items(f"<text:p>Một</text:p>{inner}", "<text:p>Hai</text:p>")
    assert texts(read(body, list_style(DECIMAL + LETTER))) == ["1. Một", "a) x", "b) y", "2. Hai"]
    assert texts(read(body, list_style(DECIMAL + BOTH))) == ["1. Một", "1.1. x", "1.2. y", "2. Hai"]


def test_a_list_that_goes_on_and_one_that_starts_anew() -> None:
    one = items("<text:p>a</text:p>")
    more = items("<text:p>b</text:p>", extra='text:continue-numbering="true"')
    assert texts(read(f"{one}<text:p>Xen</text:p>{more}{one}", list_style(DECIMAL))) == ["1. a", "Xen", "2. b", "1. a"]


def test_a_list_that_names_the_one_it_continues() -> None:
    body = items("<text:p>a</text:p>", extra='xml:id="x1"') + items("<text:p>k</text:p>", name="K")
    body += items("<text:p>b</text:p>", extra='text:continue-list="x1"')
    assert texts(read(body, list_style(DECIMAL) + list_style(BULLET, "K"))) == ["1. a", "- k", "2. b"]


def test_only_the_first_paragraph_of_an_item_is_numbered() -> None:
    body = items("<text:p>Một</text:p><text:p>tiếp của một</text:p>", "<text:p>Hai</text:p>")
    assert texts(read(body, list_style(DECIMAL))) == ["1. Một", "tiếp của một", "2. Hai"]


def test_numbers_of_headings() -> None:
    roman = '<text:outline-level-style text:level="1" style:num-suffix="." style:num-format="I"/>'
    outline = f"<text:outline-style>{roman}</text:outline-style>"
    body = '<text:h text:outline-level="1">Mục đích</text:h><text:h text:outline-level="1">Tổ chức</text:h>'
    assert texts(read(body, outline)) == ["I. Mục đích", "II. Tổ chức"]


def test_tables_with_merged_and_repeated_cells() -> None:
    body = (
        "<table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned='2'>"
        "<text:p>Đầu</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows>"
        "<table:table-row><table:table-cell table:number-columns-repeated='2'/><table:table-cell><text:p>C</text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )
    assert cells(read(body)) == {(0, 0): "Đầu", (1, 2): "C"}


def test_tracked_deletions_annotations_and_contents_are_left_out() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Đã xóa</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>Mục lục 1</text:p></text:index-body></text:table-of-content>"
        "<text:p>Giữ<office:annotation><text:p>Góp ý</text:p></office:annotation> lại</text:p>"
    )
    assert texts(read(body)) == ["Giữ lại"]


def test_spaces_tabs_breaks_and_notes() -> None:
    body = (
        '<text:p>Giao<text:s text:c="3"/>Sở<text:tab/>chủ trì<text:note><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Theo Kế hoạch.</text:p></text:note-body></text:note>."
        "<text:line-break/>Hạn 30/6</text:p>"
    )
    assert texts(read(body)) == ["Giao Sở\tchủ trì.", "Hạn 30/6", "[1] Theo Kế hoạch."]


def test_a_text_box_follows_its_paragraph() -> None:
    box = "<draw:frame><draw:text-box><text:p>Trong khung</text:p></draw:text-box></draw:frame>"
    body = f"<text:p>Có khung{box}</text:p>"
    assert texts(read(body)) == ["Có khung", "Trong khung"]


def test_fonts_and_capitals_of_styles() -> None:
    def style(name: str, family: str, look: str) -> str:
        properties = f"<style:text-properties {look}/>"
        return f'<style:style style:name="{name}" style:family="{family}">{properties}</style:style>'

    styles = style("Cu", "paragraph", 'style:font-name=".VnTime"') + style(
        "Hoa", "text", 'fo:text-transform="uppercase"'
    )
    capitals = '<text:span text:style-name="Hoa">Kế hoạch</text:span>'
    body = f'<text:p text:style-name="Cu">Giao Së Khoa häc</text:p><text:p>{capitals}</text:p>'
    assert texts(read(body, styles)) == ["Giao Sở Khoa học", "KẾ HOẠCH"]
