# halts: yes
# entry: f(1000)
def f(n):
    while n & 255 != 0:
        n += 1
    return n
