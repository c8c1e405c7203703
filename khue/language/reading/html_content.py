"""Which part of a web page is its content: scripts, navigation, side bars and lists of other articles go."""

import re

from lxml import etree

_NEVER = frozenset(
    """
    script style noscript template iframe object embed svg canvas video audio nav aside button select input textarea
    dialog head link meta
    """.split()  # noqa: SIM905 - a column of quoted strings is harder to read
)
_ROLES = {"navigation", "complementary", "banner", "search", "menu", "menubar", "dialog", "toolbar"}
_CLUTTER = re.compile(
    r"""(?:^|[-_\s])(?:
        nav|navbar|navigation|menu|submenu|breadcrumbs?|sidebar|side-?bar|aside|widgets?|banner|ads?|advert\w*|quangcao|qc
        |share|sharing|social|comments?|binhluan|related|relate|lien-?quan|tin-?(?:khac|lien-?quan|moi|cu)
        |other-?news|news-?other|most-?(?:read|viewed)|doc-?nhieu|recommend\w*|tags?|pagination|pager|cookie|newsletter|popup
        |modal|toolbar|topbar|site-?footer|site-?header|skip-?link
    )(?:$|[-_\s])""",
    re.VERBOSE | re.IGNORECASE,
)
_OTHER_ARTICLES = re.compile(
    r"(?:các\s+)?(?:tin|bài)(?:\s+(?:viết|bài|tức))?\s+(?:liên\s+quan|khác|cũ\s+hơn|mới\s+hơn|mới\s+nhất|cùng\s+chuyên\s+mục)"
    r"|có\s+thể\s+bạn\s+quan\s+tâm|đọc\s+nhiều(?:\s+nhất)?|xem\s+nhiều(?:\s+nhất)?|đọc\s+thêm|xem\s+thêm",
    re.IGNORECASE,
)
_ARTICLE = ".//article | .//main | .//*[@role='main'] | .//*[@itemprop='articleBody']"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST = 0.5


def content_of(page: etree._Element) -> etree._Element:
    """The element that holds the content of a parsed page, which is changed: what is not content is taken out."""
    body = page if page.tag == "body" else page.find("body")
    root = body if body is not None else page
    whole = max(1, _length(root))
    for element in list(root.iterdescendants()):
        # What stood in something dropped before is out of the page already.
        if isinstance(element.tag, str) and element.getparent() is not None and _is_clutter(element, whole):
            _drop(element)
    _drop_other_articles(root)
    return _main(root)


def _is_clutter(element: etree._Element, whole: int) -> bool:
    if element.tag in _NEVER or element.get("role") in _ROLES or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true" or "display:none" in (element.get("style") or "").replace(" ", ""):
        return True
    if element.tag in ("header", "footer"):
        return next(element.iterancestors("article", "main"), None) is None and element.find(".//h1") is None
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_CLUTTER.search(names)) and not _holds_most(element, whole)


def _holds_most(element: etree._Element, whole: int) -> bool:
    """A page may name its whole frame after the side bar in it: what holds most of the text is never clutter."""
    return _length(element) > _MOST * whole or element.find(".//h1") is not None


def _length(element: etree._Element) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _drop_other_articles(root: etree._Element) -> None:
    for element in list(root.iterdescendants("h2", "h3", "h4", "h5", "div", "p", "strong", "b", "span")):
        text = " ".join(element.itertext()).strip(" :.»>\n\t")
        if len(text) > 60 or not _OTHER_ARTICLES.fullmatch(text) or element.getparent() is None:
            continue
        heading = element
        while (parent := heading.getparent()) is not None and len(parent) == 1 and not (parent.text or "").strip():
            heading = parent
        while (sibling := heading.getnext()) is not None and _mostly_links(sibling):
            _drop(sibling)
        if heading is not root:
            _drop(heading)


def _mostly_links(element: etree._Element) -> bool:
    linked = sum(_length(link) for link in element.iter("a"))
    return linked > 0 and linked > 0.6 * _length(element)


def _main(root: etree._Element) -> etree._Element:
    candidates = root.xpath(_ARTICLE)
    whole = max(1, _length(root))
    best = max(candidates, key=_length, default=None)
    if best is None or _length(best) < _MOST * whole:
        return root
    title = next(root.iter("h1"), None)
    if title is None or title is best or next(best.iter("h1"), None) is not None:
        return best
    for ancestor in best.iterancestors():
        if ancestor is root or any(element is title for element in ancestor.iter("h1")):
            return ancestor
    return root


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail or ""
    if tail.strip():
        before = element.getprevious()
        if before is not None:
            before.tail = _writable((before.tail or "") + tail)
        else:
            parent.text = _writable((parent.text or "") + tail)
    parent.remove(element)


def _writable(words: str) -> str:
    """A reference such as &#1; smuggles in what may be read from the tree but not written to it."""
    return _UNWRITABLE.sub("", words)
