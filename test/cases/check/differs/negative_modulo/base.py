def is_odd(number: int) -> bool:
    return number % 2 == 1 and number > 0
