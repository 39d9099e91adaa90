def factorial(number: int) -> int:
    if number < 2 or number > 60:
        return 1
    return number * factorial(number - 1)
