# entry: call run(7)
# returns: (8, 17, 7, 'big')
# about: lambdas called at once, stored, and given to a function
def apply(f, *args):
    return f(*args)


def run(n):
    add = lambda a, b=1: a + b
    pick = (lambda x: "big" if x > 5 else "small")(n)
    return add(n), apply(add, n, 10), apply(lambda: n), pick
