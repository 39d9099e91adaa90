"""Loads a package from texts and leaves nothing of it where programs look."""

import gc
import sys
from importlib.machinery import ModuleSpec


class _TextFinder:
    """Finds modules in a dict: dotted name → source; a name that others start with is a package."""

    def __init__(self, sources):
        self._sources = sources

    def find_spec(self, name, _path=None, _target=None):
        if name not in self._sources:
            return None
        is_package = any(other.startswith(name + ".") for other in self._sources)
        return ModuleSpec(name, self, is_package=is_package)

    def create_module(self, _spec):
        return None

    def exec_module(self, module):
        name = module.__name__
        exec(compile(self._sources[name], name, "exec", dont_inherit=True), module.__dict__)  # noqa: S102


def load(sources, name):
    """The module of this name, out of `sources` (dotted name → source)."""
    finder = _TextFinder(sources)
    sys.meta_path.insert(0, finder)
    try:
        module = __import__(name, fromlist=["*"])
    finally:
        sys.meta_path.remove(finder)
        for loaded in list(sys.modules):
            if loaded in sources:
                del sys.modules[loaded]
    # So that collections during a run neither go through nor write to what is loaded here.
    gc.collect()
    gc.freeze()
    return module
