# entry: call primes(20)
# returns: [2, 3, 5, 7, 11, 13, 17, 19]
# about: a sieve with slice assignment
def primes(limit):
    flags = [True] * (limit + 1)
    flags[:2] = [False, False]
    for n in range(2, int(limit**0.5) + 1):
        if flags[n]:
            flags[n * n :: n] = [False] * len(range(n * n, limit + 1, n))
    return [n for n, prime in enumerate(flags) if prime]
