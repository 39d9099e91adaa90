# halts: yes
# entry: f
def f(n):
    while n > 0:
        m = n
        while m > 0:
            m -= 2
        n -= 1
    return n
