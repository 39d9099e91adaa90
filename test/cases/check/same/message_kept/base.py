def half(number: int) -> int:
    if number % 2:
        raise ValueError('odd: ' + str(number % 10))
    return number // 2
