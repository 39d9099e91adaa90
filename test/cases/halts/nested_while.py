# halts: yes
# entry: f
def f(n):
    i = 0
    while i < n:
        j = 0
        while j < i:
            j += 1
        i += 1
    return i
