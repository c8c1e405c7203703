"""A process as a picture (SVG) and as BPMN 2.0; both stand on one layered layout."""
