# entry: call factorial(5)
# returns: 120
# about: direct recursion, every activation has its own locals
def factorial(n):
    if n <= 1:
        return 1
    rest = factorial(n - 1)
    return n * rest
