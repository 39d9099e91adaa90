# halts: yes
# entry: f(0)
def f(n):
    while n < 1000000000000:
        n += 1
    return n
