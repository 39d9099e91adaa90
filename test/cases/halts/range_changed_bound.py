# halts: yes
# entry: f
def f(n):
    for i in range(n):
        n += 1
    return n
