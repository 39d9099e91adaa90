# halts: no
# entry: f(4)
def f(n):
    i = 0
    while i < n:
        j = 0
        while j < 3:
            j += 1
        i = j - 3
    return i
