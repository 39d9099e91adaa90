# halts: yes
# entry: f(1071, 462)
def f(a, b):
    while b:
        a, b = b, a % b
    return a
