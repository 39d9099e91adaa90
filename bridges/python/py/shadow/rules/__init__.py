"""What built-in functions and methods do to boxes.

A rule is `rule(machine, receiver, args, kwargs)`, with None for the receiver of a function; it returns the result, a box
where that has a term. It raises what CPython raises, best by the real operation on plain values. NotImplemented stands
for "no rule for these arguments": the call is then made without terms, and noted.
"""

from . import counted, iteration, mappings, numbers, objects, sequences, sources, strings, text_case, text_format, text_layout
from .registry import Rules

RULES = Rules((numbers, iteration, sequences, mappings, counted, strings, text_case, text_format, text_layout, objects, sources))
