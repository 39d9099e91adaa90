# halts: yes
# entry: f
def f(low, high):
    while low < high:
        low += 1
        high -= 1
    return low
