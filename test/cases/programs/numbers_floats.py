# entry: call run()
# returns: (nan, -inf, -0.0, (0.30000000000000004, 1e+16, 1e-07, 1e+22, 123456789.123), (2, -4, 2.67, 1200), (False, True, True, -1.0), (-2, -3, 3, 3.5, 3.0))
# about: floats with their special values and reprs
import math


def run():
    nan = float("nan")
    inf = float("inf")
    zero = -0.0
    sums = 0.1 + 0.2, 1e16 + 1, 1e-7, 1e22, 123456789.123
    rounded = round(2.5), round(-3.5), round(2.675, 2), round(1234, -2)
    tests = nan == nan, inf > 1e308, zero == 0.0, math.copysign(1, zero)
    ints = int(-2.9), math.floor(-2.1), math.ceil(2.1), 7 / 2, 7.0 // 2
    return nan, -inf, zero, sums, rounded, tests, ints
