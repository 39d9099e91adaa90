# halts: yes
# entry: f
def f(n, k):
    step = 1 if k > 0 else 2
    while n > 0:
        n -= step
    return n
