# halts: yes
# entry: f
def f(n):
    for i in range(n):
        i -= 1
    return n
