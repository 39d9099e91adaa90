# halts: yes
# entry: f
def f(n):
    while n > 5:
        n -= 1
    else:
        while n > 0:
            n -= 1
    return n
