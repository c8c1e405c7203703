"""What a document is based on and what it led to, as a drawing whose every part is a link."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.documents.models import Citation, Directive, Document, Report
from khue.documents.rules.directive import visible_to as visible_directives
from khue.documents.rules.visibility import visible_to
from khue.documents.views.document import find

DEPTH = 2
"""How many documents away the drawing goes, in each direction."""
WIDEST = 12
"""Documents of one column that are drawn; the list below the drawing has them all."""
ORDERED = "directives"
"""The key of the box that stands for the directives."""
BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y = 220, 52, 60, 14


@dataclass(slots=True)
class Node:
    """One document, or one that is cited and not held. `column` 0 is the page's document, negative its bases."""

    key: str
    sign: str
    subject: str
    column: int
    url: str = ""
    held: bool = True
    x: float = 0
    y: float = 0

    @property
    def short(self) -> str:
        """The abstract as far as it fits into its box."""
        return self.subject if len(self.subject) <= 34 else self.subject[:33] + "…"


@dataclass(frozen=True, slots=True)
class Edge:
    """From what a document is based on to the document; `path` is drawn."""

    older: str
    newer: str
    kind: str


@require_GET
def graph(request: HttpRequest, pk: int) -> HttpResponse:
    """The page."""
    found = find(request, pk)
    nodes, edges = _collect(found, person(request))
    width, height = _place(list(nodes.values()))
    lines = [_path(nodes[edge.older], nodes[edge.newer]) for edge in edges]
    context = {
        "document": found,
        "nodes": nodes.values(),
        "lines": lines,
        "width": width,
        "height": height,
        "box_width": BOX_WIDTH,
        "box_height": BOX_HEIGHT,
        "based_on": [(nodes[edge.older], edge.kind) for edge in edges if edge.newer == f"d{found.pk}"],
        "led_to": [(nodes[edge.newer], edge.kind) for edge in edges if edge.older in {f"d{found.pk}", ORDERED}],
    }
    return render(request, "documents/graph.html", context)


def _collect(found: Document, user: User) -> tuple[dict[str, Node], list[Edge]]:
    nodes = {f"d{found.pk}": Node(f"d{found.pk}", str(found), found.subject, 0, found.get_absolute_url())}
    edges: list[Edge] = []
    for side in (-1, 1):
        layer = {found.pk}
        for step in range(1, DEPTH + 1):
            layer = _next_layer(layer, side, step, user, nodes, edges)
    _add_directives(found, user, nodes, edges)
    return nodes, edges


def _add_directives(found: Document, user: User, nodes: dict[str, Node], edges: list[Edge]) -> None:
    """One box for the directives that came of it, and behind it the documents by which units answered them."""
    given = visible_directives(user).filter(document=found).exclude(state=Directive.State.RECURRING)
    counted = given.aggregate(all=Count("pk"), done=Count("pk", filter=Q(done_on__isnull=False)))
    if not counted["all"]:
        return
    said = ngettext("%(n)d directive", "%(n)d directives", counted["all"]) % {"n": counted["all"]}
    done = _("%(n)d done") % {"n": counted["done"]}
    nodes[ORDERED] = Node(ORDERED, said, done, 1, reverse("documents:outcome", args=[found.pk]))
    edges.append(Edge(f"d{found.pk}", ORDERED, _("Directives")))
    replies = Report.objects.filter(directive__in=given, reply__isnull=False).values("reply")
    for reply in visible_to(user).filter(pk__in=replies).order_by("-pk")[:WIDEST]:
        key = f"d{reply.pk}"
        nodes.setdefault(key, Node(key, str(reply), reply.subject, 2, reply.get_absolute_url()))
        edges.append(Edge(ORDERED, key, str(Citation.Kind.REPLY.label)))


def _next_layer(
    layer: set[int], side: int, step: int, user: User, nodes: dict[str, Node], edges: list[Edge]
) -> set[int]:
    """Add the documents one step further on that side; returns those that are held and may be seen."""
    near = Citation.objects.select_related("document", "cited")
    rows = list(near.filter(document__in=layer) if side < 0 else near.filter(cited__in=layer))
    others = [row.cited_id if side < 0 else row.document_id for row in rows]
    seen = set(visible_to(user).filter(pk__in=[pk for pk in others if pk]).values_list("pk", flat=True))
    further: set[int] = set()
    for row, other in zip(rows, others, strict=True):
        key = f"d{other}" if other else f"c{row.sign_key}"
        if key not in nodes and sum(node.column == side * step for node in nodes.values()) >= WIDEST:
            continue
        if key not in nodes:
            nodes[key] = _node(key, row, side, step, visible=other in seen)
        own = f"d{row.document_id if side < 0 else row.cited_id}"
        older, newer = (key, own) if side < 0 else (own, key)
        edges.append(Edge(older, newer, row.get_kind_display()))
        if other in seen and other is not None:
            further.add(other)
    return further


def _node(key: str, row: Citation, side: int, step: int, *, visible: bool) -> Node:
    document = row.cited if side < 0 else row.document
    if document is None or not visible:
        return Node(key, row.sign if side < 0 else "", "", side * step, held=document is not None)
    return Node(key, str(document), document.subject, side * step, document.get_absolute_url())


def _place(nodes: list[Node]) -> tuple[float, float]:
    """Columns from the oldest on the left to what came of it on the right, each centred; returns the size."""
    columns = sorted({node.column for node in nodes})
    most = max(sum(node.column == column for node in nodes) for column in columns)
    height = most * (BOX_HEIGHT + GAP_Y) + GAP_Y
    for place, column in enumerate(columns):
        inside = [node for node in nodes if node.column == column]
        top = (height - len(inside) * (BOX_HEIGHT + GAP_Y) + GAP_Y) / 2
        for row, node in enumerate(inside):
            node.x, node.y = GAP_Y + place * (BOX_WIDTH + GAP_X), top + row * (BOX_HEIGHT + GAP_Y)
    return len(columns) * (BOX_WIDTH + GAP_X) - GAP_X + 2 * GAP_Y, height


def _path(older: Node, newer: Node) -> str:
    """A curve from the right edge of the older to the left edge of the newer."""
    x1, y1 = older.x + BOX_WIDTH, older.y + BOX_HEIGHT / 2
    x2, y2 = newer.x, newer.y + BOX_HEIGHT / 2
    middle = (x1 + x2) / 2
    return f"M{x1:.0f},{y1:.0f} C{middle:.0f},{y1:.0f} {middle:.0f},{y2:.0f} {x2:.0f},{y2:.0f}"
