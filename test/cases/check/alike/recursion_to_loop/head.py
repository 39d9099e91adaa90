def factorial(number: int) -> int:
    if number > 60:
        return 1
    result = 1
    for factor in range(2, number + 1):
        result *= factor
    return result
