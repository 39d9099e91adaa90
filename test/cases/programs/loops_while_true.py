# entry: call collatz(6)
# returns: 8
# about: a while loop with a changing condition
def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps
