def largest(numbers: list[int]) -> int:
    best = 0
    for index, number in enumerate(numbers):
        if index == 0 or number > best:
            best = number
    return best
