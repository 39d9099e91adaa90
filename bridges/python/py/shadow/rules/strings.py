"""Rules of the methods of `str` that look for a text in another, and cut or change it there."""

from ..arithmetic import is_text
from ..boxes import BOXES
from .text_methods import agreed, is_space, method, piece, pinned, window


def _places(machine, text, part, first, last):
    """`(place, term)` for each place where a part may begin: the term says that it is there."""
    whole, wanted = machine.char_terms(text), machine.char_terms(part)
    size = len(wanted)
    machine.work(max(0, last - first) * max(1, size))
    return [(place, machine.same_chars(wanted, whole[place : place + size])) for place in range(first, last - size + 1)]


def _finder(name):
    native = getattr(str, name)
    from_right = name.startswith("r")
    must_exist = name.endswith("index")

    def rule(machine, text, part, start, end):
        terms = machine.terms
        bounds = pinned(machine, start), pinned(machine, end)
        places = _places(machine, text, part, *window(machine, text, *bounds))
        if from_right:
            places.reverse()
        if must_exist:
            machine.decide(terms.any_of([match for _, match in places]), "%s is found", "first")
        value = native(machine.text_of(text), machine.text_of(part), *bounds)
        result = terms.constant(-1)
        for place, match in reversed(places):
            result = terms.ite(match, terms.constant(place), result)
        if must_exist:
            # One of the places is right, so the last one needs no question.
            result = _without_default(machine, places)
        return machine.integer(value, result)

    return method(name, rule, "text", "number?", "number?", least=1, defaults=(None, None))


def _without_default(machine, places):
    terms = machine.terms
    result = terms.constant(places[-1][0])
    for place, match in reversed(places[:-1]):
        result = terms.ite(match, terms.constant(place), result)
    return result


def _overlaps(text):
    """Whether a text can begin within itself."""
    return any(text.endswith(text[:size]) for size in range(1, len(text)))


def _count(machine, text, part, start, end):
    terms = machine.terms
    bounds = pinned(machine, start), pinned(machine, end)
    first, last = window(machine, text, *bounds)
    value = machine.text_of(text).count(machine.text_of(part), *bounds)
    size = len(part)
    if size == 0:
        return value
    if size == 1 or type(part) is str and not _overlaps(part):
        total = terms.constant(0)
        for _, match in _places(machine, text, part, first, last):
            total = terms.add(total, terms.integer(match))
        return machine.integer(value, total)
    return len(_occurrences(machine, text, part, -1, first, last))


def _occurrences(machine, text, part, limit, first, last):
    """Where a part is, one after the other without overlap; each place that is looked at is decided."""
    found = []
    free = first
    for place, match in _places(machine, text, part, first, last):
        if len(found) == limit:
            break
        if place >= free and machine.decide(match, "%%s is at %d" % place, "first"):
            found.append(place)
            free = place + len(part)
    return found


def _occurrences_from_right(machine, text, part, limit):
    found = []
    free = len(text)
    for place, match in reversed(_places(machine, text, part, 0, len(text))):
        if len(found) == limit:
            break
        if place + len(part) <= free and machine.decide(match, "%%s is at %d" % place, "first"):
            found.insert(0, place)
            free = place
    return found


def _replace(machine, text, old, new, count):
    terms = machine.terms
    count = pinned(machine, count)
    plain = machine.text_of(text).replace(machine.text_of(old), machine.text_of(new), count)
    if count < 0 and len(old) == len(new) == 1:
        wanted, other = machine.char_terms(old)[0], machine.char_terms(new)[0]
        return machine.string(plain, [terms.ite(terms.eq(char, wanted), other, char) for char in machine.char_terms(text)])
    if len(old) == 0:
        times = len(text) + 1 if count < 0 else min(count, len(text) + 1)
        places = range(times)
    else:
        places = _occurrences(machine, text, old, count, 0, len(text))
    parts = []
    done = 0
    for place in places:
        parts += [piece(machine, text, done, place), new]
        done = place + len(old)
    parts.append(piece(machine, text, done, len(text)))
    return agreed(machine, [machine.joined(parts)], [plain])[0]


def _cut(machine, text, places, size):
    pieces = []
    done = 0
    for place in places:
        pieces.append(piece(machine, text, done, place))
        done = place + size
    return [*pieces, piece(machine, text, done, len(text))]


def _split(machine, text, separator, limit):
    limit = pinned(machine, limit)
    plain = machine.text_of(text).split(None if separator is None else machine.text_of(separator), limit)
    if separator is None:
        return agreed(machine, _words(machine, text, limit), plain)
    places = _occurrences(machine, text, separator, limit, 0, len(text))
    return agreed(machine, _cut(machine, text, places, len(separator)), plain)


