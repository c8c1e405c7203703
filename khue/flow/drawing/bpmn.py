"""Export to BPMN 2.0 XML with its diagram: a lane for each party, a task for each step, a flow for each move.

A step from which several moves lead is followed by an exclusive gateway. What BPMN has no element for (deadlines in
working days, the legal basis, who may make a move) is kept as documentation of the task or the flow.
"""

from collections import defaultdict
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from khue.flow.drawing.svg import deadline_words
from khue.flow.shelf.law import cite
from khue.flow.shelf.values import Move, Process, Step

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
POINTS = "http://www.omg.org/spec/DD/20100524/DI"

COLUMN, LANE, LANE_HEAD, LEFT = 240, 150, 30, 60
TASK, EVENT, GATE = (130, 70), (36, 36), (44, 44)

Spot = tuple[float, float, float, float]
"""Left, top, width, height."""


def export(process: Process) -> str:
    """The process as a BPMN 2.0 document."""
    for prefix, space in (("", MODEL), ("bpmndi", DIAGRAM), ("dc", BOUNDS), ("di", POINTS)):
        ET.register_namespace(prefix, space)
    root = ET.Element(
        f"{{{MODEL}}}definitions",
        {"id": f"definitions_{process.id}", "targetNamespace": f"urn:khue:process:{process.id}:{process.version}"},
    )
    flows = _flows(process)
    _add_process(root, process, flows)
    _add_diagram(root, process, flows)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _flows(process: Process) -> list[tuple[str, str, str, Move | None]]:
    """(id, from element, to element, move): out of the start, into gateways, and one for each move and source."""
    flows: list[tuple[str, str, str, Move | None]] = [("flow_start", "start", _into(process, process.start), None)]
    for step in process.steps.values():
        moves = process.moves_from(step.name)
        if len(moves) > 1:
            flows.append((f"flow_{step.name}_gate", f"step_{step.name}", f"gate_{step.name}", None))
        source = f"gate_{step.name}" if len(moves) > 1 else f"step_{step.name}"
        flows += [
            (f"flow_{step.name}_{move.name}", source, _into(process, move.goes_to(step.name)), move) for move in moves
        ]
    return flows


def _into(process: Process, step: str) -> str:
    return f"{'end' if process.steps[step].terminal else 'step'}_{step}"


def _elements(process: Process) -> dict[str, Step | None]:
    """Every node of the diagram by its id, in the order of the steps; None for start and gateways."""
    found: dict[str, Step | None] = {"start": None}
    for step in process.steps.values():
        found[_into(process, step.name)] = step
        if len(process.moves_from(step.name)) > 1:
            found[f"gate_{step.name}"] = None
    return found


def _lanes(process: Process) -> dict[str, list[str]]:
    """Party -> the elements in its lane. An end stands with whoever brings the case there."""
    lanes: dict[str, list[str]] = defaultdict(list)
    first = process.steps[process.start]
    for element, step in _elements(process).items():
        name = element.partition("_")[2]
        holder = (step or process.steps.get(name) or first).holder
        lanes[holder.party if holder else _closer(process, name)].append(element)
    return dict(lanes)


def _closer(process: Process, end: str) -> str:
    for move in process.moves.values():
        if move.target == end:
            holder = process.steps[move.sources[0]].holder
            return holder.party if holder else next(iter(process.parties))
    return next(iter(process.parties))


def _add_process(root: ET.Element, process: Process, flows: list[tuple[str, str, str, Move | None]]) -> None:
    node = ET.SubElement(
        root,
        f"{{{MODEL}}}process",
        {"id": f"process_{process.id}", "name": str(process.label), "isExecutable": "false"},
    )
    ET.SubElement(node, f"{{{MODEL}}}documentation").text = f"{process.id}/{process.version}"
    lanes = ET.SubElement(node, f"{{{MODEL}}}laneSet", {"id": "lanes"})
    for party, elements in _lanes(process).items():
        label = str(process.parties[party].label)
        lane = ET.SubElement(lanes, f"{{{MODEL}}}lane", {"id": f"lane_{party}", "name": label})
        for element in elements:
            ET.SubElement(lane, f"{{{MODEL}}}flowNodeRef").text = element
    for element, step in _elements(process).items():
        _add_element(node, process, element, step, flows)
    for name, source, target, move in flows:
        _add_flow(node, name, source, target, move)


