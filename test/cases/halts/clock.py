# halts: no
# entry: f(0)
def f(h):
    while h != 24:
        h = (h + 5) % 24
    return h
