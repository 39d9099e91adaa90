"""Rules of the methods of `str` that ask or change what kind of characters it has.

Unicode's tables are no terms. A code point with a term is taken for ASCII, which the path notes as its restriction; one
that is not ASCII in this run keeps the value that it has there, which is decided.
"""

from .text_methods import among, is_space, method

_LOWER, _UPPER, _DIGITS = (97, 123), (65, 91), (48, 58)
_CASE = 32
# In lower case it is one letter at the end of a word and another one within.
_SIGMA = "\u03a3"


def _settled(machine, text):
    """`(character, term)` of each code point; the term is None where the code point is one for all inputs."""
    terms = machine.terms
    limits = []
    result = []
    for char, term in zip(machine.text_of(text), machine.chars_of(text)):
        if term is not None and ord(char) < 128:
            limits.append(terms.lt(term, terms.constant(128)))
        elif term is not None:
            machine.decide(terms.eq(term, terms.constant(ord(char))), "%%s has %s" % char.replace("%", "%%"))
            term = None
        result.append((char, term))
    machine.restrict(terms.all_of(limits), "ascii")
    return result


# Asking


def _asked(name, ranges, of_empty=False):
    """A method that is true where each code point is in a class."""
    native = getattr(str, name)

    def rule(machine, text):
        terms = machine.terms
        value = native(machine.text_of(text))
        parts = [
            terms.constant(native(char)) if term is None else among(machine, term, ranges)
            for char, term in _settled(machine, text)
        ]
        return machine.boolean(value, terms.all_of(parts) if parts else terms.constant(of_empty))

    return method(name, rule)


def _isspace(machine, text):
    terms = machine.terms
    return machine.boolean(
        machine.text_of(text).isspace(), terms.all_of([is_space(machine, char) for char in machine.char_terms(text)])
    )


def _isascii(machine, text):
    terms = machine.terms
    parts = [terms.lt(char, terms.constant(128)) for char in machine.char_terms(text)]
    return machine.boolean(machine.text_of(text).isascii(), terms.all_of(parts))


def _isidentifier(machine, text):
    terms = machine.terms
    parts = []
    for place, (char, term) in enumerate(_settled(machine, text)):
        if term is None:
            parts.append(terms.constant((char if place == 0 else "a" + char).isidentifier()))
        else:
            parts.append(among(machine, term, (_LOWER, _UPPER, (95, 96)) + (_DIGITS,) * (place > 0)))
    return machine.boolean(machine.text_of(text).isidentifier(), terms.all_of(parts))


def _kinds(machine, text):
    """`(is lower, is upper, is title case)` of each code point, as terms."""
    terms = machine.terms
    for char, term in _settled(machine, text):
        if term is None:
            is_title = char.istitle() and not char.isupper()
            yield terms.constant(char.islower()), terms.constant(char.isupper()), terms.constant(is_title)
        else:
            yield among(machine, term, (_LOWER,)), among(machine, term, (_UPPER,)), terms.false


def _of_one_case(name):
    native = getattr(str, name)

    def rule(machine, text):
        terms = machine.terms
        wanted, others = [], []
        for lower, upper, title in _kinds(machine, text):
            wanted.append(lower if name == "islower" else upper)
            others += [upper if name == "islower" else lower, title]
        term = terms.all_of((terms.any_of(wanted), terms.negation(terms.any_of(others))))
        return machine.boolean(native(machine.text_of(text)), term)

    return method(name, rule)


def _istitle(machine, text):
    terms = machine.terms
    fits, cased, after_cased = [], [], terms.false
    for lower, upper, title in _kinds(machine, text):
        begins = terms.any_of((upper, title))
        fits.append(terms.negation(terms.all_of((begins, after_cased))))
        fits.append(terms.negation(terms.all_of((lower, terms.negation(after_cased)))))
        after_cased = terms.any_of((begins, lower))
        cased.append(after_cased)
    term = terms.all_of((terms.any_of(cased), terms.all_of(fits)))
    return machine.boolean(machine.text_of(text).istitle(), term)


# Changing


def _lowered(machine, term):
    terms = machine.terms
    return terms.ite(among(machine, term, (_UPPER,)), terms.add(term, terms.constant(_CASE)), term)


def _raised(machine, term):
    terms = machine.terms
    return terms.ite(among(machine, term, (_LOWER,)), terms.sub(term, terms.constant(_CASE)), term)


def _swapped(machine, term):
    terms = machine.terms
    return terms.ite(among(machine, term, (_LOWER,)), terms.sub(term, terms.constant(_CASE)), _lowered(machine, term))


def _mapped(machine, plain, settled, changes):
    """A text whose code points were changed one by one; NotImplemented where Python looked at their neighbours too.

    changes: for each code point the method for one that is known, and what makes the term of one that is not.
    """
    value, chars = "", []
    if _looks_around(settled) and any(native is not str.upper and native is not str.casefold for native, _ in changes):
        return NotImplemented
    for (char, term), (native, change) in zip(settled, changes):
        changed = native(char)
        value += changed
        chars += [None] * len(changed) if term is None else [change(machine, term)]
    return machine.string(value, chars) if value == plain else NotImplemented


def _looks_around(settled):
    """Whether the neighbours of a letter, of which one has a term, say what it is in lower case."""
    return any(char == _SIGMA for char, _ in settled) and any(term is not None for _, term in settled)


def _changed(name, change):
    native = getattr(str, name)

    def rule(machine, text):
        return _mapped(machine, native(machine.text_of(text)), _settled(machine, text), [(native, change)] * len(text))

    return method(name, rule)


def _capitalize(machine, text):
    changes = [(str.capitalize, _raised)] + [(str.lower, _lowered)] * (len(text) - 1)
    return _mapped(machine, machine.text_of(text).capitalize(), _settled(machine, text), changes)


def _title(machine, text):
    terms = machine.terms
    plain = machine.text_of(text).title()
    chars, value = [], ""
    after_cased = terms.false
    settled = _settled(machine, text)
    if _looks_around(settled):
        return NotImplemented
    for char, term in settled:
        lower, upper = char.lower(), char.title()
        value += lower if terms.values[after_cased] else upper
        if len(lower) != 1 or len(upper) != 1:
            return NotImplemented
        if term is None:
            chars.append(terms.ite(after_cased, terms.constant(ord(lower)), terms.constant(ord(upper))))
            after_cased = terms.constant(char.islower() or char.istitle())
        else:
            chars.append(terms.ite(after_cased, _lowered(machine, term), _raised(machine, term)))
            after_cased = among(machine, term, (_LOWER, _UPPER))
    return machine.string(value, chars) if value == plain else NotImplemented


FUNCTIONS = {}
METHODS = dict(
    (
        _asked("isalpha", (_LOWER, _UPPER)),
        _asked("isdigit", (_DIGITS,)),
        _asked("isdecimal", (_DIGITS,)),
        _asked("isnumeric", (_DIGITS,)),
        _asked("isalnum", (_LOWER, _UPPER, _DIGITS)),
        _asked("isprintable", ((32, 127),), of_empty=True),
        _of_one_case("islower"),
        _of_one_case("isupper"),
        _changed("lower", _lowered),
        _changed("upper", _raised),
        _changed("swapcase", _swapped),
        _changed("casefold", _lowered),
        method("isspace", _isspace),
        method("isascii", _isascii),
        method("isidentifier", _isidentifier),
        method("istitle", _istitle),
        method("capitalize", _capitalize),
        method("title", _title),
    )
)
