# halts: yes
# entry: f
def f(n):
    x = 1
    while x < n:
        x = x + x
    return x
