# halts: yes
# entry: f
def f(n):
    n = abs(n)
    while n > 0:
        n -= 3
    return n
