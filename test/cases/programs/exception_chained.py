# entry: call run()
# returns: [('KeyError', 'ValueError', 'ValueError', True), ('IndexError', 'NoneType', 'KeyError', True)]
# about: raise from, implicit context, and from None
def parse(text):
    try:
        return int(text)
    except ValueError as error:
        raise KeyError(text) from error


def quiet(text):
    try:
        return parse(text)
    except KeyError:
        raise IndexError("gone") from None


def run():
    out = []
    for f in (parse, quiet):
        try:
            f("?")
        except LookupError as error:
            cause, context = error.__cause__, error.__context__
            out.append((type(error).__name__, type(cause).__name__, type(context).__name__, error.__suppress_context__))
    return out
