# entry: call run(3, 4)
# returns: (18, 3)
# about: backslash continuations
def run(a, b):
    total = a + \
        b + \
        1
    if a < b and \
            total > 2:
        total \
            += 10
    assert total > 0, \
        "positive"
    return total, \
        a
