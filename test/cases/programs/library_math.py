# entry: call run(10)
# returns: ((9.0, 3, 2), (120, 120, 6), (0.5, 5.0, 3.0), (3, 2), True)
# about: math and statistics
import math
import statistics


def run(n):
    roots = math.sqrt(n * 10 - 19), math.isqrt(n), math.gcd(n, 4)
    combos = math.comb(n, 3), math.factorial(5), math.prod([1, 2, 3])
    trig = round(math.sin(math.pi / 6), 6), math.hypot(3, 4), math.log2(8)
    stats = statistics.mean([1, 2, 6]), statistics.median([3, 1, 2])
    return roots, combos, trig, stats, math.isclose(0.1 + 0.2, 0.3)
