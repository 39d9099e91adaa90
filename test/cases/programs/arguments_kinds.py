# entry: call run()
# returns: [(1, 2, 3, 4, 5), (1, 20, 30, 40, 50), (1, 2, 9, 8, 5), 'refused']
# about: positional-only, keyword-only and default parameters
def f(a, b=2, /, c=3, *, d, e=5):
    return a, b, c, d, e


def run():
    out = [f(1, d=4), f(1, 20, 30, d=40, e=50), f(1, c=9, d=8)]
    try:
        f(a=1, d=4)
    except TypeError:
        out.append("refused")
    return out
