# halts: yes
# entry: f(1000)
def f(n):
    i = 0
    while i * i < n:
        i += 1
    return i
