# entry: call run(3)
# raises: AssertionError
# about: an assertion that holds and one that does not
def run(n):
    assert n > 0
    assert n % 2 == 0, f"{n} is odd"
    return n
