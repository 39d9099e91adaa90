def fib(n, memo):
    if n in memo:
        return memo[n]
    memo[n] = fib(n - 1, memo) + fib(n - 2, memo)
    return memo[n]


def main():  # << START_OF_TRACE
    return fib(4, {0: 0, 1: 1})
