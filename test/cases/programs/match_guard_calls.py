# entry: call run(12)
# returns: 'unset'
# about: a guard that calls a function, and a match that falls through
def small(n):
    return n < 10


def run(n):
    kind = "unset"
    match n:
        case int() if small(n):
            kind = "small"
        case int() if n % 5 == 0:
            kind = "five"
    match (n, kind):
        case (12, "unset" | "small" as found):
            return found
