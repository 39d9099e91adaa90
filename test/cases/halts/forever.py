# halts: no
# entry: f(0)
def f(n):
    while True:
        pass
