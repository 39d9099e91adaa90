# halts: yes
# entry: f
def f(n):
    s = 0
    for i in range(n, 0, -3):
        s += i
    return s
