def half(number: int) -> int:
    quotient, rest = divmod(number, 2)
    if rest != 0:
        raise ValueError('odd: ' + str(number % 10))
    return quotient
