# entry: script
# about: names that the module itself binds: docstring, __all__, __name__
"""A module with a docstring."""

__all__ = ["size"]
__version__ = "1.0"
__name__ = "renamed"


def size():
    """How big."""
    return len(__all__)


class Here:
    pass


where = Here.__module__, size.__doc__, size()
