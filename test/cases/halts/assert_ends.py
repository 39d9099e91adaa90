# halts: yes
# entry: f
def f(n):
    while True:
        assert n > 0
        n -= 1
