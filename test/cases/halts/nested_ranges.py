# halts: yes
# entry: f
def f(n):
    s = 0
    for i in range(n):
        for j in range(i, n):
            s += j
    return s
