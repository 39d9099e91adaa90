# halts: yes
# entry: f
def f(a, b):
    while b > 0:
        a, b = b, a % b
    return a
