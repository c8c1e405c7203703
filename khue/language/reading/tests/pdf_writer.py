"""A small PDF writer: letters of known width at known places, straight lines, grey images."""

import zlib
from dataclasses import dataclass, field

A4 = (595.0, 842.0)
EM = 0.5
"""Every letter is half an em wide."""


def width_of(text: str, size: float = 12) -> float:
    return len(text) * EM * size


@dataclass
class Sheet:
    """One page; `y` is measured down from the top, at the base line."""

    size: tuple[float, float] = A4
    turn: int = 0
    content: list[bytes] = field(default_factory=list)
    image: tuple[int, int, bytes] | None = None

    def write(self, x: float, y: float, text: str, size: float = 12, font: str = "U") -> None:
        if font == "U":
            shown = b"<" + text.encode("utf-16-be").hex().encode() + b">"
        else:
            shown = b"<" + text.encode("latin-1").hex().encode() + b">"
        place = f"1 0 0 1 {x:.2f} {self.size[1] - y:.2f} Tm".encode()
        self.content.append(b"BT /%s %.1f Tf %s %s Tj ET" % (font.encode(), size, place, shown))

    def centre(self, x: float, y: float, text: str, size: float = 12) -> None:
        self.write(x - width_of(text, size) / 2, y, text, size)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        height = self.size[1]
        self.content.append(f"0.7 w {x0:.2f} {height - y0:.2f} m {x1:.2f} {height - y1:.2f} l S".encode())

    def grid(self, xs: list[float], ys: list[float]) -> None:
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def show(self, width: int, height: int, grey: bytes) -> None:
        """A grey image over the whole page."""
        self.image = (width, height, grey)
        self.content.append(b"q %.1f 0 0 %.1f 0 0 cm /Im Do Q" % self.size)


_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
%s
endcmap end end"""


def _to_unicode() -> bytes:
    ranges = [b"<%02X00> <%02XFF> <%02X00>" % (high, high, high) for high in (*range(0x21), 0xF0)]
    return _TO_UNICODE % b"%d beginbfrange\n%s\nendbfrange" % (len(ranges), b"\n".join(ranges))


class _Objects:
    """What a file is made of, each with its number."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    def add(self, body: bytes) -> int:
        self.bodies.append(body)
        return len(self.bodies)

    def stream(self, entries: bytes, data: bytes) -> int:
        packed = zlib.compress(data)
        head = b"<< %s /Filter /FlateDecode /Length %d >>" % (entries, len(packed))
        return self.add(head + b"\nstream\n" + packed + b"\nendstream")


def pdf(*sheets: Sheet, legacy_font: str = ".VnTime") -> bytes:
    """The file. Font U holds Unicode, font L is a one-byte font of the given name."""
    objects = _Objects()
    catalog, tree = objects.add(b""), objects.add(b"")
    fonts = _fonts(objects, legacy_font)
    pages = [_page(objects, sheet, tree, fonts) for sheet in sheets]
    objects.bodies[catalog - 1] = b"<< /Type /Catalog /Pages %d 0 R >>" % tree
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    objects.bodies[tree - 1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages))
    return _joined(objects.bodies, catalog)


def _fonts(objects: _Objects, legacy_font: str) -> tuple[int, int]:
    """The numbers of the Unicode font and of the one-byte font."""
    cmap = objects.stream(b"", _to_unicode())
    descriptor = objects.add(
        b"<< /Type /FontDescriptor /FontName /Sample /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0"
        b" /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"
    )
    cid = objects.add(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sample /CIDSystemInfo << /Registry (Adobe)"
        b" /Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor %d 0 R >>" % descriptor
    )
    unicode_font = objects.add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Sample /Encoding /Identity-H /DescendantFonts [%d 0 R]"
        b" /ToUnicode %d 0 R >>" % (cid, cmap)
    )
    widths = b" ".join([b"500"] * 256)
    one_byte = objects.add(
        b"<< /Type /Font /Subtype /TrueType /BaseFont /%s /FirstChar 0 /LastChar 255 /Widths [%s]"
        b" /Encoding /WinAnsiEncoding /FontDescriptor %d 0 R >>" % (legacy_font.encode(), widths, descriptor)
    )
    return unicode_font, one_byte


def _page(objects: _Objects, sheet: Sheet, tree: int, fonts: tuple[int, int]) -> int:
    images = b""
    if sheet.image:
        wide, high, grey = sheet.image
        entries = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8"
        images = b"/XObject << /Im %d 0 R >>" % objects.stream(entries % (wide, high), grey)
    content = objects.stream(b"", b"\n".join(sheet.content))
    return objects.add(
        b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %.1f %.1f] /Rotate %d /Contents %d 0 R"
        b" /Resources << /Font << /U %d 0 R /L %d 0 R >> %s >> >>"
        % (tree, *sheet.size, sheet.turn, content, *fonts, images)
    )


def _joined(objects: list[bytes], catalog: int) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, catalog, start)
    return bytes(out)
