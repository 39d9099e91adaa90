def drop_even(numbers: list[int]) -> list[int]:
    for number in list(numbers):
        if number % 2 == 0:
            numbers.remove(number)
    return numbers
