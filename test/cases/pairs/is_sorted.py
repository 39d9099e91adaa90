# same: yes
# params: xs: list[int]
def f(xs):
    return all(a <= b for a, b in zip(xs, xs[1:]))
# other version
def f(xs):
    for i in range(len(xs) - 1):
        if xs[i] > xs[i + 1]:
            return False
    return True