def _add_element(
    node: ET.Element,
    process: Process,
    element: str,
    step: Step | None,
    flows: list[tuple[str, str, str, Move | None]],
) -> None:
    kind = {"start": "startEvent", "gate": "exclusiveGateway", "end": "endEvent", "step": "userTask"}
    facts = {"id": element}
    if step is not None:
        facts["name"] = str(step.staff)
    if element == "start":
        facts["name"] = str(process.label)
    made = ET.SubElement(node, f"{{{MODEL}}}{kind[element.partition('_')[0]]}", facts)
    if step is not None:
        told = [str(step.next), deadline_words(step), cite(step.basis)]
        ET.SubElement(made, f"{{{MODEL}}}documentation").text = ". ".join(text for text in told if text)
    for name, _source, target, _move in flows:
        if target == element:
            ET.SubElement(made, f"{{{MODEL}}}incoming").text = name
    for name, source, _target, _move in flows:
        if source == element:
            ET.SubElement(made, f"{{{MODEL}}}outgoing").text = name
    if step is not None and step.terminal == "cancelled":
        ET.SubElement(made, f"{{{MODEL}}}terminateEventDefinition", {"id": f"{element}_terminates"})


def _add_flow(node: ET.Element, name: str, source: str, target: str, move: Move | None) -> None:
    facts = {"id": name, "sourceRef": source, "targetRef": target}
    if move is not None:
        facts["name"] = str(move.label)
    made = ET.SubElement(node, f"{{{MODEL}}}sequenceFlow", facts)
    if move is not None:
        who = ", ".join(dict.fromkeys(role for each in move.who for role in each.roles)) or _("the system alone")
        ET.SubElement(made, f"{{{MODEL}}}documentation").text = f"{who}. {cite(move.basis)}"


def _add_diagram(root: ET.Element, process: Process, flows: list[tuple[str, str, str, Move | None]]) -> None:
    spots = _spots(process)
    diagram = ET.SubElement(root, f"{{{DIAGRAM}}}BPMNDiagram", {"id": "diagram"})
    plane = ET.SubElement(diagram, f"{{{DIAGRAM}}}BPMNPlane", {"id": "plane", "bpmnElement": f"process_{process.id}"})
    for element, spot in spots.items():
        facts = {"id": f"shape_{element}", "bpmnElement": element}
        if element.startswith("lane_"):
            facts["isHorizontal"] = "true"
        shape = ET.SubElement(plane, f"{{{DIAGRAM}}}BPMNShape", facts)
        sides = zip(("x", "y", "width", "height"), spot, strict=True)
        ET.SubElement(shape, f"{{{BOUNDS}}}Bounds", {side: f"{value:g}" for side, value in sides})
    for name, source, target, _move in flows:
        edge = ET.SubElement(plane, f"{{{DIAGRAM}}}BPMNEdge", {"id": f"edge_{name}", "bpmnElement": name})
        for x, y in _waypoints(spots[source], spots[target]):
            ET.SubElement(edge, f"{{{POINTS}}}waypoint", {"x": f"{x:g}", "y": f"{y:g}"})


def _spots(process: Process) -> dict[str, Spot]:
    """Lanes under each other, steps from left to right in the file's order, each in the lane of its holder."""
    lanes = _lanes(process)
    columns = {name: number for number, name in enumerate(process.steps)}
    width = LEFT + (len(columns) + 1) * COLUMN
    spots: dict[str, Spot] = {}
    for number, (party, elements) in enumerate(lanes.items()):
        top = number * LANE
        spots[f"lane_{party}"] = (0, top, width, LANE)
        middle = top + LANE / 2
        for element in elements:
            kind, _mark, name = element.partition("_")
            left = LANE_HEAD + LEFT + columns.get(name, 0) * COLUMN
            if kind == "start":
                spots[element] = _centred(LANE_HEAD + LEFT / 2, middle, EVENT)
            elif kind == "gate":
                spots[element] = _centred(left + TASK[0] + 55, middle, GATE)
            else:
                spots[element] = _centred(left + TASK[0] / 2, middle, EVENT if kind == "end" else TASK)
    return spots


def _centred(x: float, y: float, size: tuple[int, int]) -> Spot:
    return (x - size[0] / 2, y - size[1] / 2, *size)


def _waypoints(source: Spot, target: Spot) -> list[tuple[float, float]]:
    """Right out of the source and left into the target; back and past others above the lane's middle."""
    begin = (source[0] + source[2], source[1] + source[3] / 2)
    end = (target[0], target[1] + target[3] / 2)
    if 0 < end[0] - begin[0] < COLUMN:
        return [begin, end] if begin[1] == end[1] else [begin, (end[0] - 12, begin[1]), (end[0] - 12, end[1]), end]
    above = min(source[1], target[1]) - 22
    out, into = source[0] + source[2] / 2, target[0] + target[2] / 2
    return [(out, source[1]), (out, above), (into, above), (into, target[1])]
