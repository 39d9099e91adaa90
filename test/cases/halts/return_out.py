# halts: yes
# entry: f
def f(n):
    while True:
        if n > 100:
            return n
        n += 7
