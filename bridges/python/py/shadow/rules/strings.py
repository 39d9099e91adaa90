"""Rules of the methods of `str`."""

from ..arithmetic import is_text
from ..boxes import BOXES


def _join(machine, receiver, args, kwargs):
    if kwargs or len(args) != 1 or args[0] is None or type(args[0]) in BOXES and not is_text(args[0]):
        return NotImplemented
    machine.note_order(args[0])
    pieces = list(args[0])
    if not all(is_text(piece) for piece in pieces):
        return machine.text_of(receiver).join([machine.bare(piece) for piece in pieces])
    parts = []
    for place, piece in enumerate(pieces):
        parts += [receiver] * (place > 0) + [piece]
    return machine.joined(parts)


FUNCTIONS = {}
METHODS = {(str, "join"): _join}
