# halts: no
# entry: f(0, 5)
def f(low, high):
    while low < high:
        middle = (low + high) // 2
        if middle < 3:
            low = middle
        else:
            high = middle
    return low
