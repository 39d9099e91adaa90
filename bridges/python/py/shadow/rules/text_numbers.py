"""`int` of a text: white space around, a sign, ASCII digits with single underscores between them."""

from .text_methods import SPACES, among

_DIGITS = ((48, 58),)
_SIGNS = ((43, 44), (45, 46))
_UNDERSCORE = ((95, 96),)
# Of what `isspace` takes for white space, `int` refuses the four separators of files and records.
_AROUND = tuple(one for one in SPACES if one[0] != 28) + ((32, 33),)


def int_of_text(machine, text):
    """Whether the text is a number is one decision, which characters of it are digits are others. A code point that is
    not ASCII in this run keeps its value; all others are taken for ASCII, for digits of other scripts count as well."""
    terms = machine.terms
    chars, limits = [], []
    for char, term in zip(text.box_value, machine.char_terms(text)):
        if ord(char) >= 128:
            machine.decide(terms.eq(term, terms.constant(ord(char))), "%%s has %s" % char, "first")
            if char.isdecimal():
                return NotImplemented
            term = terms.constant(ord(char))
        else:
            limits.append(terms.any_of((terms.lt(term, terms.constant(128)), among(machine, term, _AROUND))))
        chars.append(term)
    machine.restrict(terms.all_of(limits), "ascii")
    if not machine.decide(_is_number(machine, chars), "%s is an integer", "first"):
        _refuse(machine, text)
    return machine.integer(int(text.box_value), _value(machine, chars))


def _refuse(machine, text):
    try:
        int(text.box_value)
    except ValueError as error:
        message, shown = str(error), machine.to_repr(text)
        if not message.endswith(machine.text_of(shown)):
            raise
        raise ValueError(machine.joined([message[: len(message) - len(shown)], shown])) from None


def _is_number(machine, chars):
    """Term: what `int` accepts, read by an automaton whose states are truth values."""
    terms = machine.terms
    begin, signed, digits, underscore, after = terms.true, terms.false, terms.false, terms.false, terms.false
    for char in chars:
        space, digit = among(machine, char, _AROUND), among(machine, char, _DIGITS)
        sign, line = among(machine, char, _SIGNS), among(machine, char, _UNDERSCORE)
        begin, signed, digits, underscore, after = (
            terms.all_of((begin, space)),
            terms.all_of((begin, sign)),
            terms.all_of((digit, terms.any_of((begin, signed, digits, underscore)))),
            terms.all_of((digits, line)),
            terms.all_of((space, terms.any_of((digits, after)))),
        )
    return terms.any_of((digits, after))


def _value(machine, chars):
    """Term of the number that a text says which is one."""
    terms = machine.terms
    number, negative = terms.constant(0), terms.false
    for place, char in enumerate(chars):
        if machine.decide(among(machine, char, _DIGITS), "%%s: a digit at %d" % place, "first"):
            digit = terms.sub(char, terms.constant(48))
            number = terms.add(terms.mul(number, terms.constant(10)), digit)
        else:
            negative = terms.any_of((negative, terms.eq(char, terms.constant(45))))
    return terms.ite(negative, terms.neg(number), number)
