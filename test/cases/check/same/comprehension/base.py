def evens(numbers: list[int]) -> list[int]:
    found = []
    for number in numbers:
        if number % 2 == 0:
            found.append(number)
    return found
