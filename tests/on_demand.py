"""Migrations made quicker: of the models that they know, only those that a step looks at become classes.

Django makes the classes of all models anew for every step of a migration, which is most of what a new database costs.
The statements that reach the database are the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.utils.functional import cached_property

Key = tuple[str, str]


class OnDemand(StateApps):
    """The models of one moment. Who asks for one gets it with all that it points to; who asks for more gets all."""

    def __init__(self, real_apps: Any, models: dict[Key, ModelState]) -> None:
        self._waiting: dict[Key, ModelState] = {}
        self._busy = True
        super().__init__(real_apps, {})
        self._waiting = {key: state.clone() for key, state in models.items()}
        self._busy = False
        # A name that is no field of a model (the `isnull` of `unit__isnull`) is not sought among what points to it:
        # that would make all models.
        self.models_ready = False

    def check_models_ready(self) -> None:
        """Whoever asks for models gets them."""

    def get_model(self, app_label: str, model_name: str | None = None, require_ready: bool = True) -> Any:
        if model_name is None:
            app_label, _, model_name = app_label.partition(".")
        self._make([(app_label, model_name.lower())])
        with self._as_it_is():
            return super().get_model(app_label, model_name, require_ready)

    def get_models(self, *how: Any, **more: Any) -> Any:
        self.make_all()
        return super().get_models(*how, **more)

    get_models.cache_clear = StateApps.get_models.cache_clear  # type: ignore[attr-defined]

    def get_app_config(self, app_label: str) -> Any:
        self.make_all()
        return super().get_app_config(app_label)

    def get_app_configs(self) -> Any:
        self.make_all()
        return super().get_app_configs()

    def clear_cache(self) -> None:
        with self._as_it_is():
            super().clear_cache()

    def clone(self) -> "OnDemand":
        """Itself: where a model changes, the state drops this and begins another."""
        return self

    def make_all(self) -> None:
        if not self._busy:
            self._make(list(self._waiting))
            self.models_ready = True

    def _make(self, wanted: list[Key]) -> None:
        with self._as_it_is():
            while states := [self._waiting.pop(key) for key in wanted if key in self._waiting]:
                self.render_multiple(states)
                wanted = list(self._pending_operations)

    @contextmanager
    def _as_it_is(self) -> Iterator[None]:
        before, self._busy = self._busy, True
        try:
            yield
        finally:
            self._busy = before


def _forget(state: ProjectState, *_which: object, **_how: object) -> None:
    state.__dict__.pop("apps", None)


@contextmanager
def on_demand() -> Iterator[None]:
    """Migrations that are run inside make classes of what they look at."""
    remove = ProjectState.remove_model

    def removed(state: ProjectState, app_label: str, model_name: str) -> None:
        _forget(state)
        remove(state, app_label, model_name)

    made = cached_property(lambda state: OnDemand(state.real_apps, state.models))
    made.__set_name__(ProjectState, "apps")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ProjectState, "apps", made)
        patch.setattr(ProjectState, "reload_model", _forget)
        patch.setattr(ProjectState, "reload_models", _forget)
        patch.setattr(ProjectState, "remove_model", removed)
        # Told by Django before the code of a migration runs, which may follow relations back.
        patch.setattr(ProjectState, "clear_delayed_apps_cache", lambda state: state.apps.make_all())
        # Asked of the installed models for every relation, and forgotten with every class that is made.
        patch.setattr(apps, "get_swappable_settings_name", cache(apps.get_swappable_settings_name))
        yield