def _rsplit(machine, text, separator, limit):
    limit = pinned(machine, limit)
    plain = machine.text_of(text).rsplit(None if separator is None else machine.text_of(separator), limit)
    if separator is None:
        return agreed(machine, _words_from_right(machine, text, limit), plain)
    places = _occurrences_from_right(machine, text, separator, limit)
    return agreed(machine, _cut(machine, text, places, len(separator)), plain)


def space_at(machine, chars, place):
    """Decides whether there is white space at a place."""
    return machine.decide(is_space(machine, chars[place]), "%%s: white space at %d" % place)


def _words(machine, text, limit):
    chars = machine.char_terms(text)
    pieces = []
    place, length = 0, len(chars)
    while True:
        while place < length and space_at(machine, chars, place):
            place += 1
        if place == length:
            return pieces
        if len(pieces) == limit:
            return [*pieces, piece(machine, text, place, length)]
        begin = place
        while place < length and not space_at(machine, chars, place):
            place += 1
        pieces.append(piece(machine, text, begin, place))


def _words_from_right(machine, text, limit):
    chars = machine.char_terms(text)
    pieces = []
    place = len(chars)
    while True:
        while place > 0 and space_at(machine, chars, place - 1):
            place -= 1
        if place == 0:
            return pieces
        if len(pieces) == limit:
            return [piece(machine, text, 0, place), *pieces]
        end = place
        while place > 0 and not space_at(machine, chars, place - 1):
            place -= 1
        pieces.insert(0, piece(machine, text, place, end))


def _partition(machine, text, separator):
    plain = machine.text_of(text).partition(machine.text_of(separator))
    places = _occurrences(machine, text, separator, 1, 0, len(text))
    pieces = _parted(machine, text, separator, places) if places else (text, "", "")
    return tuple(agreed(machine, pieces, plain))


def _rpartition(machine, text, separator):
    plain = machine.text_of(text).rpartition(machine.text_of(separator))
    places = _occurrences_from_right(machine, text, separator, 1)
    pieces = _parted(machine, text, separator, places) if places else ("", "", text)
    return tuple(agreed(machine, pieces, plain))


def _parted(machine, text, separator, places):
    after = places[0] + len(separator)
    return piece(machine, text, 0, places[0]), separator, piece(machine, text, after, len(text))


def _at_edge(name):
    native = getattr(str, name)

    def rule(machine, text, parts, start, end):
        bounds = pinned(machine, start), pinned(machine, end)
        first, last = window(machine, text, *bounds)
        whole = machine.char_terms(text)
        choices = parts if type(parts) is tuple else (parts,)
        matches = []
        for part in choices:
            wanted = machine.char_terms(part)
            if first <= last - len(wanted):
                place = first if name == "startswith" else last - len(wanted)
                matches.append(machine.same_chars(wanted, whole[place : place + len(wanted)]))
        plain = tuple(machine.text_of(one) for one in choices)
        return machine.boolean(native(machine.text_of(text), plain, *bounds), machine.terms.any_of(matches))

    return method(name, rule, "texts", "number?", "number?", least=1, defaults=(None, None))


def _remove(name):
    edge = "startswith" if name == "removeprefix" else "endswith"

    def rule(machine, text, part):
        wanted, whole = machine.char_terms(part), machine.char_terms(text)
        size = len(wanted)
        if size == 0 or size > len(whole):
            return text
        kept = (size, len(whole)) if edge == "startswith" else (0, len(whole) - size)
        there = whole[:size] if edge == "startswith" else whole[-size:]
        if not machine.decide(machine.same_chars(wanted, there), "%%s: %s" % edge):
            return text
        return piece(machine, text, *kept)

    return method(name, rule, "text", least=1)


def _join(machine, receiver, args, kwargs):
    if kwargs or len(args) != 1 or args[0] is None or type(args[0]) in BOXES and not is_text(args[0]):
        return NotImplemented
    machine.note_order(args[0])
    pieces = list(args[0])
    if not all(is_text(one) for one in pieces):
        return machine.text_of(receiver).join([machine.bare(one) for one in pieces])
    parts = []
    for place, one in enumerate(pieces):
        parts += [receiver] * (place > 0) + [one]
    return machine.joined(parts)


FUNCTIONS = {}
METHODS = dict(
    (
        ((str, "join"), _join),
        _finder("find"),
        _finder("rfind"),
        _finder("index"),
        _finder("rindex"),
        _at_edge("startswith"),
        _at_edge("endswith"),
        _remove("removeprefix"),
        _remove("removesuffix"),
        method("count", _count, "text", "number?", "number?", least=1, defaults=(None, None)),
        method("replace", _replace, "text", "text", "number", least=2, defaults=(-1,)),
        method("split", _split, "text?", "number", defaults=(None, -1), keywords=("sep", "maxsplit")),
        method("rsplit", _rsplit, "text?", "number", defaults=(None, -1), keywords=("sep", "maxsplit")),
        method("partition", _partition, "text", least=1),
        method("rpartition", _rpartition, "text", least=1),
    )
)
