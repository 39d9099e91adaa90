"""Rules of `format` and `str.format`."""

from ..arithmetic import is_text
from ..blame import is_simple


def _format(machine, _receiver, args, kwargs):
    if kwargs or not 1 <= len(args) <= 2:
        return NotImplemented
    return machine.field(args[0], "", args[1] if len(args) == 2 else "")


def _str_format(machine, receiver, args, kwargs):
    if not is_text(receiver):
        return NotImplemented
    form = machine.pin_text(receiver)
    plain_args = [machine.bare_copy(one) for one in args]
    plain_kwargs = {name: machine.bare_copy(one) for name, one in kwargs.items()}
    try:
        machine.refuse_fields(form)
    except ValueError:
        # The form is malformed, which Python says in its own words.
        return form.format(*plain_args, **plain_kwargs)
    if not all(is_simple(one) for one in (*args, *kwargs.values())):
        return NotImplemented
    plain = form.format(*plain_args, **plain_kwargs)
    if not machine.has_terms((args, kwargs)):
        return plain
    parts = machine.format_fields(form, args, kwargs)
    return NotImplemented if parts is None else machine.agreed_text(parts, plain)


FUNCTIONS = {format: _format}
METHODS = {(str, "format"): _str_format}
