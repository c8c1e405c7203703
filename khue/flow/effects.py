"""Effects that a move may name; apps register theirs at start-up."""

from khue.flow.registry import Effect, Registry

_registry: Registry[Effect] = Registry("effect")
register = _registry.register
get = _registry.get
names = _registry.names
