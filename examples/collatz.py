def follow(n):
    if n % 2 == 0:
        return n // 2
    return 3 * n + 1


def collatz(n):
    steps = 0
    while n != 1:
        n = follow(n)
        steps += 1
    return steps


def main():  # << START_OF_TRACE
    return collatz(10)
