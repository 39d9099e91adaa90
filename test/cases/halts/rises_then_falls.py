# halts: yes
# entry: f(3)
def f(n):
    up = 1
    while n > 0:
        if up == 1:
            n += 1
        else:
            n -= 1
        if n > 50:
            up = 0
    return n
