# halts: no
# entry: f(1)
def f(x):
    while True:
        x = -x
