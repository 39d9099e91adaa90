# entry: call fib(6)
# returns: 8
# about: functools.lru_cache between the calls of a recursion
from functools import lru_cache


@lru_cache(maxsize=None)
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
