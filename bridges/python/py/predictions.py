"""Makes line events of 3.10 independent of how its evaluation loop was compiled.

CPython 3.10 predicts that certain instructions follow each other, and where it was built without computed gotos, as for
WebAssembly, it goes on from the first to the second without looking whether the line changed (`PREDICT` in
Python/ceval.c). A build with computed gotos, the usual kind, always looks. An instruction that does nothing, put between
such a pair where a line ends, ends the prediction and gets the line event instead.

Comparisons and the jumps that they predict are left alone: the compiler of 3.10.2 gives such a jump the line of the whole
statement, later releases that of the comparison, and only with the prediction do the line events agree.

Formats: Objects/lnotab_notes.txt and Lib/opcode.py of 3.10.
"""

import opcode
import types

_CodeType = types.CodeType
_EXTENDED_ARG = opcode.EXTENDED_ARG
_NOP = opcode.opmap["NOP"]
_RELATIVE = frozenset(opcode.hasjrel)
_ABSOLUTE = frozenset(opcode.hasjabs)
_NO_LINE = 128
_LONGEST_RANGE = 254


def _pairs():
    number = opcode.opmap
    followers = {
        "LIST_APPEND": ("JUMP_ABSOLUTE",),
        "SET_ADD": ("JUMP_ABSOLUTE",),
        "MAP_ADD": ("JUMP_ABSOLUTE",),
        "GET_ITER": ("FOR_ITER", "CALL_FUNCTION"),
        "FOR_ITER": ("STORE_FAST", "UNPACK_SEQUENCE"),
        "GET_ANEXT": ("LOAD_CONST",),
        "BEFORE_ASYNC_WITH": ("GET_AWAITABLE",),
        "GET_AWAITABLE": ("LOAD_CONST",),
        "GET_YIELD_FROM_ITER": ("LOAD_CONST",),
        "DICT_MERGE": ("CALL_FUNCTION_EX",),
    }
    return frozenset((number[first], number[second]) for first, seconds in followers.items() for second in seconds)


_PREDICTED = _pairs()


def _instructions(raw):
    """`[operation, argument, offset, target offset or None]` of each instruction; the offset is of its first prefix."""
    found = []
    argument = start = 0
    for offset in range(0, len(raw), 2):
        operation = raw[offset]
        argument = argument << 8 | raw[offset + 1]
        if operation == _EXTENDED_ARG:
            continue
        target = None
        if operation in _ABSOLUTE:
            target = 2 * argument
        elif operation in _RELATIVE:
            target = offset + 2 + 2 * argument
        found.append([operation, argument, start, target])
        argument = 0
        start = offset + 2
    return found


def _units(argument):
    return 1 + (argument > 0xFF) + (argument > 0xFFFF) + (argument > 0xFFFFFF)


def _assemble(instructions):
    """Code bytes and the lines of their units, with jumps to where their targets are now."""
    while True:
        places = {}
        place = 0
        for _operation, argument, offset, _target, _line in instructions:
            # A jump to an instruction passes over the one that was put before it.
            if offset is not None:
                places[offset] = place
            place += _units(argument)
        changed = False
        for instruction in instructions:
            operation, argument, offset, target, _line = instruction
            if target is None:
                continue
            wanted = places[target]
            if operation in _RELATIVE:
                wanted -= places[offset] + _units(argument)
            if wanted != argument:
                instruction[1] = wanted
                changed = changed or _units(wanted) != _units(argument)
        if not changed:
            break
    raw = bytearray()
    lines = []
    for operation, argument, _offset, _target, line in instructions:
        units = _units(argument)
        for shift in range(8 * (units - 1), 0, -8):
            raw += bytes((_EXTENDED_ARG, argument >> shift & 0xFF))
        raw += bytes((operation, argument & 0xFF))
        lines += [line] * units
    return bytes(raw), lines


def _line_table(lines, first):
    table = bytearray()
    current = first
    index = 0
    while index < len(lines):
        line = lines[index]
        end = index
        while end < len(lines) and lines[end] == line:
            end += 1
        size = 2 * (end - index)
        delta = 0
        if line is not None:
            delta = line - current
            current = line
            while not -127 <= delta <= 127:
                step = 127 if delta > 0 else -127
                table += bytes((0, step & 0xFF))
                delta -= step
        while size > 0:
            part = min(size, _LONGEST_RANGE)
            table += bytes((part, _NO_LINE if line is None else delta & 0xFF))
            delta = 0
            size -= part
        index = end
    return bytes(table)


def end_predictions(code):
    """The same code, in which no prediction goes over the end of a line."""
    consts = code.co_consts
    if any(type(constant) is _CodeType for constant in consts):
        consts = tuple(end_predictions(constant) if type(constant) is _CodeType else constant for constant in consts)
        if any(new is not old for new, old in zip(consts, code.co_consts)):
            code = code.replace(co_consts=consts)
    raw = code.co_code
    cuts = {start for start, _, _ in code.co_lines() if start and (raw[start - 2], raw[start]) in _PREDICTED}
    if not cuts:
        return code
    line_at = {}
    for start, end, line in code.co_lines():
        for offset in range(start, end, 2):
            line_at[offset] = line
    instructions = []
    for operation, argument, offset, target in _instructions(raw):
        if offset in cuts:
            instructions.append([_NOP, 0, None, None, line_at[offset]])
        instructions.append([operation, argument, offset, target, line_at[offset]])
    raw, lines = _assemble(instructions)
    return code.replace(co_code=raw, co_linetable=_line_table(lines, code.co_firstlineno))
