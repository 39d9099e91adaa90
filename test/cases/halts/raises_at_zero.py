# halts: yes
# entry: f(5)
def f(n):
    while True:
        n -= 1
        x = 100 // n
