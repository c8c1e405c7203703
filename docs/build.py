"""Builds `docs/_site` from the guides and the shelf, and fails on a link that leads nowhere."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from markdown_it import MarkdownIt

DOCS = Path(__file__).parent
ROOT = DOCS.parent
SITE = DOCS / "_site"
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>body{{font:16px/1.6 sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}}
table{{border-collapse:collapse}}td,th{{border:1px solid #ccd;padding:.3rem .6rem;vertical-align:top}}
pre,code{{background:#f4f5f7}}img{{max-width:100%}}</style><body>{body}</body></html>"""


def pages() -> list[Path]:
    """Every page written by hand."""
    own = [path for path in DOCS.rglob("*.md") if SITE not in path.parents]
    return sorted([*own, *ROOT.glob("*.md"), *ROOT.glob("processes/**/*.md")])


def dead_links(page: Path) -> list[str]:
    """Links of a page to files that are not there."""
    dead = []
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        path = target.partition("#")[0]
        if path and "://" not in path and not path.startswith("mailto:") and not (page.parent / path).exists():
            dead.append(f"{page.relative_to(ROOT)}: {target}")
    return dead


def build() -> None:
    """Write the site; drawings of the processes come from the shelf itself."""
    shutil.rmtree(SITE, ignore_errors=True)
    markdown = MarkdownIt("commonmark").enable("table")
    for page in pages():
        target = SITE / page.relative_to(ROOT).with_suffix(".html")
        target.parent.mkdir(parents=True, exist_ok=True)
        text = page.read_text(encoding="utf-8")
        body = re.sub(r'href="([^":]+)\.md(#[^"]*)?"', r'href="\1.html\2"', markdown.render(text))
        target.write_text(PAGE.format(title=text.partition("\n")[0].strip("# "), body=body), encoding="utf-8")
    shutil.copytree(DOCS / "images", SITE / "docs" / "images", dirs_exist_ok=True)
    drawings = SITE / "processes"
    for process in sorted(path.parent.parent.name for path in ROOT.glob("processes/*/*/process.toml")):
        drawings.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "khue", "process", "draw", process]
        drawn = subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        (drawings / f"{process}.svg").write_bytes(drawn.stdout)


if __name__ == "__main__":
    dead = [line for page in pages() for line in dead_links(page)]
    if dead:
        sys.exit("Liên kết hỏng:\n" + "\n".join(dead))
    build()
    sys.stdout.write(f"{len(pages())} trang trong {SITE.relative_to(ROOT)}/\n")
