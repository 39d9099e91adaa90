# halts: yes
# entry: f
def f(n):
    while n != 0:
        if n > 0:
            n -= 1
        else:
            n += 1
    return n
