# halts: yes
# entry: f
def f(a, b):
    n = min(a, b)
    while n > 0:
        n -= 1
    return n
