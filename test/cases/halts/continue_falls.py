# halts: yes
# entry: f
def f(n):
    while n > 0:
        n -= 1
        if n % 2 == 0:
            continue
        n -= 1
    return n
