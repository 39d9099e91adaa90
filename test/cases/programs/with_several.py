# entry: call run()
# returns: ('ab', ['+a', '+b', '-b', '-a'])
# about: several managers in one statement, over several lines, and early return
from contextlib import contextmanager


@contextmanager
def note(log, name):
    log.append("+" + name)
    try:
        yield name
    finally:
        log.append("-" + name)


def inside(log):
    with (
        note(log, "a") as a,
        note(log, "b") as b,
    ):
        return a + b


def run():
    log = []
    return inside(log), log
