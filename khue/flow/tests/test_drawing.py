"""Pictures and BPMN: complete, readable, well formed."""

from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.utils import translation

from khue.flow.drawing.bpmn import BOUNDS, DIAGRAM, MODEL, export
from khue.flow.drawing.layout import Layout, lay_out
from khue.flow.drawing.svg import draw
from khue.flow.shelf.folders import folders
from khue.flow.shelf.reading import read
from khue.flow.shelf.values import Process

SHELF = [read(folder.files())[0] for folder in folders(settings.PROCESSES)]
every_process = pytest.mark.parametrize("process", SHELF, ids=lambda process: process.id)
SVG = "{http://www.w3.org/2000/svg}"


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own words


def boxes(svg: ET.Element) -> list[tuple[float, float, float, float]]:
    rects = [rect for group in svg.iter(f"{SVG}g") for rect in group.iter(f"{SVG}rect")]
    rects += [rect for rect in svg.iter(f"{SVG}rect") if rect.get("class") == "halo"]
    return [tuple(float(rect.attrib[side]) for side in ("x", "y", "width", "height")) for rect in rects]  # type: ignore[misc]


@every_process
def test_every_step_and_every_word_has_a_place_of_its_own(process: Process) -> None:
    svg = parsed(draw(process))
    found = boxes(svg)
    assert len(found) > len(process.steps)
    for (x, y, w, h), (a, b, c, d) in combinations(found, 2):
        assert x + w <= a or a + c <= x or y + h <= b or b + d <= y, "two boxes overlap"
    left, top, width, height = (float(part) for part in svg.attrib["viewBox"].split())
    for x, y, w, h in found:
        assert left <= x
        assert top <= y
        assert x + w <= left + width
        assert y + h <= top + height


@every_process
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_name_is_written_out(process: Process, language: str) -> None:
    with translation.override(language):
        written = "".join(str(line.text) for line in parsed(draw(process)).iter(f"{SVG}text")).replace(" ", "")
        for step in process.steps.values():
            assert str(step.staff).replace(" ", "") in written
        for move in process.moves.values():
            if move.target:
                assert str(move.label).replace(" ", "") in written


def test_where_the_case_is_and_came_from_is_marked() -> None:
    process = next(process for process in SHELF if process.id == "document-incoming")
    svg = parsed(draw(process, here="submitted", gone=("received", "registered")))
    kinds = [group.get("class") for group in svg.iter(f"{SVG}g")]
    assert kinds.count("step here") == 1
    assert kinds.count("step done") == 2
    assert kinds.count("gone") == 2


def laid(*arrows: tuple[str, str]) -> Layout:
    steps = dict.fromkeys(dict.fromkeys(step for arrow in arrows for step in arrow), (100.0, 40.0))
    return lay_out(arrows[0][0], steps, arrows, dict.fromkeys(arrows, (60.0, 20.0)))


def test_steps_go_down_and_arrows_end_where_they_should() -> None:
    layout = laid(("a", "b"), ("b", "c"), ("a", "c"), ("c", "a"))
    heights = [layout.boxes[name].y for name in "abc"]
    assert heights == sorted(heights)
    for line in layout.lines:
        start, end = layout.boxes[line.source], layout.boxes[line.target]
        assert abs(line.points[0][1] - start.y) == pytest.approx(20)
        assert abs(line.points[-1][1] - end.y) == pytest.approx(20)
        assert abs(line.points[0][0] - start.x) <= 50
    back = next(line for line in layout.lines if line.source == "c")
    assert all(upper[1] >= lower[1] for upper, lower in pairwise(back.points)), "it leads up"


@every_process
def test_bpmn_is_sound(process: Process) -> None:
    root = parsed(export(process))
    ids = [node.attrib["id"] for node in root.iter() if "id" in node.attrib]
    assert len(ids) == len(set(ids))
    (model,) = root.findall(f"{{{MODEL}}}process")
    kinds = ("startEvent", "endEvent", "userTask", "exclusiveGateway")
    nodes = {node.attrib["id"]: node for kind in kinds for node in model.findall(f"{{{MODEL}}}{kind}")}
    flows = {flow.attrib["id"]: flow for flow in model.findall(f"{{{MODEL}}}sequenceFlow")}
    assert len(model.findall(f"{{{MODEL}}}startEvent")) == 1
    assert len(flows) >= len(process.moves)
    for name, flow in flows.items():
        source, target = nodes[flow.attrib["sourceRef"]], nodes[flow.attrib["targetRef"]]
        assert name in {node.text for node in source.findall(f"{{{MODEL}}}outgoing")}
        assert name in {node.text for node in target.findall(f"{{{MODEL}}}incoming")}
    lanes = [ref.text for ref in model.iter(f"{{{MODEL}}}flowNodeRef")]
    assert sorted(lanes, key=str) == sorted(nodes), "each node stands in one lane"
    for node in nodes.values():
        order = [child.tag.partition("}")[2] for child in node]
        assert order == sorted(order, key=["documentation", "incoming", "outgoing", "terminateEventDefinition"].index)


@every_process
def test_bpmn_has_its_diagram(process: Process) -> None:
    root = parsed(export(process))
    drawn = {shape.attrib["bpmnElement"] for shape in root.iter(f"{{{DIAGRAM}}}BPMNShape")}
    edges = {edge.attrib["bpmnElement"] for edge in root.iter(f"{{{DIAGRAM}}}BPMNEdge")}
    model = root.find(f"{{{MODEL}}}process")
    assert model is not None
    for node in model.iter():
        tag = node.tag.partition("}")[2]
        if tag == "sequenceFlow":
            assert node.attrib["id"] in edges
        elif tag in {"lane", "userTask", "startEvent", "endEvent", "exclusiveGateway"}:
            assert node.attrib["id"] in drawn
    shapes = [
        tuple(float(bounds.attrib[side]) for side in ("x", "y", "width", "height"))
        for shape in root.iter(f"{{{DIAGRAM}}}BPMNShape")
        if not shape.attrib["bpmnElement"].startswith("lane_")
        for bounds in shape.iter(f"{{{BOUNDS}}}Bounds")
    ]
    for (x, y, w, h), (a, b, c, d) in combinations(shapes, 2):
        assert x + w <= a or a + c <= x or y + h <= b or b + d <= y
