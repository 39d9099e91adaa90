# halts: yes
# entry: f
def f(a, b):
    if a > b:
        return a
    return b
