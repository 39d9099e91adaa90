# halts: yes
# entry: f(123456789012345)
def f(n):
    while n > 0:
        n -= 2
    return n
