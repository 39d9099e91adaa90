# entry: call run()
# returns: (9, 24, 4.5, [1, 2], [1, 2, 3], {'a': 6, 'b': 2})
# about: augmented assignments of every kind
def run():
    n = 7
    n += 3; n -= 1; n *= 4; n //= 5; n **= 2; n %= 10
    bits = 0b1100
    bits |= 3; bits &= 0b0111; bits ^= 1; bits <<= 4; bits >>= 2
    ratio = 9
    ratio /= 2
    shared = alias = [1]
    alias += [2]
    alias = alias + [3]
    table = {"a": 1}
    table |= {"b": 2}
    table["a"] += 5
    return n, bits, ratio, shared, alias, table
