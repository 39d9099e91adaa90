def power(base: int, exponent: int) -> int:
    if exponent <= 1:
        return base
    return base * power(base, exponent - 1)
