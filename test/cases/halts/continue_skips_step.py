# halts: no
# entry: f(10)
def f(n):
    i = 0
    while i < n:
        if i % 3 == 2:
            continue
        i += 1
    return i
