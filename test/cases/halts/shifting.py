# halts: yes
# entry: f
def f(n):
    k = 0
    while n > 0:
        n >>= 1
        k += 1
    return k
