# entry: call run(3)
# returns: 3
# about: blank lines, comments and docstrings between statements

# A comment before the function.


def run(n):
    # A comment in it.
    """A docstring: a comment may stand before it."""

    "a string that does nothing"
    total = 0  # trailing

    for i in range(n):

        # before the body

        total += i

    # before the return
    return total
    # after it
