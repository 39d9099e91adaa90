def has_negative(numbers: list[int]) -> bool:
    for number in numbers:
        if number < 0:
            return True
    return False
