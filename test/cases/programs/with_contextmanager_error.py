# entry: call run()
# returns: ['division by zero']
# about: a generator-based manager that handles the exception of its block
from contextlib import contextmanager, suppress


@contextmanager
def guard(log):
    try:
        yield
    except ZeroDivisionError as error:
        log.append(str(error))


def run():
    log = []
    with guard(log):
        log.append(1 / 0)
    with suppress(KeyError):
        log.append({}["missing"])
    return log
