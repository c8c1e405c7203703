"""An official paper as a page shows it (`office/_paper.html`, `office/paper.css`), laid out like the Word file."""

import base64
from typing import Any

from khue.office.word.layout import layout
from khue.office.word.official import written_date
from khue.office.word.paper import Block, Heading, Item, OfficialPaper, Paragraph, Picture, Table

KINDS = {Paragraph: "paragraph", Heading: "heading", Item: "item", Table: "table", Picture: "picture"}


def preview_of(paper: OfficialPaper) -> dict[str, Any]:
    """What the template needs to draw the paper."""
    look = layout(paper.layout)
    prefix = look["signature"]["on_behalf"]
    return {
        "sheet": paper,
        "dated": written_date(paper.place or "…", paper.issued_on, look["header"]["date_pad_months_below"]),
        "look": look,
        "sheet_blocks": [_drawn(block) for block in paper.blocks],
        "sheet_annexes": [(title, [_drawn(block) for block in blocks]) for title, blocks in paper.appendices],
        "on_behalf": prefix.get(paper.signature.on_behalf, ""),
    }


def _drawn(block: Block) -> tuple[str, Any]:
    """Kind and what to draw: of a table its rows with the side of each cell, of a picture its address."""
    if isinstance(block, Table):
        sides = block.align or "l" * len(block.header)
        return "table", {
            "caption": block.caption, "header": block.header,
            "rows": [list(zip(row, sides, strict=True)) for row in block.rows],
        }  # fmt: skip
    if isinstance(block, Picture):
        data = base64.b64encode(block.png).decode()
        return "picture", {"src": f"data:image/png;base64,{data}", "caption": block.caption, "alt": block.alternative}
    return KINDS[type(block)], block
