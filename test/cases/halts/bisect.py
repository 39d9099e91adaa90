# halts: yes
# entry: f
def f(low, high):
    while low < high:
        middle = (low + high) // 2
        if middle % 3 == 0:
            high = middle
        else:
            low = middle + 1
    return low
