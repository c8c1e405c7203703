"""A site's own model of sentences, where it has one: texts that mean alike get near vectors, whatever their words.

Khuê needs none and comes with none. `KHUE_SENTENCES=package.module:function` names a function that takes texts and
returns one row of numbers for each; docs/run/settings.md shows one that runs an ONNX file.
"""

import importlib
import os
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

SETTING = "KHUE_SENTENCES"
NEAR = 0.3
"""Texts less alike than this have nothing to do with each other: every two sentences are a little alike."""
KEPT = 50_000
"""Vectors of titles kept in memory; they are asked for again with every need."""
Vectors = NDArray[np.float64]
Model = Callable[[list[str]], Vectors]


class WrongModel(ValueError):
    """The setting names nothing that can be called, or that gives one vector a text."""


class Meaning:
    """Tells by a model how alike texts are."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._known: dict[str, Vectors] = {}

    def alike(self, text: str, others: Sequence[str]) -> Vectors:
        """How alike `text` is to each of the others, 0 to 1."""
        found = np.clip(self._vectors(others) @ self._vectors([text])[0], 0.0, 1.0)
        near: Vectors = np.where(found >= NEAR, found, 0.0)
        return near

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        if len(self._known) > KEPT:
            self._known.clear()
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self._asked(new), strict=True))
        return np.array([self._known[text] for text in texts])

    def _asked(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, 0))
        rows = np.asarray(self._model(texts), dtype=np.float64)
        if rows.ndim != 2 or len(rows) != len(texts):
            raise WrongModel(f"{SETTING}: mô hình phải trả về mỗi văn bản một hàng số.")
        unit: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
        return unit


@lru_cache(maxsize=1)
def meaning() -> Meaning | None:
    """What the site has plugged in, if anything. Raises WrongModel when it cannot be loaded."""
    named = os.environ.get(SETTING, "")
    if not named:
        return None
    module, _, name = named.partition(":")
    try:
        model = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as problem:
        raise WrongModel(f"{SETTING}: không nạp được “{named}” ({problem}).") from problem
    return Meaning(model)
