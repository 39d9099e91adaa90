# halts: yes
# entry: f
def f(a, b):
    while a > 0:
        a -= 1
        b += 1
    while b > 0:
        b -= 1
    return a
