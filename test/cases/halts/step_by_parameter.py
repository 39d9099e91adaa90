# halts: yes
# entry: f
def f(n, k):
    if k < 1:
        return 0
    while n > 0:
        n -= k
    return n
